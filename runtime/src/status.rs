//! What is in force and how it came there, for people and probes.

use core::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use flagstone_model::Timestamp;

use crate::snapshot::{Digest, Problem};

/// What a flag set answers from, and how it fares: `flags::status()`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Status {
    /// Where the document in force came from.
    pub origin: Origin,
    /// The digest of what is in force, as in [`Answer::snapshot`](crate::Answer::snapshot).
    pub digest: Digest,
    /// The environment that was chosen.
    pub environment: Option<String>,
    /// When what is in force was loaded.
    pub loaded_at: Timestamp,
    /// Why the newest attempt to load something failed, or which flags it left as they were. `None` once one succeeds
    /// in full.
    pub last_error: Option<Failure>,
    /// The flags of the document in force that were refused, each of which answers from an older form.
    pub problems: Arc<[Problem]>,
    /// How many documents took effect, the one in the binary not counted.
    pub reloads: u64,
    /// How many attempts to load something failed, in whole or in part.
    pub refusals: u64,
    /// Whether a handle from `live().start()` is at work.
    pub is_live: bool,
    /// How many questions needed a context and were asked in no scope that has one.
    pub lacking_context: u64,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It is the one that the program was built with.
    Embedded,
    /// A file.
    File(PathBuf),
    /// The program published it.
    Published,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("the program itself"),
            Self::File(path) => path.display().fmt(f),
            Self::Published => f.write_str("a published document"),
        }
    }
}

/// An attempt to load something that failed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Failure {
    /// What was to be loaded.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
    /// Every mistake with its place, or why there was nothing to read; without colours.
    pub report: Arc<str>,
}
