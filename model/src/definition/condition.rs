//! Conditions: which contexts a rule, a segment or a sample holds for.

use core::cmp::Ordering;

use super::{AttributeIndex, SegmentIndex, Texts};
use crate::{MicroPercent, Name, Pattern, Span, Timestamp, Version};

/// A condition, as a tree.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Every one of them holds. There is at least one.
    All(Vec<Condition>),
    /// One of them holds. There is at least one.
    Any(Vec<Condition>),
    /// It doesn't hold.
    Not(Box<Condition>),
    /// An attribute fits.
    Attribute(AttributeTest),
    /// The unit is in one of the segments. There is at least one.
    Segment {
        /// The segments.
        of: Vec<SegmentRef>,
        /// Where the entry stands.
        span: Span,
    },
    /// The unit's rollout position lies in a range.
    Sample(Sample),
    /// Each of other flags answers one of some variants.
    Flag(FlagTest),
    /// The time of the evaluation fits.
    Now(MomentTest),
}

impl Condition {
    /// Visits the condition and every one inside it, outer ones first.
    pub fn each<'d>(&'d self, visit: &mut impl FnMut(&'d Self)) {
        visit(self);
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.each(visit);
                }
            }
            Self::Not(condition) => condition.each(visit),
            Self::Attribute(_)
            | Self::Segment { .. }
            | Self::Sample(_)
            | Self::Flag(_)
            | Self::Now(_) => {}
        }
    }
}

/// One operator applied to one attribute. A missing attribute makes it false, but for [`Test::Exists`]`(false)`.
#[derive(Debug, Clone)]
pub struct AttributeTest {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// What it must fulfil; the test is of the attribute's type.
    pub test: Test,
    /// Where the entry stands: the operator and its operand, or the attribute and the short form.
    pub span: Span,
}

/// What an attribute must fulfil.
#[derive(Debug, Clone)]
pub enum Test {
    /// The attribute is there, or is missing.
    Exists(bool),
    /// Of a `string`.
    Text(TextTest),
    /// Of `strings`.
    Texts(TextsTest),
    /// Of an `integer`.
    Integer(OrderTest<i64>),
    /// Of a `number`; every operand is finite.
    Number(OrderTest<f64>),
    /// Of a `semver`.
    Version(OrderTest<Version>),
    /// Of a `timestamp`.
    Timestamp(OrderTest<Timestamp>),
    /// Of a `boolean`: equal to one of these. `not_equals: x` is here too, as its opposite.
    Boolean(Vec<bool>),
}

/// Operators on text. Each list has at least one entry, and what is searched for is never empty.
#[derive(Debug, Clone)]
pub enum TextTest {
    /// `equals`, `in` and the short forms: equal to one of them.
    In(Texts),
    /// `not_equals` and `not_in`: equal to none of them.
    NotIn(Texts),
    /// One of them is a part of it.
    Contains(Texts),
    /// None of them is a part of it.
    NotContains(Texts),
    /// It starts with one of them.
    StartsWith(Texts),
    /// It ends with one of them.
    EndsWith(Texts),
    /// One of them matches somewhere in it.
    Matches(Vec<Pattern>),
}

/// Operators on lists of text: an element equals an operand.
#[derive(Debug, Clone)]
pub enum TextsTest {
    /// One of the operands is among the elements.
    Contains(Texts),
    /// None of the operands is among the elements.
    NotContains(Texts),
}

/// Operators on what has an order.
#[derive(Debug, Clone)]
pub enum OrderTest<T> {
    /// `equals`, `in` and the short forms: equal to one of them. There is at least one.
    In(Vec<T>),
    /// `not_equals` and `not_in`: equal to none of them. There is at least one.
    NotIn(Vec<T>),
    /// Compared with one operand.
    Compare(Comparison, T),
}

/// A comparison, of the attribute on the left with the operand on the right.
///
/// Its discriminant has a bit for each order that fulfils it, from the lowest: less, equal, greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Comparison {
    /// `gt`, and `after` of times.
    Greater = 0b100,
    /// `gte`.
    GreaterOrEqual = 0b110,
    /// `lt`, and `before` of times.
    Less = 0b001,
    /// `lte`.
    LessOrEqual = 0b011,
}

impl Comparison {
    /// Whether an order of the left to the right side fulfils the comparison.
    #[inline]
    pub fn holds(self, order: Ordering) -> bool {
        let place = match order {
            Ordering::Less => 0,
            Ordering::Equal => 1,
            Ordering::Greater => 2,
        };
        // No jump for each comparison: rules ask it again and again.
        (self as u8 >> place) & 1 == 1
    }
}

/// A segment by name, or the built-in one that holds everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentRef {
    /// `everyone`.
    Everyone,
    /// A segment of the document.
    Segment(SegmentIndex),
}

/// The units whose rollout position lies in `[from, to)`. Where `from` is not below `to` there are none.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The lower end, included; 0 % where none is given.
    pub from: MicroPercent,
    /// The upper end, excluded, but for 100 %, which takes all; 100 % where none is given.
    pub to: MicroPercent,
    /// The bucketing identity where the sample has one of its own; else the flag's salt, or `segment/<its name>` in a segment.
    pub salt: Option<Box<str>>,
    /// The attribute to bucket by where the sample names one; else the flag's, or the targeting key in a segment.
    pub by: Option<AttributeIndex>,
    /// Where the entry stands.
    pub span: Span,
}

/// Another flag's answer, for the same context, snapshot, environment and time.
#[derive(Debug, Clone)]
pub struct FlagTest {
    /// The other flag.
    pub flag: Name,
    /// The variants of which it must answer one. There is at least one.
    pub variants: Vec<Name>,
    /// Where the entry stands.
    pub span: Span,
}

/// The time of the evaluation compared with a moment.
#[derive(Debug, Clone)]
pub struct MomentTest {
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub moment: Timestamp,
    /// Where the entry stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_holds_for_the_orders_that_it_names() {
        let orders = [Ordering::Less, Ordering::Equal, Ordering::Greater];
        for (comparison, expected) in [
            (Comparison::Greater, [false, false, true]),
            (Comparison::GreaterOrEqual, [false, true, true]),
            (Comparison::Less, [true, false, false]),
            (Comparison::LessOrEqual, [true, true, false]),
        ] {
            let found = orders.map(|order| comparison.holds(order));
            assert_eq!(found, expected, "{comparison:?}");
        }
    }
}
