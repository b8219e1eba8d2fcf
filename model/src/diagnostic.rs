//! One mistake in a document: where it is, what is wrong, and what to write instead.

use crate::{Code, Name, Span};

/// One thing that is wrong with a document, or worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops a build.
    pub severity: Severity,
    /// What kind of mistake it is; stable, and explained in `docs/errors.md`.
    pub code: Code,
    /// The smallest piece of the document that is wrong.
    pub span: Span,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// What can't be taken from the document because of it.
    pub holds_back: HoldsBack,
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; it stops nothing.
    Warning,
    /// It stops a build, and holds something back at run time.
    Error,
}

/// What a program that reloads can't take from a document because of a mistake in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldsBack {
    /// Everything but kills.
    Document,
    /// The flags that it names; each keeps its last good form. Where very many mistakes stand in what very many flags
    /// use, the first of them name all of these flags, and [`Checked::refused`](crate::Checked::refused) does.
    Flags(Vec<Name>),
    /// Nothing: it is a mistake in what evaluation never reads.
    Nothing,
}
