//! Why an edit can't be made.

use core::fmt;

use crate::Diagnostic;
use crate::quoted::Quoted;

/// Why an edit can't be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The document isn't well formed.
    Document(Diagnostic),
    /// The value isn't one value of YAML.
    Value {
        /// The key that was to get it.
        key: String,
        /// The value.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Something on the path isn't a mapping, so that it can't have keys.
    NoMapping {
        /// The path to it, with points between the keys.
        path: String,
        /// What it is instead.
        is: &'static str,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(mistake) => {
                write!(f, "the document isn't well formed: {}", mistake.message)
            }
            Self::Value { key, value, reason } => write!(
                f,
                "{} is no value for `{key}`: {reason}; write it as in a document, on one line",
                Quoted(value)
            ),
            Self::NoMapping { path, is } => {
                write!(
                    f,
                    "{} is {is}, not a mapping, so it can't have keys",
                    Quoted(path)
                )
            }
        }
    }
}

impl core::error::Error for EditError {}
