//! The report for people.

use std::io::Write;

use flagstone_model::{Loaded, SHOWN, Style, render, render_one};

use super::findings::Findings;
use crate::failure::Failure;
use crate::output::Output;

/// Writes the report. Of a right document it ends with a line that says what the document has.
pub(super) fn report(
    loaded: &Loaded<'_>,
    findings: &Findings<'_>,
    style: Style,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    let name = loaded.source.name();
    let definition = loaded.definition().filter(|_| findings.mistakes == 0);
    let Some(definition) = definition else {
        let report = render(&loaded.source, &findings.diagnostics, findings.total, style);
        output.push(report.trim_end_matches('\n'));
        return output.end_line();
    };
    for warning in findings.diagnostics.iter().take(SHOWN) {
        output.push(&render_one(&loaded.source, warning, style));
        output.push("\n");
        output.end_line()?;
    }
    output.format(format_args!(
        "{name}: nothing is wrong: {}, {}, {}",
        Count(definition.flags.len(), "flag"),
        Count(definition.segments.len(), "segment"),
        Count(definition.environments.len(), "environment"),
    ));
    if findings.total > 0 {
        output.format(format_args!("; {}", Count(findings.total, "warning")));
    }
    if findings.total > SHOWN {
        output.format(format_args!(", of which the first {SHOWN} are shown"));
    }
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
