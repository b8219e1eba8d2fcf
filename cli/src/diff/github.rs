//! Changes as annotations of the new document.

use std::io::Write;

use flagstone_model::{Change, Definition, Loaded};

use crate::failure::Failure;
use crate::output::Output;
use crate::workflow::Escaped;

/// Writes a workflow command for each change, at the line of what it is about; what is gone has no line.
pub(super) fn report(
    changes: &[Change],
    new: &Loaded<'_>,
    definition: &Definition,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    for change in changes {
        let level = if change.severe.is_empty() {
            "notice"
        } else {
            "warning"
        };
        output.format(format_args!(
            "::{level} file={}",
            Escaped::property(new.source.name())
        ));
        let span = super::span(definition, &change.subject).filter(|span| span.start < span.end);
        if let Some(span) = span {
            let line = new.source.position(span.start).line;
            output.format(format_args!(",line={line}"));
        }
        let title = format!("{} {}", change.subject.what(), change.subject.name());
        output.format(format_args!(
            ",title={}::{}",
            Escaped::property(&title),
            Escaped::message(&change.to_string())
        ));
        output.end_line()?;
    }
    Ok(())
}
