//! What evaluation decides, as numbers: cheap to copy, and independent of the snapshot's lifetime.

use core::fmt;

/// The answer to one question. [`Snapshot`](crate::Snapshot) knows the names and values behind its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The variant's ordinal: its place in the order that the program was built with, or in the document's where
    /// the program doesn't know the flag.
    pub variant: u32,
    /// Which step decided.
    pub reason: Reason,
    /// The rule that decided, where one did.
    pub rule: Option<RuleIndex>,
    /// What was wrong.
    pub error: Option<ErrorCode>,
}

impl Decision {
    pub(crate) const fn new(variant: u32, reason: Reason) -> Self {
        Self {
            variant,
            reason,
            rule: None,
            error: None,
        }
    }

    pub(crate) const fn error(variant: u32, error: ErrorCode) -> Self {
        Self {
            variant,
            reason: Reason::Error,
            rule: None,
            error: Some(error),
        }
    }

    /// The reason in `OpenFeature`'s words.
    pub fn openfeature(&self) -> &'static str {
        self.reason
            .openfeature(self.rule.is_some_and(|rule| rule.shares))
    }
}

/// A rule by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleIndex {
    /// The place in the flag's list, from 0.
    pub index: u32,
    /// Whether it splits or rolls out, rather than serve one variant.
    pub shares: bool,
}

/// Which step of the evaluation order decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The flag's own distribution gives everyone the same.
    Static,
    /// The flag's own distribution took the unit.
    Split,
    /// A distribution left the unit out: the baseline.
    LeftOut,
    /// A rule's condition held, and its distribution took the unit.
    Rule,
    /// The unit has a variant of its own.
    Override,
    /// The flag or its environment is killed: the baseline.
    Killed,
    /// The flag is switched off: the baseline.
    Disabled,
    /// The flag's time hasn't come: the baseline.
    NotStarted,
    /// The flag's time is over: the baseline.
    Ended,
    /// Another flag doesn't answer what this one needs: the baseline.
    Prerequisite,
    /// Nothing decides: the baseline.
    Default,
    /// The flag can't be answered; the error beside it says why.
    Error,
}

impl Reason {
    /// Every reason, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Static,
        Self::Split,
        Self::LeftOut,
        Self::Rule,
        Self::Override,
        Self::Killed,
        Self::Disabled,
        Self::NotStarted,
        Self::Ended,
        Self::Prerequisite,
        Self::Default,
        Self::Error,
    ];

    /// The reason in the language's words.
    ///
    /// ```
    /// use flagstone::Reason;
    ///
    /// assert_eq!(Reason::LeftOut.as_str(), "left_out");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Split => "split",
            Self::LeftOut => "left_out",
            Self::Rule => "rule",
            Self::Override => "override",
            Self::Killed => "killed",
            Self::Disabled => "disabled",
            Self::NotStarted => "not_started",
            Self::Ended => "ended",
            Self::Prerequisite => "prerequisite",
            Self::Default => "default",
            Self::Error => "error",
        }
    }

    /// The reason in `OpenFeature`'s words. For [`Rule`](Self::Rule) they depend on whether the rule splits or rolls out.
    pub const fn openfeature(self, rule_shares: bool) -> &'static str {
        match self {
            Self::Static => "STATIC",
            Self::Split | Self::LeftOut => "SPLIT",
            Self::Rule if rule_shares => "SPLIT",
            Self::Rule | Self::Override => "TARGETING_MATCH",
            Self::Killed | Self::Disabled | Self::NotStarted | Self::Ended => "DISABLED",
            Self::Prerequisite | Self::Default => "DEFAULT",
            Self::Error => "ERROR",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was wrong where a question could not be answered as the document means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The flag isn't in the snapshot.
    FlagNotFound,
    /// An older form of the flag closes a circle with newer forms of others.
    Circle,
    /// The unit was left out because there was no text to bucket by.
    UnitMissing,
}

impl ErrorCode {
    /// The code in the language's words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FlagNotFound => "flag_not_found",
            Self::Circle => "circle",
            Self::UnitMissing => "unit_missing",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
