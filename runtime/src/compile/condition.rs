//! Compiled conditions: attributes are slots, texts are sets, samples have their seeds.

use core::cmp::Ordering;
use std::sync::Arc;

use flagstone_model::{AttributeType, Comparison, Pattern, Texts, Timestamp, Version, VersionRef};

use crate::bucket::{Seed, Threshold};
use crate::text_set::TextSet;

/// Which contexts something holds for.
#[derive(Debug)]
pub(crate) enum Condition {
    All(Box<[Condition]>),
    Any(Box<[Condition]>),
    Not(Box<Condition>),
    /// An attribute fits.
    Attribute {
        slot: u32,
        test: Test,
    },
    /// The segment that holds everyone.
    Everyone,
    /// The unit is in one of the segments.
    Segments(Box<[Arc<Segment>]>),
    Sample(Box<Sample>),
    /// Another flag answers one of some variants: which of the form's references.
    Flag(u32),
    /// The time of the evaluation fits.
    Now {
        comparison: Comparison,
        moment: Timestamp,
    },
}

/// A reusable audience.
#[derive(Debug)]
pub(crate) struct Segment {
    /// The slot of the targeting key.
    pub(crate) unit: u32,
    pub(crate) members: TextSet,
    pub(crate) condition: Option<Condition>,
    /// An attribute that it reads and that the program's context doesn't have.
    pub(crate) foreign: Option<Arc<str>>,
    /// Of all that its answers depend on.
    pub(crate) digest: u128,
}

/// The units whose rollout position is in a range.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The slot of the attribute to bucket by.
    pub(crate) by: u32,
    pub(crate) seed: Seed,
    /// Positions that this takes are below the range.
    pub(crate) from: Threshold,
    /// Positions that this takes are not above the range.
    pub(crate) to: Threshold,
}

impl Sample {
    /// What it answers for everyone, even without a text to bucket by, where it has one answer.
    pub(crate) fn constant(&self) -> Option<bool> {
        match (self.from, self.to) {
            (Threshold::NONE, Threshold::All) => Some(true),
            (Threshold::All, _) | (_, Threshold::NONE) => Some(false),
            (Threshold::Below(from), Threshold::Below(to)) if from >= to => Some(false),
            _ => None,
        }
    }
}

/// What an attribute must fulfil, by the attribute's type. A missing attribute makes each false, but for `Exists(_, false)`.
#[derive(Debug)]
pub(crate) enum Test {
    /// It is there, and of its type, or it isn't.
    Exists(AttributeType, bool),
    Text(TextTest),
    /// An element is one of these.
    TextsContain(TextSet),
    /// No element is one of these.
    TextsLack(TextSet),
    Integer(OrderTest<i64>),
    Number(OrderTest<f64>),
    Version(OrderTest<Version>),
    Timestamp(OrderTest<Timestamp>),
    /// Whether `true` and whether `false` fits.
    Boolean {
        on_true: bool,
        on_false: bool,
    },
}

#[derive(Debug)]
pub(crate) enum TextTest {
    In(TextSet),
    NotIn(TextSet),
    Contains(Texts),
    NotContains(Texts),
    StartsWith(Texts),
    EndsWith(Texts),
    Matches(Box<[Pattern]>),
}

#[derive(Debug)]
pub(crate) enum OrderTest<T> {
    In(OrderSet<T>),
    NotIn(OrderSet<T>),
    Compare(Comparison, T),
}

/// A set of what has an order, searched by halving.
#[derive(Debug)]
pub(crate) struct OrderSet<T> {
    sorted: Box<[T]>,
}

impl<T: Ordered> OrderSet<T> {
    pub(crate) fn new(values: &[T]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(|left, right| left.order(right.as_given()));
        sorted.dedup_by(|left, right| left.order(right.as_given()).is_eq());
        Self {
            sorted: sorted.into(),
        }
    }

    #[inline]
    pub(crate) fn contains(&self, value: T::Given<'_>) -> bool {
        self.sorted
            .binary_search_by(|entry| entry.order(value))
            .is_ok()
    }

    pub(crate) fn iter(&self) -> core::slice::Iter<'_, T> {
        self.sorted.iter()
    }
}

/// An operand that a context's value is compared with.
pub(crate) trait Ordered: Clone {
    /// What a context gives.
    type Given<'a>: Copy;

    fn as_given(&self) -> Self::Given<'_>;

    /// The operand's order to a given value.
    fn order(&self, given: Self::Given<'_>) -> Ordering;
}

impl Ordered for i64 {
    type Given<'a> = i64;

    fn as_given(&self) -> i64 {
        *self
    }

    #[inline]
    fn order(&self, given: i64) -> Ordering {
        self.cmp(&given)
    }
}

impl Ordered for f64 {
    type Given<'a> = f64;

    fn as_given(&self) -> f64 {
        *self
    }

    /// Both sides are finite, so there is an order; 0 and −0 are equal.
    #[inline]
    fn order(&self, given: f64) -> Ordering {
        self.partial_cmp(&given).unwrap_or(Ordering::Equal)
    }
}

impl Ordered for Timestamp {
    type Given<'a> = Timestamp;

    fn as_given(&self) -> Timestamp {
        *self
    }

    #[inline]
    fn order(&self, given: Timestamp) -> Ordering {
        self.cmp(&given)
    }
}

impl Ordered for Version {
    type Given<'a> = VersionRef<'a>;

    fn as_given(&self) -> VersionRef<'_> {
        self.as_ref()
    }

    #[inline]
    fn order(&self, given: VersionRef<'_>) -> Ordering {
        self.as_ref().cmp(&given)
    }
}
