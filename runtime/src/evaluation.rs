//! What a snapshot says about a flag when asked by key.

use core::fmt;

use flagstone_model::Value;

use crate::decision::{ErrorCode, Reason};
use crate::snapshot::Digest;

/// A flag's answer with the reason for it, borrowed from the snapshot that gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Evaluation<'s> {
    /// The variant's name; `None` where the flag isn't in the snapshot.
    pub variant: Option<&'s str>,
    /// What the variant holds.
    pub value: Option<&'s Value>,
    /// Which step of the evaluation order decided.
    pub reason: Reason,
    /// The rule that decided, where one did.
    pub rule: Option<RuleRef<'s>>,
    /// What was wrong.
    pub error: Option<ErrorCode>,
    /// The digest of the snapshot.
    pub snapshot: Digest,
}

impl Evaluation<'_> {
    /// The reason in `OpenFeature`'s words.
    pub fn openfeature(&self) -> &'static str {
        self.reason
            .openfeature(self.rule.is_some_and(|rule| rule.shares))
    }
}

/// A rule that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleRef<'s> {
    /// Its place in the flag's list, from 0.
    pub index: u32,
    /// Its name, where it has one.
    pub name: Option<&'s str>,
    /// Whether it splits or rolls out, rather than serve one variant.
    pub shares: bool,
}

impl fmt::Display for RuleRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "rule {} ({name})", self.index),
            None => write!(f, "rule {}", self.index),
        }
    }
}
