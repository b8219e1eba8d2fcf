//! Rules that roll out to a share of units and whose condition already samples them by the same position.

use std::collections::{HashMap, HashSet};

use super::read::Reader;
use crate::definition::{Condition, Effective, Flag, Gives, Rule};
use crate::{AttributeIndex, Code, Span};

/// What the rules of a flag's base sample, kept so that each overlay doesn't walk them again.
pub(super) struct Sampled {
    targeting_key: AttributeIndex,
    /// The samples of the base's rules that name their attribute.
    of_base: HashMap<AttributeIndex, Vec<Span>>,
    reported: HashSet<Span>,
}

impl Sampled {
    pub(super) fn new(targeting_key: AttributeIndex, flag: &Flag) -> Self {
        let mut of_base: HashMap<AttributeIndex, Vec<Span>> = HashMap::new();
        for rule in flag.base.rules.iter().flatten() {
            each_sample(flag, rule, &mut |by, span| {
                if let Some(by) = by {
                    of_base.entry(by).or_default().push(span);
                }
            });
        }
        Self {
            targeting_key,
            of_base,
            reported: HashSet::new(),
        }
    }

    /// Reports the rules that the base or an overlay writes.
    pub(super) fn check_rules(
        &mut self,
        reader: &mut Reader<'_>,
        flag: &Flag,
        effective: &Effective<'_>,
    ) {
        let by = effective.by.unwrap_or(self.targeting_key);
        for rule in effective.rules {
            let mut same = None;
            each_sample(flag, rule, &mut |sample_by, span| {
                if sample_by.is_none_or(|sample_by| sample_by == by) {
                    same = same.or(Some(span));
                }
            });
            if let Some(span) = same {
                self.report(reader, span);
            }
        }
    }

    /// Reports the base's rules where an overlay only buckets by another attribute.
    pub(super) fn check_inherited(&mut self, reader: &mut Reader<'_>, by: AttributeIndex) {
        // Once will do for each attribute, however many overlays name it.
        for span in self.of_base.remove(&by).unwrap_or_default() {
            self.report(reader, span);
        }
    }

    fn report(&mut self, reader: &mut Reader<'_>, span: Span) {
        if !self.reported.insert(span) {
            return;
        }
        let message = "this rule's `rollout` and its `sample` pick by the same positions: half of the same half is the same half";
        let help = "give the sample a `salt` of its own, or leave one of the two out";
        reader.report.error(Code::SampledTwice, span, message, help);
    }
}

/// The samples with the flag's salt in the condition of a rule that rolls out, with the attributes that they name.
/// What segments sample is not looked at: they have salts of their own.
fn each_sample(flag: &Flag, rule: &Rule, visit: &mut impl FnMut(Option<AttributeIndex>, Span)) {
    let rolls_out = matches!(
        &rule.gives,
        Gives::Share {
            rollout: Some(_),
            ..
        }
    );
    if !rolls_out {
        return;
    }
    rule.condition.each(&mut |condition| {
        if let Condition::Sample(sample) = condition
            && sample.salt.as_deref().unwrap_or(flag.salt()) == flag.salt()
        {
            visit(sample.by, sample.span);
        }
    });
}
