//! Why flags could not be made live, or a control was refused.

use core::fmt;
use core::time::Duration;

use crate::live::ReadError;

/// Why `live().start()`, or a control, was refused. Whatever it is, the flags go on answering as before.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The set is live already; the handle that made it so has to be dropped first.
    AlreadyLive {
        /// The name of the set's document.
        set: &'static str,
    },
    /// The environment isn't declared.
    UnknownEnvironment {
        /// The environment that was asked for.
        given: String,
        /// The environments of the document.
        known: Vec<String>,
        /// The document's name.
        document: String,
    },
    /// A value that the program was built with doesn't fit the flag's `rust_type`.
    EmbeddedValue {
        /// The flag.
        flag: String,
        /// Which variant's value, and why it doesn't fit.
        reason: String,
    },
    /// A document was refused whole; the last good one stays.
    Refused {
        /// The document's name.
        document: String,
        /// Every mistake, with its place.
        report: String,
    },
    /// A document was refused whole because a probe doesn't hold with it; the last good one stays.
    Probe {
        /// The document's name.
        document: String,
        /// Every probe that doesn't hold: what was expected, and what is answered for which reason.
        report: String,
    },
    /// No source delivered a document that could be taken within the time that [`Start`](crate::Start) gave.
    NotFresh {
        /// How long that was.
        waited: Duration,
        /// Each source with what became of it.
        report: String,
    },
    /// Sources that were asked to look have not answered in time. What the others delivered is in force.
    NoAnswer {
        /// Their names.
        sources: Vec<String>,
    },
    /// A source can't be followed as it was set up.
    Source {
        /// The source's name.
        name: String,
        /// What is wrong with its settings.
        error: Box<dyn core::error::Error + Send + Sync>,
    },
    /// A file or another source couldn't be read.
    Unreadable(ReadError),
    /// An environment variable that was to be read is no Unicode.
    NotUnicode {
        /// The variable.
        variable: &'static str,
    },
    /// The system started no thread.
    Thread(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyLive { set } => write!(
                f,
                "the flags of {set} are live already; drop the handle of the first `start()` before starting again"
            ),
            Self::UnknownEnvironment {
                given,
                known,
                document,
            } => {
                write!(f, "{document} declares no environment `{given}`")?;
                if known.is_empty() {
                    return f.write_str("; it declares none");
                }
                write!(f, "; it declares `{}`", known.join("`, `"))
            }
            Self::EmbeddedValue { flag, reason } => write!(
                f,
                "the flag `{flag}`, as this program was built with it, is wrong: {reason}"
            ),
            Self::Refused { document, report } => write!(f, "{document} was refused\n{report}"),
            Self::Probe { document, report } => {
                write!(
                    f,
                    "{document} was refused, since a probe doesn't hold with it\n{report}"
                )
            }
            Self::NotFresh { waited, report } => write!(
                f,
                "no source delivered flags within {waited:?}; wait longer, mend a source, or start with `Start::Embedded`\n{report}"
            ),
            Self::NoAnswer { sources } => write!(
                f,
                "asked to look now, but didn't answer in time: {}",
                sources.join(", ")
            ),
            Self::Source { name, error } => write!(f, "{name} can't be followed: {error}"),
            Self::Unreadable(_) => f.write_str("the flags couldn't be read"),
            Self::NotUnicode { variable } => {
                write!(f, "the environment variable {variable} is no Unicode text")
            }
            Self::Thread(_) => f.write_str("no thread could be started to follow the flags"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::Thread(error) => Some(error),
            _ => None,
        }
    }
}
