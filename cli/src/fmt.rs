//! `flagstone fmt`: documents in their canonical form.

use std::io::{self, Write};
use std::path::Path;

use flagstone_model::{FormatError, format};

use crate::arguments::Fmt;
use crate::document::{Document, is_standard_input};
use crate::failure::{Failure, Outcome};
use crate::output::{self, Output, visible};
use crate::{patch, replace};

/// Formats each file. One that can't be formatted is told of, and the others are.
pub(crate) fn run(arguments: &Fmt) -> Result<Outcome, Failure> {
    let mut output = Output::standard();
    let mut outcome = Outcome::Fine;
    for path in &arguments.files {
        match one(path, arguments.check, &mut output) {
            Ok(Outcome::Fine) => {}
            Ok(Outcome::Problems) => outcome = Outcome::Problems,
            Err(failure @ Failure::Unwritable(_)) => return Err(failure),
            Err(failure) => {
                output.flush()?;
                failure.report();
                outcome = Outcome::Problems;
            }
        }
    }
    output.flush()?;
    Ok(outcome)
}

fn one(path: &Path, is_check: bool, output: &mut Output<impl Write>) -> Result<Outcome, Failure> {
    let document = Document::read(path)?;
    let Some(text) = document.text() else {
        return Err(Failure::mistakes(&document.load()));
    };
    let formatted = format(text).map_err(|error| match error {
        FormatError::Document(_) => Failure::mistakes(&document.load()),
        FormatError::NoMapping | FormatError::Lossy => Failure::Unformattable {
            name: document.name().to_owned(),
            error,
        },
    })?;
    if is_check {
        if formatted == text {
            return Ok(Outcome::Fine);
        }
        let colours = output::style(&io::stdout());
        patch::write(document.name(), (text, &formatted), colours, output)?;
        return Ok(Outcome::Problems);
    }
    if is_standard_input(path) {
        output.push(&formatted);
    } else if formatted != text {
        replace::replace(path, &formatted).map_err(|source| Failure::Unreplaceable {
            name: document.name().to_owned(),
            source,
        })?;
        output.format(format_args!("{}: formatted", visible(document.name())));
        output.end_line()?;
    }
    Ok(Outcome::Fine)
}
