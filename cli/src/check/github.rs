//! Mistakes and warnings as annotations of their lines.

use std::io::Write;

use flagstone_model::Loaded;

use super::findings::Findings;
use crate::failure::Failure;
use crate::output::Output;
use crate::workflow::Escaped;

/// Writes a command for each.
pub(super) fn report(
    loaded: &Loaded<'_>,
    findings: &Findings<'_>,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    for diagnostic in findings.diagnostics.iter() {
        let (start, end) = super::places(loaded, diagnostic);
        output.format(format_args!(
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            super::severity(diagnostic),
            Escaped::property(loaded.source.name()),
            start.line,
            start.column,
            end.line,
            end.column,
            diagnostic.code,
            Escaped::message(&diagnostic.message),
        ));
        if let Some(help) = &diagnostic.help {
            output.format(format_args!("%0Ahelp: {}", Escaped::message(help)));
        }
        output.end_line()?;
    }
    Ok(())
}

/// Writes a command for a file that can't be read.
pub(super) fn unreadable(
    name: &str,
    message: &str,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    output.format(format_args!(
        "::error file={},title=unreadable::{}",
        Escaped::property(name),
        Escaped::message(message),
    ));
    output.end_line()
}
