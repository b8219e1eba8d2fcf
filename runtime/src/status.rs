//! What is in force and how it came there, for people and probes.

mod json;
mod show;

use core::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use flagstone_model::Timestamp;

use crate::snapshot::{Digest, Problem};

/// What a flag set answers from, and how it fares: `flags::status()`.
///
/// `Display` is for people; [`to_json`](Self::to_json) and `Serialize` are for machines.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Status {
    /// Where the document in force came from.
    pub origin: Origin,
    /// The digest of what is in force, as in [`Answer::snapshot`](crate::Answer::snapshot).
    pub digest: Digest,
    /// The environment that was chosen.
    pub environment: Option<String>,
    /// When what is in force was loaded; of what the disk cache restored, when it was loaded back then.
    pub loaded_at: Timestamp,
    /// Since when nothing confirms what is in force: its source can't be reached, or says something that was refused, or no
    /// source has delivered anything in this session. `None` while it is fresh, and where nothing is followed.
    ///
    /// Stale flags answer as they did. They never expire.
    pub stale_since: Option<Timestamp>,
    /// Why the newest attempt to load something failed, or which flags it left as they were. `None` once one succeeds
    /// in full.
    pub last_error: Option<Failure>,
    /// The flags of the document in force that were refused, each of which answers from an older form.
    pub problems: Arc<[Problem]>,
    /// How many documents took effect, the one in the binary and the one in the disk cache not counted.
    pub reloads: u64,
    /// How many attempts to load something failed, in whole or in part. The same failure again counts as a retry only.
    pub refusals: u64,
    /// How many attempts of sources failed to get a document.
    pub retries: u64,
    /// The sources that are followed, in order of preference.
    pub sources: Vec<SourceStatus>,
    /// Why the disk cache could not be read or written. `None` once it was written.
    pub cache_error: Option<Failure>,
    /// Whether a handle from `live().start()` is at work.
    pub is_live: bool,
    /// How many questions needed a context and were asked in no scope that has one.
    pub lacking_context: u64,
    pub(crate) is_ready: bool,
}

impl Status {
    /// Whether there are answers as the newest `start()` demands them, for readiness probes.
    ///
    /// With [`Start::Embedded`](crate::Start::Embedded), and before any `start()`, that is always so. With the other policies it is so from
    /// the moment at which `start()` would return without an error. Staleness doesn't change it: a program whose flags are
    /// old answers, and taking it out of service would make an outage of the source one of the program. See
    /// [`stale_since`](Self::stale_since) for that.
    pub fn is_ready(&self) -> bool {
        self.is_ready
    }
}

/// How one source fares.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SourceStatus {
    /// Its name, which is a path for a file.
    pub name: String,
    /// What it does for what is in force.
    pub state: SourceState,
    /// When it last delivered a document, or said that there is nothing new.
    pub last_success: Option<Timestamp>,
    /// Since when it fails, or delivers what is refused.
    pub stale_since: Option<Timestamp>,
    /// What is wrong with it, or with the document that it delivered last.
    pub last_error: Option<Failure>,
    /// How many attempts failed to get a document.
    pub retries: u64,
}

/// What a source does for what is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceState {
    /// It has not delivered a document that could be taken.
    Waiting,
    /// What it delivered counts.
    Preferred,
    /// A source that is preferred has delivered a document, so that what this one delivers doesn't count.
    Standby,
    /// It panicked or returned, and isn't asked any more. What it delivered stays.
    Ended,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It is the one that the program was built with.
    Embedded,
    /// A file.
    File(PathBuf),
    /// A source of the program's own, or one on the network, by its name.
    Source(Arc<str>),
    /// The disk cache. It has it from this source.
    Cache(Arc<str>),
    /// The program published it.
    Published,
    /// No document: the program steered by hand.
    Control,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("the program itself"),
            Self::File(path) => path.display().fmt(f),
            Self::Source(name) => f.write_str(name),
            Self::Cache(source) => write!(f, "the disk cache of {source}"),
            Self::Published => f.write_str("a published document"),
            Self::Control => f.write_str("the program by hand"),
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
