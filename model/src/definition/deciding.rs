//! The keys that decide what a flag answers, as they stand in its base or in one overlay.

use super::{AttributeIndex, Condition, VariantIndex};
use crate::{MicroPercent, Name, Span, Timestamp};

/// The deciding keys that a base or an overlay writes; what isn't written is `None`.
///
/// Of ten thousand flags nearly all write one or two of them, so those that few write are [`Rare`], and take room where they are
/// written.
#[derive(Debug, Clone, Default)]
pub struct Deciding {
    /// The first whose condition holds decides.
    pub rules: Option<Vec<Rule>>,
    /// What every unit gets that no rule caught.
    pub serve: Option<VariantIndex>,
    /// Who of the units that no rule caught is taken.
    pub rollout: Option<Rollout>,
    pub(crate) serve_span: Span,
    pub(crate) rollout_span: Span,
    pub(crate) rare: Option<Box<Rare>>,
}

impl Deciding {
    /// The other deciding keys.
    pub fn rare(&self) -> &Rare {
        static NOTHING: Rare = Rare::NOTHING;
        self.rare.as_deref().unwrap_or(&NOTHING)
    }

    /// Where the deciding keys stand that people ask about.
    pub fn spans(&self) -> DecidingSpans {
        DecidingSpans {
            serve: self.serve_span,
            rollout: self.rollout_span,
            ..self.rare().spans
        }
    }
}

/// Deciding keys that few flags write.
#[derive(Debug, Clone)]
pub struct Rare {
    /// The variant when nothing else decides.
    pub baseline: Option<VariantIndex>,
    /// The emergency stop.
    pub killed: Option<bool>,
    /// Units that get a variant whatever the rules say; each unit stands once.
    pub overrides: Option<Vec<Override>>,
    /// The ordinary switch.
    pub enabled: Option<bool>,
    /// Baseline before it.
    pub starts_at: Option<Timestamp>,
    /// Baseline from it on.
    pub ends_at: Option<Timestamp>,
    /// Other flags that must answer something.
    pub prerequisites: Option<Vec<Prerequisite>>,
    /// What the taken get.
    pub split: Option<Split>,
    /// The attribute to bucket by.
    pub by: Option<AttributeIndex>,
    /// Where these stand; where the others do, [`Deciding::spans`] says.
    pub(crate) spans: DecidingSpans,
}

impl Rare {
    pub(crate) const NOTHING: Self = Self {
        baseline: None,
        killed: None,
        overrides: None,
        enabled: None,
        starts_at: None,
        ends_at: None,
        prerequisites: None,
        split: None,
        by: None,
        spans: DecidingSpans::NOWHERE,
    };
}

/// Where some deciding keys stand; empty where the key isn't written.
#[derive(Debug, Clone, Copy, Default)]
pub struct DecidingSpans {
    /// `baseline`.
    pub baseline: Span,
    /// `killed`.
    pub killed: Span,
    /// `enabled`.
    pub enabled: Span,
    /// `starts_at`.
    pub starts_at: Span,
    /// `ends_at`.
    pub ends_at: Span,
    /// `serve`.
    pub serve: Span,
    /// `rollout`.
    pub rollout: Span,
    /// `split`.
    pub split: Span,
}

impl DecidingSpans {
    const NOWHERE: Self = {
        let nowhere = Span { start: 0, end: 0 };
        Self {
            baseline: nowhere,
            killed: nowhere,
            enabled: nowhere,
            starts_at: nowhere,
            ends_at: nowhere,
            serve: nowhere,
            rollout: nowhere,
            split: nowhere,
        }
    };
}

/// A unit that gets a variant whatever the rules say.
#[derive(Debug, Clone)]
pub struct Override {
    /// The targeting key's text; never empty.
    pub unit: Box<str>,
    /// What it gets.
    pub variant: VariantIndex,
    /// It holds before this moment, or for ever.
    pub until: Option<Timestamp>,
    /// For people.
    pub reason: Option<Box<str>>,
    /// Where the unit stands.
    pub span: Span,
}

/// Another flag that must answer something.
#[derive(Debug, Clone)]
pub struct Prerequisite {
    /// The other flag.
    pub flag: Name,
    /// The variants of which it must answer one. There is at least one.
    pub variants: Vec<Name>,
    /// Where the entry stands.
    pub span: Span,
}

/// A rule: whom it is for, and what they get.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name; unique in the flag's list of rules.
    pub name: Option<Name>,
    /// Whom it is for.
    pub condition: Condition,
    /// What they get.
    pub gives: Gives,
    /// Where the rule stands.
    pub span: Span,
}

/// What a rule writes about what its units get.
#[derive(Debug, Clone)]
pub enum Gives {
    /// One variant.
    Serve(VariantIndex),
    /// A share of them something; at least one of the two is written.
    Share {
        /// Who of them is taken; all, where it isn't written.
        rollout: Option<Rollout>,
        /// What the taken get; the flag's split or `on`, where it isn't written.
        split: Option<Split>,
    },
}

/// Who is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rollout {
    /// A plain percentage.
    Fixed(MicroPercent),
    /// Linear from one moment to another, constant before and after.
    Linear {
        /// Up to `start`.
        from: MicroPercent,
        /// From `end` on.
        to: MicroPercent,
        /// Where the change begins.
        start: Timestamp,
        /// Where it ends, later than `start`.
        end: Timestamp,
    },
    /// Steps at strictly ascending moments, at least one; 0 % before the first.
    Steps(Vec<Step>),
}

/// From a moment on, a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The moment.
    pub at: Timestamp,
    /// The percentage from then on.
    pub to: MicroPercent,
}

/// What the taken get: arms in the order in which they share the positions. The weights' sum is above 0 and fits 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The arms; a variant may stand in more than one.
    pub arms: Vec<Arm>,
}

impl Split {
    /// The weights' sum.
    pub fn total(&self) -> u64 {
        self.arms
            .iter()
            .fold(0, |sum, arm| sum.saturating_add(arm.weight))
    }

    /// The variant of the only arm that has weight, where there is just one.
    pub fn only_arm(&self) -> Option<VariantIndex> {
        let mut weighty = self.arms.iter().filter(|arm| arm.weight > 0);
        let first = weighty.next()?;
        weighty.next().is_none().then_some(first.variant)
    }
}

/// A variant and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arm {
    /// The variant.
    pub variant: VariantIndex,
    /// Its share of the split's total.
    pub weight: u64,
}
