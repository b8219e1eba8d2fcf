//! Changes for programs.

use std::io::Write;

use flagstone_model::{Change, Name, Place, Severe};
use serde_json::json;

use crate::failure::Failure;
use crate::output::Output;

/// Writes a list with a line for each change.
pub(super) fn report(changes: &[Change], output: &mut Output<impl Write>) -> Result<(), Failure> {
    output.push("[");
    for (index, change) in changes.iter().enumerate() {
        output.push(if index == 0 { "" } else { "," });
        output.end_line()?;
        let environments: Option<Vec<&str>> = match &change.place {
            Place::Everywhere => None,
            Place::In(names) => Some(names.iter().map(Name::as_str).collect()),
        };
        let object = json!({
            "subject": change.subject.what(),
            "name": change.subject.name().as_str(),
            "change": change.words,
            "environments": environments,
            "breaking": super::breaking(change),
            "dealt_again": change.severe.contains(&Severe::DealtAgain),
        });
        output.format(format_args!("  {object}"));
    }
    if !changes.is_empty() {
        output.end_line()?;
    }
    output.push("]");
    output.end_line()
}
