//! Conditions. The recursion is bounded by the limits on nesting and on chains of references, and its frames are
//! kept small: plain loops instead of closures, and nothing large on the stack.

use core::slice;
use std::sync::Arc;

use super::{Now, Observer, Walk};
use crate::bucket::Purpose;
use crate::compile::{Condition, Sample, Segment, Test};
use crate::context::{Slots, Unit};
use crate::snapshot::Entry;

impl<C: Slots, N: Now, O: Observer> Walk<'_, C, N, O> {
    /// Whether a rule's condition holds. Nearly all are tests of attributes, or lists of them, which cost no recursion.
    #[inline]
    pub(super) fn rule_holds(&mut self, entry: &Entry, condition: &Condition) -> bool {
        // One loop for both, so that what tests an attribute stands here once, without a call.
        let (parts, is_list) = match condition {
            Condition::All(list) => (&**list, true),
            lone => (slice::from_ref(lone), false),
        };
        if is_list {
            self.observer.looks_at(condition);
        }
        let mut holds = true;
        for part in parts {
            if !self.holds(entry, part) {
                holds = false;
                break;
            }
        }
        if is_list {
            self.observer.found(condition, holds);
        }
        holds
    }

    /// Whether a condition of a flag's form holds.
    #[inline]
    fn holds(&mut self, entry: &Entry, condition: &Condition) -> bool {
        self.observer.looks_at(condition);
        let holds = match condition {
            Condition::Attribute { slot, test } => {
                match test.holds_at_once(self.context.slot(*slot as usize)) {
                    Some(holds) => holds,
                    None => self.attribute_holds(*slot, test),
                }
            }
            other => self.holds_otherwise(entry, other),
        };
        self.observer.found(condition, holds);
        holds
    }

    /// Whether an attribute fits a test. It reads the attribute anew: what is handed over to a call would have to be written to
    /// memory for every test, those that are answered at once too.
    #[inline(never)]
    fn attribute_holds(&self, slot: u32, test: &Test) -> bool {
        test.holds(self.context.slot(slot as usize))
    }

    /// The same for conditions that aren't tests of attributes.
    #[inline(never)]
    fn holds_otherwise(&mut self, entry: &Entry, condition: &Condition) -> bool {
        match condition {
            Condition::All(list) => !self.finds(entry, list, false),
            Condition::Any(list) => self.finds(entry, list, true),
            Condition::Not(inner) => !self.holds(entry, inner),
            Condition::Attribute { slot, test } => self.attribute_holds(*slot, test),
            Condition::Everyone => true,
            Condition::Segments(of) => self.is_in_one(entry, of),
            Condition::Sample(sample) => self.is_sampled(sample),
            Condition::Flag(reference) => self.is_answered(entry, *reference),
            Condition::Now { comparison, moment } => comparison.holds(self.now.now().cmp(moment)),
        }
    }

    /// Whether a condition is found to be `wanted`. Those behind it aren't looked at.
    fn finds(&mut self, entry: &Entry, list: &[Condition], wanted: bool) -> bool {
        for condition in list {
            if self.holds(entry, condition) == wanted {
                return true;
            }
        }
        false
    }

    fn is_in_one(&mut self, entry: &Entry, segments: &[Arc<Segment>]) -> bool {
        for segment in segments {
            let is_member = self.is_member(segment);
            self.observer.searched(is_member);
            if is_member {
                return true;
            }
            if let Some(condition) = &segment.condition
                && self.holds(entry, condition)
            {
                return true;
            }
        }
        false
    }

    fn is_member(&self, segment: &Segment) -> bool {
        let unit = self.context.slot(segment.unit as usize).unit();
        match unit {
            Unit::Text(text) => segment.members.contains(text),
            _ => is_other_member(segment, unit),
        }
    }

    fn is_sampled(&mut self, sample: &Sample) -> bool {
        if let Some(constant) = sample.constant() {
            return constant;
        }
        let unit = self.context.slot(sample.by as usize).unit();
        let Some(position) = sample.seed.position_of(unit) else {
            return false;
        };
        self.observer
            .bucketed(Purpose::Rollout, position, sample.to);
        !sample.from.takes(position) && sample.to.takes(position)
    }
}

/// Kept out of line: nearly all units are texts.
#[inline(never)]
fn is_other_member(segment: &Segment, unit: Unit<'_>) -> bool {
    unit.with_text(|text| segment.members.contains(text))
        .unwrap_or(false)
}
