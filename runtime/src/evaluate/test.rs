//! Operators on attributes. A missing attribute makes every one false, but for `exists: false`.

use flagstone_model::AttributeType;

use crate::compile::{OrderTest, Ordered, Test, TextTest};
use crate::context::Slot;
use crate::text_set::TextSet;

impl Test {
    /// Whether a value fulfils the test, where that is found without a call, as for what most rules test; else nothing.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a rule asks it once for each condition, and each call would save and restore six registers"
    )]
    pub(super) fn holds_at_once(&self, slot: Slot<'_>) -> Option<bool> {
        // The slot first: a test's kind is then compared with just one, and not first found among all.
        match slot {
            Slot::Text(text) => match self {
                Self::Text(TextTest::In(TextSet::Few(texts))) => texts.contains_by_lead(text),
                _ => None,
            },
            Slot::Integer(value) => match self {
                Self::Integer(OrderTest::Compare(comparison, operand)) => {
                    Some(comparison.holds(value.cmp(operand)))
                }
                _ => None,
            },
            Slot::Version(value) => match self {
                Self::Version(OrderTest::Compare(comparison, operand)) => {
                    Some(comparison.holds(value.cmp(operand)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value fulfils the test.
    #[inline(never)]
    pub(super) fn holds(&self, slot: Slot<'_>) -> bool {
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
            Self::Contains(parts) => parts.iter().any(|part| text.contains(part)),
            Self::NotContains(parts) => !parts.iter().any(|part| text.contains(part)),
            Self::StartsWith(parts) => parts.iter().any(|part| text.starts_with(part)),
            Self::EndsWith(parts) => parts.iter().any(|part| text.ends_with(part)),
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
                comparison.holds(operand.order(value).reverse())
            }
        }
    }
}
