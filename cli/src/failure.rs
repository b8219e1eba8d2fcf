//! How a command ends.

use std::fmt::{self, Write as _};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use flagstone_model::{Definition, EditError, FormatError, Loaded, render};

use crate::document;
use crate::nearest::{DidYouMean, nearest};
use crate::output;

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
        /// The end of a sentence that says what to do.
        remedy: &'static str,
    },
    /// The answers can't be written.
    Unwritable(io::Error),
    /// The document has mistakes: the report on them.
    Mistakes(String),
    /// The document doesn't declare the environment.
    UnknownEnvironment(flagstone::UnknownEnvironment),
    /// The document doesn't have the flag.
    UnknownFlag {
        /// The key that was asked for.
        given: String,
        /// The key that may have been meant.
        meant: Option<String>,
    },
    /// `--context` is no JSON object.
    InvalidContext(String),
    /// Two things are to be read from standard input.
    StandardInputTwice {
        one: &'static str,
        other: &'static str,
    },
    /// The arguments ask for what can't be.
    Misuse(String),
    /// A document can't be edited.
    Uneditable(EditError),
    /// A document can't be formatted.
    Unformattable {
        /// The name it goes by.
        name: String,
        error: FormatError,
    },
    /// A change would make a document wrong.
    Refused {
        /// The report on what would be.
        report: Box<Failure>,
        /// The name the document goes by.
        name: String,
        /// Whether it is wrong as it stands.
        was_wrong: bool,
    },
    /// A file can't be put in another's place.
    Unreplaceable {
        /// The name it goes by.
        name: String,
        source: io::Error,
    },
    /// There is no crate where one was to be: the path of the manifest.
    NoCrate(String),
    /// The manifest of a crate isn't one.
    Manifest {
        /// The name it goes by.
        name: String,
        reason: String,
    },
    /// A document can't be had from git.
    Git {
        /// The revision and the path.
        what: String,
        reason: String,
    },
}

impl Failure {
    /// That a file can't be read.
    pub(crate) fn unreadable(path: &Path, source: io::Error) -> Self {
        Self::Unreadable {
            name: document::name(path),
            source,
            remedy: "",
        }
    }

    /// The report on what is wrong with a document.
    pub(crate) fn mistakes(loaded: &Loaded<'_>) -> Self {
        let style = output::style(&io::stderr());
        let report = render(&loaded.source, loaded.diagnostics(), loaded.total(), style);
        Self::Mistakes(report)
    }

    /// That a document has no such flag, with the one that may have been meant.
    pub(crate) fn unknown_flag(definition: &Definition, given: &str) -> Self {
        let keys = definition.flags.iter().map(|flag| flag.key.as_str());
        Self::UnknownFlag {
            given: given.to_owned(),
            meant: nearest(given, keys).map(str::to_owned),
        }
    }

    /// Tells the user, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let (text, code) = match self {
            // Whoever read the output has seen enough: `head` is no error.
            Self::Unwritable(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Mistakes(report) => (report.clone(), PROBLEMS),
            Self::Refused { report, .. } => (format!("{report}{}", labelled_error(self)), PROBLEMS),
            Self::Unreadable { .. }
            | Self::Unwritable(_)
            | Self::UnknownFlag { .. }
            | Self::Uneditable(_)
            | Self::NoCrate(_)
            | Self::Manifest { .. }
            | Self::Unformattable { .. }
            | Self::Unreplaceable { .. }
            | Self::Git { .. } => (labelled_error(self), PROBLEMS),
            Self::Misuse(_)
            | Self::UnknownEnvironment(_)
            | Self::InvalidContext(_)
            | Self::StandardInputTwice { .. } => (labelled_error(self), MISUSE),
        };
        tell(&text);
        ExitCode::from(code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable {
                name,
                source,
                remedy,
            } => {
                write!(f, "can't read {name}: ")?;
                match (source.kind(), std::env::current_dir()) {
                    (ErrorKind::NotFound, Ok(folder)) if Path::new(name).is_relative() => {
                        write!(f, "there is no such file in {}{remedy}", folder.display())
                    }
                    _ => write!(f, "{source}{remedy}"),
                }
            }
            Self::Unwritable(source) => write!(f, "can't write the output: {source}"),
            Self::Mistakes(report) => f.write_str(report),
            Self::UnknownEnvironment(error) => {
                error.fmt(f)?;
                let known = error.known.iter().map(|name| &**name);
                DidYouMean(nearest(&error.given, known)).fmt(f)
            }
            Self::UnknownFlag { given, meant } => {
                let hint = DidYouMean(meant.as_deref());
                write!(f, "the document has no flag {given:?}{hint}")
            }
            Self::InvalidContext(mistake) => {
                write!(f, "`--context` takes a JSON object; {mistake}")
            }
            Self::StandardInputTwice { one, other } => write!(
                f,
                "{one} and {other} can't both come from standard input; name a file for one of them"
            ),
            Self::NoCrate(path) => write!(
                f,
                "there is no {path}; run this in the folder of a crate, or name one"
            ),
            Self::Manifest { name, reason } => write!(f, "{name}: {reason}"),
            Self::Misuse(message) => f.write_str(message),
            Self::Uneditable(error) => error.fmt(f),
            Self::Unformattable { name, error } => write!(f, "{name}: {error}"),
            Self::Refused {
                name,
                was_wrong: true,
                ..
            } => write!(
                f,
                "{name} is wrong already, so it stays as it was; mend what is reported first"
            ),
            Self::Refused { name, .. } => {
                write!(f, "that would make {name} wrong, so it stays as it was")
            }
            Self::Unreplaceable { name, source } => {
                write!(f, "can't write {name}: {source}; it stays as it was")
            }
            Self::Git { what, reason } => write!(f, "can't read {what}: {reason}"),
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
