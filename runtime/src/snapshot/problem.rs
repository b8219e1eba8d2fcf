//! What loading a document could not take from it.

use core::fmt;
use std::sync::Arc;

use super::{Digest, Snapshot};
use crate::compile::Misfit;

/// What loading a document gave. There is always a snapshot: what can't be taken stays as it was.
#[derive(Debug)]
pub struct Loading {
    /// What is in force now.
    pub snapshot: Snapshot,
    /// The flags that could not be taken. Empty where the document was refused whole.
    pub problems: Vec<Problem>,
    /// Why nothing but kills was taken.
    pub refused: Option<Refusal>,
}

/// A flag that could not be taken from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The flag.
    pub key: Arc<str>,
    /// The digest of the last snapshot in which the form that it keeps was new; `None` where it keeps the program's own, or none.
    pub since: Option<Digest>,
    /// Why.
    pub reason: Misfit,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the flag `{}` stays as it was", self.key)?;
        if let Some(since) = self.since {
            write!(f, " in {since}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why nothing but kills was taken from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Something in it is wrong that holds back everything; its diagnostics say what.
    Document,
    /// It doesn't declare the environment that was chosen.
    Environment(UnknownEnvironment),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document is wrong"),
            Self::Environment(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Refusal {}

/// An environment that a document doesn't declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEnvironment {
    /// The environment that was asked for.
    pub given: Box<str>,
    /// Those that the document declares.
    pub known: Vec<Box<str>>,
}

impl fmt::Display for UnknownEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document declares no environment `{}`", self.given)?;
        if self.known.is_empty() {
            return f.write_str("; it declares none");
        }
        write!(f, "; it declares `{}`", self.known.join("`, `"))
    }
}

impl core::error::Error for UnknownEnvironment {}
