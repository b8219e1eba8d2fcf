//! `flagstone check`: every mistake of every document, and what is worth a second look.

mod findings;
mod github;
mod human;
mod json;

use std::io::{self, Write};

use flagstone_model::{Diagnostic, Loaded, Position};

use crate::arguments::{Check, Format};
use crate::document::{self, Document};
use crate::failure::{Failure, Outcome};
use crate::output::{self, Output};
use findings::Findings;

/// Checks each file and reports on it. A file that can't be read is told of on standard error, and the others are checked.
pub(crate) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let mut output = Output::standard();
    let mut reporter = Reporter::new(arguments.format);
    let mut outcome = Outcome::Fine;
    for path in &arguments.files {
        match Document::read(path) {
            Ok(document) => {
                let loaded = document.load();
                let findings = findings::of(&loaded, arguments);
                reporter.report(&loaded, &findings, &mut output)?;
                if findings.mistakes > 0 {
                    outcome = Outcome::Problems;
                }
            }
            Err(failure) => {
                reporter.unreadable(&document::name(path), &failure.to_string(), &mut output)?;
                output.flush()?;
                failure.report();
                outcome = Outcome::Problems;
            }
        }
    }
    reporter.end(&mut output)?;
    output.flush()?;
    Ok(outcome)
}

/// What writes the reports.
enum Reporter {
    Human(flagstone_model::Style),
    Json(json::List),
    Github,
}

impl Reporter {
    fn new(format: Format) -> Self {
        match format {
            Format::Human => Self::Human(output::style(&io::stdout())),
            Format::Json => Self::Json(json::List::new()),
            Format::Github => Self::Github,
        }
    }

    fn report(
        &mut self,
        loaded: &Loaded<'_>,
        findings: &Findings<'_>,
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        match self {
            Self::Human(style) => human::report(loaded, findings, *style, output),
            Self::Json(list) => list.add(loaded, findings, output),
            Self::Github => github::report(loaded, findings, output),
        }
    }

    /// Tells programs of a file that can't be read; people are told on standard error.
    fn unreadable(
        &mut self,
        name: &str,
        message: &str,
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        match self {
            Self::Human(_) => Ok(()),
            Self::Json(list) => list.add_unreadable(name, message, output),
            Self::Github => github::unreadable(name, message, output),
        }
    }

    fn end(self, output: &mut Output<impl Write>) -> Result<(), Failure> {
        match self {
            Self::Json(list) => list.end(output),
            Self::Human(_) | Self::Github => Ok(()),
        }
    }
}

/// Where a diagnostic begins and where it ends, behind its last character.
fn places(loaded: &Loaded<'_>, diagnostic: &Diagnostic) -> (Position, Position) {
    (
        loaded.source.position(diagnostic.span.start),
        loaded.source.position(diagnostic.span.end),
    )
}

/// The severity's name.
fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        flagstone_model::Severity::Error => "error",
        flagstone_model::Severity::Warning => "warning",
    }
}
