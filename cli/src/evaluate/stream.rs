//! Many requests: each line read and answered in its turn.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::answers::{self, Answers};
use super::attributes::{Attributes, Warnings};
use super::context::Context;
use super::lines::{LINE_BYTES, Lines, Read as Arrived};
use super::progress::Progress;
use super::requests;
use crate::document;
use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// How many bytes are read at a time.
const PIECE: usize = 1 << 17;

/// Answers the requests of a file, or of standard input where the path is `-`.
pub(super) fn run(
    path: &Path,
    attributes: &Attributes<'_>,
    answers: &Answers<'_>,
) -> Result<Outcome, Failure> {
    let unreadable = |source| Failure::unreadable(path, source);
    let mut run = Run {
        attributes,
        answers,
        warnings: Warnings::default(),
        line: 0,
        outcome: Outcome::Fine,
    };
    let mut output = Output::standard();
    if document::is_standard_input(path) {
        let progress = Progress::new(None);
        run.answer(io::stdin().lock(), progress, &mut output, unreadable)?;
    } else {
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let progress = Progress::new(metadata.is_file().then_some(metadata.len()));
        run.answer(file, progress, &mut output, unreadable)?;
    }
    Ok(run.outcome)
}

/// A run over many requests.
struct Run<'r> {
    attributes: &'r Attributes<'r>,
    answers: &'r Answers<'r>,
    warnings: Warnings,
    /// The number of the line that was read last, from 1.
    line: u64,
    outcome: Outcome,
}

impl Run<'_> {
    /// Answers what can be read, and hands the answers over whenever it would have to wait for more.
    fn answer(
        &mut self,
        from: impl Read,
        mut progress: Progress,
        output: &mut Output<impl Write>,
        unreadable: impl Fn(io::Error) -> Failure,
    ) -> Result<(), Failure> {
        let mut lines = Lines::new(from, PIECE);
        while let Some(some) = lines.more().map_err(&unreadable)? {
            let some = match some {
                Arrived::Lines(some) => some,
                Arrived::TooLong => {
                    self.line += 1;
                    let message = format!("the line has more than {LINE_BYTES} bytes (16 MiB)");
                    self.refuse(&message, output)?;
                    continue;
                }
            };
            self.answer_some(some, output)?;
            output.flush()?;
            for warning in self.warnings.take() {
                progress.warn(&warning);
            }
            progress.advance(some.len(), self.line);
        }
        progress.end();
        Ok(())
    }

    fn answer_some(
        &mut self,
        lines: &[u8],
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        let mut context = Context::new(self.attributes.table);
        if let Ok(lines) = std::str::from_utf8(lines) {
            for line in lines.split_inclusive('\n') {
                self.answer_line(line, &mut context, output)?;
            }
            return Ok(());
        }
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            match std::str::from_utf8(line) {
                Ok(line) => self.answer_line(line, &mut context, output)?,
                Err(error) => {
                    self.line += 1;
                    let message = format!("byte {}: this is no UTF-8", error.valid_up_to() + 1);
                    self.refuse(&message, output)?;
                }
            }
        }
        Ok(())
    }

    fn answer_line<'l>(
        &mut self,
        line: &'l str,
        context: &mut Context<'l>,
        output: &mut Output<impl Write>,
    ) -> Result<(), Failure> {
        self.line += 1;
        match requests::read(line, self.attributes, context, &mut self.warnings) {
            Ok(flag) => self
                .answers
                .write(flag.as_deref(), context, output)
                .map(drop),
            Err(_) if line.trim_ascii().is_empty() => Ok(()),
            Err(mistake) => self.refuse(&mistake.describe(line.trim_end()), output),
        }
    }

    fn refuse(&mut self, message: &str, output: &mut Output<impl Write>) -> Result<(), Failure> {
        self.outcome = Outcome::Problems;
        answers::write_invalid(self.line, message, output)
    }
}
