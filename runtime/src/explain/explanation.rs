//! What an explanation says.

use std::sync::Arc;

use flagstone_model::{MicroPercent, Timestamp, Value};

use crate::decision::{ErrorCode, Reason};
use crate::snapshot::Digest;

/// Why a flag answers what it answers: [`Snapshot::explain`](crate::Snapshot::explain).
///
/// `Display` writes it for people. The value of a private attribute is nowhere in it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The flag that was asked about.
    pub flag: Explained,
    /// The environment of the snapshot.
    pub environment: Option<Box<str>>,
    /// The time of the evaluation.
    pub at: Timestamp,
    /// The digest of the snapshot.
    pub snapshot: Digest,
}

/// A flag's answer with every step of the evaluation order that led to it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explained {
    /// The flag's key.
    pub key: Box<str>,
    /// Where the key stands; `None` where the document isn't at hand.
    pub place: Option<Place>,
    /// The variant; `None` where there is no such flag.
    pub variant: Option<Box<str>>,
    /// What the variant holds.
    pub value: Option<Value>,
    /// Which step decided.
    pub reason: Reason,
    /// The rule that decided, where one did, by its place from 0.
    pub rule: Option<u32>,
    /// The name of that rule, where it has one.
    pub rule_name: Option<Box<str>>,
    /// What was wrong.
    pub error: Option<ErrorCode>,
    /// What the environment's overlay lays over the flag's base, where there is one.
    pub overlay: Option<Laid>,
    /// How much is told about the way to the answer.
    pub told: Told,
    /// The steps that were taken, in the order of evaluation; the last one decided.
    pub steps: Vec<Step>,
}

/// How much an explanation tells about a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Told {
    /// Every step.
    InFull,
    /// Only the answer: the steps stand where the flag is first met.
    Before,
    /// Only the answer, since the document isn't at hand that the flag comes from.
    NoDocument,
    /// Only the answer: it lies deeper in the explanation than anybody reads.
    TooDeep,
}

/// An environment's overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Laid {
    /// The environment.
    pub environment: Box<str>,
    /// The deciding keys that it writes.
    pub keys: Vec<&'static str>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The document's name.
    pub document: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// One step of the evaluation order.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Which one.
    pub step: Decided,
    /// Whether it gave the answer. Only the last one did.
    pub decides: bool,
    /// What was found, in one line.
    pub says: String,
    /// Where it stands what was looked at.
    pub place: Option<Place>,
    /// Whether it stands in the environment's overlay.
    pub is_overlaid: bool,
    /// What was compared with what.
    pub checks: Vec<Check>,
    /// What was dealt out, where the step decided by a distribution.
    pub share: Option<Share>,
}

/// A step of the evaluation order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decided {
    /// The emergency stops.
    Killed,
    /// The unit's own variant.
    Override,
    /// The ordinary switch.
    Enabled,
    /// `starts_at` and `ends_at`.
    Window,
    /// Another flag's answer.
    Prerequisite,
    /// A rule, by its place from 0.
    Rule(u32),
    /// The flag's own distribution.
    Own,
    /// Nothing is left.
    Default,
    /// The flag can't be answered.
    Error,
}

impl Decided {
    /// The step's name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Override => "override",
            Self::Enabled => "enabled",
            Self::Window => "window",
            Self::Prerequisite => "prerequisite",
            Self::Rule(_) => "rule",
            Self::Own => "own",
            Self::Default => "default",
            Self::Error => "error",
        }
    }
}

/// One comparison, or several joined.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Check {
    /// Whether it holds.
    pub holds: bool,
    /// What must be, as the document writes it.
    pub entry: String,
    /// What is.
    pub found: Option<String>,
    /// Where it stands.
    pub place: Option<Place>,
    /// What it consists of, as far as it was looked at.
    pub checks: Vec<Check>,
    /// Of a sample: the unit's position.
    pub stand: Option<Stand>,
    /// Of a question for another flag: that flag.
    pub flag: Option<Box<Explained>>,
}

/// What a distribution dealt a unit.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Share {
    /// What was found, in one line.
    pub says: String,
    /// Where the distribution stands.
    pub place: Option<Place>,
    /// The unit's position; `None` where it wasn't needed, or there is no text to bucket by.
    pub stand: Option<Stand>,
}

/// Where a unit stands among all units, from 0 % to 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stand {
    /// How much of all positions lies below the unit's, rounded down to a millionth of a percent.
    pub position: MicroPercent,
    /// Positions from here on are taken.
    pub from: MicroPercent,
    /// Positions below this are taken; at 100 % all are.
    pub below: MicroPercent,
    /// Whether the unit is taken.
    pub is_taken: bool,
    /// The smallest percentage of a rollout that takes the unit.
    pub taken_from: MicroPercent,
}
