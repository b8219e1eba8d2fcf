//! The report for people.

use std::io::Write;

use flagstone_model::{Loaded, Style, render};

use crate::failure::Failure;
use crate::output::Output;

/// Writes the report, or a line that says what a right document has.
pub(super) fn report(
    loaded: &Loaded<'_>,
    style: Style,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    let name = loaded.source.name();
    let Some(definition) = loaded.definition() else {
        let report = render(&loaded.source, loaded.diagnostics(), loaded.total(), style);
        output.push(report.trim_end_matches('\n'));
        return output.end_line();
    };
    output.format(format_args!(
        "{name}: nothing is wrong: {}, {}, {}",
        Count(definition.flags.len(), "flag"),
        Count(definition.segments.len(), "segment"),
        Count(definition.environments.len(), "environment"),
    ));
    output.end_line()
}

/// "1 flag", "2 flags".
struct Count(usize, &'static str);

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(count, what) = self;
        let plural = if *count == 1 { "" } else { "s" };
        write!(f, "{count} {what}{plural}")
    }
}
