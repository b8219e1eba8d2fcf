//! The mistakes and warnings of all files as one JSON list, one of them a line.

use std::io::Write;

use flagstone_model::Loaded;

use super::findings::Findings;
use crate::failure::Failure;
use crate::json_text::JsonText;
use crate::output::Output;

/// A list that is being written.
pub(super) struct List {
    is_empty: bool,
}

impl List {
    pub(super) fn new() -> Self {
        Self { is_empty: true }
    }

    /// Adds what was found in a document.
    pub(super) fn add(
        &mut self,
        loaded: &Loaded<'_>,
        findings: &Findings<'_>,
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        for diagnostic in findings.diagnostics.iter() {
            output.push(if self.is_empty { "[" } else { "," });
            output.end_line()?;
            self.is_empty = false;
            let (start, end) = super::places(loaded, diagnostic);
            output.format(format_args!(
                r#"  {{"severity": "{}", "code": "{}", "file": {}, "line": {}, "column": {}, "end_line": {}, "end_column": {}, "message": {}, "help": "#,
                super::severity(diagnostic),
                diagnostic.code,
                JsonText(loaded.source.name()),
                start.line,
                start.column,
                end.line,
                end.column,
                JsonText(&diagnostic.message),
            ));
            match &diagnostic.help {
                Some(help) => output.format(format_args!("{}", JsonText(help))),
                None => output.push("null"),
            }
            output.push("}");
        }
        Ok(())
    }

    /// Adds a file that can't be read, which has no place.
    pub(super) fn add_unreadable(
        &mut self,
        name: &str,
        message: &str,
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        output.push(if self.is_empty { "[" } else { "," });
        output.end_line()?;
        self.is_empty = false;
        output.format(format_args!(
            r#"  {{"severity": "error", "code": "unreadable", "file": {}, "line": null, "column": null, "end_line": null, "end_column": null, "message": {}, "help": null}}"#,
            JsonText(name),
            JsonText(message),
        ));
        Ok(())
    }

    /// Closes the list.
    pub(super) fn end(self, output: &mut Output<impl Write>) -> Result<(), Failure> {
        if self.is_empty {
            output.push("[]");
        } else {
            output.end_line()?;
            output.push("]");
        }
        output.end_line()
    }
}
