//! Finds the flags whose answer no context and no later time can change.
//!
//! Time is taken to pass: a moment that has come has come for good, and a flag with one still ahead isn't constant.

use flagstone_model::{Comparison, Timestamp};

use super::{Condition, Form, Outcome, Overrides, Rule, Segment};
use crate::decision::{Decision, Reason, RuleIndex};

/// What is known of another flag's answer: whether it is, for good, one of those that a reference accepts.
pub(crate) trait LinkVerdict {
    fn accepts(&self, reference: u32) -> Option<bool>;
}

impl<F: Fn(u32) -> Option<bool>> LinkVerdict for F {
    fn accepts(&self, reference: u32) -> Option<bool> {
        self(reference)
    }
}

/// The answer of a flag where it is the same for every context from a time on. `killed` says whether it is killed
/// by whatever kills flags.
pub(crate) fn constant(
    form: &Form,
    killed: bool,
    now: Timestamp,
    links: &impl LinkVerdict,
) -> Option<Decision> {
    if killed {
        return Some(Decision::new(form.baseline, Reason::Killed));
    }
    let mut overrides = form.overrides().into_iter().flat_map(Overrides::iter);
    if overrides.any(|(_, given)| given.holds(|| now)) {
        return None;
    }
    if !form.enabled {
        return Some(Decision::new(form.baseline, Reason::Disabled));
    }
    if form.ends_at().is_some_and(|ends_at| now >= ends_at) {
        return Some(Decision::new(form.baseline, Reason::Ended));
    }
    if form.ends_at().is_some() || form.starts_at().is_some_and(|starts_at| now < starts_at) {
        return None;
    }
    match all(form.prerequisites().iter(), |reference| {
        links.accepts(*reference)
    }) {
        Some(true) => after_prerequisites(form, now, links),
        Some(false) => Some(Decision::new(form.baseline, Reason::Prerequisite)),
        None => None,
    }
}

fn after_prerequisites(form: &Form, now: Timestamp, links: &impl LinkVerdict) -> Option<Decision> {
    for (rule, index) in form.rules.iter().zip(0..) {
        match rule.condition.constant(now, links) {
            Some(false) => {}
            Some(true) => return constant_rule(form, rule, index, now),
            None => return None,
        }
    }
    let Some(own) = &form.own else {
        return Some(Decision::new(form.baseline, Reason::Default));
    };
    let outcome = own.constant(now)?;
    Some(match outcome {
        Outcome::Gives(variant) if own.is_static() => Decision::new(variant, Reason::Static),
        Outcome::Gives(variant) => Decision::new(variant, Reason::Split),
        Outcome::LeftOut { .. } if own.is_static() => Decision::new(form.baseline, Reason::Static),
        Outcome::LeftOut { .. } => Decision::new(form.baseline, Reason::LeftOut),
    })
}

fn constant_rule(form: &Form, rule: &Rule, index: u32, now: Timestamp) -> Option<Decision> {
    let decision = match rule.distribution.constant(now)? {
        Outcome::Gives(variant) => Decision::new(variant, Reason::Rule),
        Outcome::LeftOut { .. } => Decision::new(form.baseline, Reason::LeftOut),
    };
    Some(Decision {
        rule: Some(RuleIndex {
            index,
            shares: rule.distribution.shares(),
        }),
        ..decision
    })
}

impl Condition {
    /// What the condition is for every context from a time on, where that is known.
    fn constant(&self, now: Timestamp, links: &impl LinkVerdict) -> Option<bool> {
        match self {
            Self::All(list) => all(list.iter(), |condition| condition.constant(now, links)),
            Self::Any(list) => any(list.iter(), |condition| condition.constant(now, links)),
            Self::Not(inner) => Some(!inner.constant(now, links)?),
            Self::Attribute { .. } => None,
            Self::Everyone => Some(true),
            Self::Segments(of) => any(of.iter(), |segment| segment.constant(now, links)),
            Self::Sample(sample) => sample.constant(),
            Self::Flag(reference) => links.accepts(*reference),
            Self::Now { comparison, moment } => settled(*comparison, *moment, now),
        }
    }
}

impl Segment {
    fn constant(&self, now: Timestamp, links: &impl LinkVerdict) -> Option<bool> {
        let by_condition = self
            .condition
            .as_ref()
            .map_or(Some(false), |condition| condition.constant(now, links));
        match by_condition {
            Some(true) => Some(true),
            Some(false) if self.members.is_empty() => Some(false),
            _ => None,
        }
    }
}

/// A comparison of the time with a moment, where passing time can't change it any more.
fn settled(comparison: Comparison, moment: Timestamp, now: Timestamp) -> Option<bool> {
    let order = now.cmp(&moment);
    let holds = comparison.holds(order);
    let is_settled = match comparison {
        Comparison::Greater | Comparison::LessOrEqual => order.is_gt(),
        Comparison::GreaterOrEqual | Comparison::Less => order.is_ge(),
    };
    is_settled.then_some(holds)
}

fn all<T>(items: impl Iterator<Item = T>, known: impl Fn(T) -> Option<bool>) -> Option<bool> {
    let mut answer = Some(true);
    for item in items {
        match known(item) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => answer = None,
        }
    }
    answer
}

fn any<T>(items: impl Iterator<Item = T>, known: impl Fn(T) -> Option<bool>) -> Option<bool> {
    let none = all(items, |item| known(item).map(|holds| !holds));
    none.map(|none| !none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_settles_a_comparison_once_it_has_passed() {
        let at = Timestamp::from_milliseconds;
        for (comparison, before, on, after) in [
            (Comparison::Greater, None, None, Some(true)),
            (Comparison::GreaterOrEqual, None, Some(true), Some(true)),
            (Comparison::Less, None, Some(false), Some(false)),
            (Comparison::LessOrEqual, None, None, Some(false)),
        ] {
            for (now, answer) in [(9, before), (10, on), (11, after)] {
                assert_eq!(
                    settled(comparison, at(10), at(now)),
                    answer,
                    "{comparison:?} {now}"
                );
            }
        }
    }

    #[test]
    fn one_known_answer_can_settle_a_list() {
        for (known, all_of, any_of) in [
            (vec![Some(true), None], None, Some(true)),
            (vec![None, Some(false)], Some(false), None),
            (vec![Some(true), Some(true)], Some(true), Some(true)),
            (vec![Some(false), Some(false)], Some(false), Some(false)),
            (vec![], Some(true), Some(false)),
        ] {
            assert_eq!(all(known.iter(), |item| *item), all_of, "{known:?}");
            assert_eq!(any(known.iter(), |item| *item), any_of, "{known:?}");
        }
    }
}
