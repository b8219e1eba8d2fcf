//! Operators on attributes. A missing attribute makes every one false, but for `exists: false`.

use core::cmp::Ordering;

use flagstone_model::{AttributeType, Comparison};

use crate::compile::{OrderTest, Ordered, Test, TextTest};
use crate::context::Slot;
use crate::text_set::TextSet;

/// The texts of at most so many bytes are compared as numbers.
const SHORT: usize = 8;

impl Test {
    /// Whether a value fulfils the test. What most rules test is answered without a call.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a rule asks it once for each condition, and each call would save and restore six registers"
    )]
    pub(super) fn holds(&self, slot: Slot<'_>) -> bool {
        match (self, slot) {
            (Self::Text(TextTest::In(TextSet::Few(texts))), Slot::Text(text))
                if text.len() <= SHORT =>
            {
                texts.contains(text)
            }
            (Self::Integer(OrderTest::Compare(comparison, operand)), Slot::Integer(value)) => {
                fulfils(*comparison, value.cmp(operand))
            }
            (Self::Version(OrderTest::Compare(comparison, operand)), Slot::Version(value)) => {
                fulfils(*comparison, value.cmp(operand))
            }
            _ => self.holds_otherwise(slot),
        }
    }

    #[inline(never)]
    fn holds_otherwise(&self, slot: Slot<'_>) -> bool {
        match self {
            Self::Exists(ty, exists) => is_present(slot, *ty) == *exists,
            Self::Text(test) => slot.text().is_some_and(|text| test.holds(text)),
            Self::TextsContain(set) => slot
                .texts()
                .is_some_and(|texts| texts.any(|text| set.contains(text))),
            Self::TextsLack(set) => slot
                .texts()
                .is_some_and(|texts| !texts.any(|text| set.contains(text))),
            Self::Integer(test) => slot.integer().is_some_and(|value| test.holds(value)),
            Self::Number(test) => slot.number().is_some_and(|value| test.holds(value)),
            Self::Version(test) => slot.version().is_some_and(|value| test.holds(value)),
            Self::Timestamp(test) => slot.timestamp().is_some_and(|value| test.holds(value)),
            Self::Boolean { on_true, on_false } => slot
                .boolean()
                .is_some_and(|value| if value { *on_true } else { *on_false }),
        }
    }
}

/// The same as [`Comparison::holds`], without a jump for each comparison.
#[inline]
fn fulfils(comparison: Comparison, order: Ordering) -> bool {
    // A bit for each order: less, equal, greater.
    let fitting: u8 = match comparison {
        Comparison::Greater => 0b100,
        Comparison::GreaterOrEqual => 0b110,
        Comparison::Less => 0b001,
        Comparison::LessOrEqual => 0b011,
    };
    let place = match order {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
    };
    (fitting >> place) & 1 == 1
}

/// Whether there is a value of the attribute's type.
fn is_present(slot: Slot<'_>, ty: AttributeType) -> bool {
    match ty {
        AttributeType::String => slot.text().is_some(),
        AttributeType::Integer => slot.integer().is_some(),
        AttributeType::Number => slot.number().is_some(),
        AttributeType::Boolean => slot.boolean().is_some(),
        AttributeType::Timestamp => slot.timestamp().is_some(),
        AttributeType::Semver => slot.version().is_some(),
        AttributeType::Strings => slot.texts().is_some(),
    }
}

impl TextTest {
    #[inline]
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::In(set) => set.contains(text),
            Self::NotIn(set) => !set.contains(text),
            Self::Contains(parts) => parts.iter().any(|part| text.contains(&**part)),
            Self::NotContains(parts) => !parts.iter().any(|part| text.contains(&**part)),
            Self::StartsWith(parts) => parts.iter().any(|part| text.starts_with(&**part)),
            Self::EndsWith(parts) => parts.iter().any(|part| text.ends_with(&**part)),
            Self::Matches(patterns) => patterns.iter().any(|pattern| pattern.is_match(text)),
        }
    }
}

impl<T: Ordered> OrderTest<T> {
    #[inline]
    fn holds(&self, value: T::Given<'_>) -> bool {
        match self {
            Self::In(set) => set.contains(value),
            Self::NotIn(set) => !set.contains(value),
            Self::Compare(comparison, operand) => {
                // The attribute stands on the left of the comparison.
                fulfils(*comparison, operand.order(value).reverse())
            }
        }
    }
}
