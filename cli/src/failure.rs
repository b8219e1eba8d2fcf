//! How a command ends.

use std::fmt::{self, Write as _};
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};

use crate::nearest::{DidYouMean, nearest};

/// How a command ended that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong.
    Fine,
    /// It found problems, and has reported them.
    Problems,
}

impl Outcome {
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Fine => ExitCode::SUCCESS,
            Self::Problems => ExitCode::from(PROBLEMS),
        }
    }
}

const PROBLEMS: u8 = 1;
const MISUSE: u8 = 2;

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file can't be read.
    Unreadable {
        /// The name it goes by.
        name: String,
        source: io::Error,
    },
    /// The answers can't be written.
    Unwritable(io::Error),
    /// The document has mistakes: the report on them.
    Mistakes(String),
    /// The document doesn't declare the environment.
    UnknownEnvironment(flagstone::UnknownEnvironment),
    /// `--context` is no JSON object.
    InvalidContext(String),
    /// Both the document and the requests are to be read from standard input.
    StandardInputTwice,
}

impl Failure {
    /// Tells the user, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let (text, code) = match self {
            // Whoever read the output has seen enough: `head` is no error.
            Self::Unwritable(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Mistakes(report) => (report.clone(), PROBLEMS),
            Self::Unreadable { .. } | Self::Unwritable(_) => (labelled_error(self), PROBLEMS),
            Self::UnknownEnvironment(_) | Self::InvalidContext(_) | Self::StandardInputTwice => {
                (labelled_error(self), MISUSE)
            }
        };
        tell(&text);
        ExitCode::from(code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { name, source } => write!(f, "can't read {name}: {source}"),
            Self::Unwritable(source) => write!(f, "can't write the output: {source}"),
            Self::Mistakes(report) => f.write_str(report),
            Self::UnknownEnvironment(error) => {
                error.fmt(f)?;
                let known = error.known.iter().map(|name| &**name);
                DidYouMean(nearest(&error.given, known)).fmt(f)
            }
            Self::InvalidContext(mistake) => {
                write!(f, "`--context` takes a JSON object; {mistake}")
            }
            Self::StandardInputTwice => f.write_str(
                "the document and the requests can't both come from standard input; name a file for one of them",
            ),
        }
    }
}

/// Writes a warning to standard error.
pub(crate) fn warn(message: &str) {
    let label = AnsiColor::Yellow.on_default().bold();
    tell(&labelled(label, "warning", message));
}

fn labelled_error(message: &impl fmt::Display) -> String {
    let label = AnsiColor::Red.on_default().bold();
    labelled(label, "error", message)
}

fn labelled(style: Style, label: &str, message: impl fmt::Display) -> String {
    let mut text = String::new();
    // Writing to a string can't fail.
    _ = writeln!(text, "{style}{label}{style:#}: {message}");
    text
}

/// Writes to standard error, without colours where it is no terminal. Nobody can be told that it failed.
fn tell(text: &str) {
    _ = anstream::stderr().lock().write_all(text.as_bytes());
}
