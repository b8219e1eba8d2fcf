//! Rules that never decide, and rules that keep units from what follows.

use super::proof::Prover;
use super::{Finder, everywhere};
use crate::definition::{Distribution, Effective, Flag, Rollout, Rule, Taken};
use crate::{Code, MicroPercent};

pub(super) fn check<'d>(finder: &mut Finder<'d>, prover: &mut Prover<'d>, flag: &'d Flag) {
    for deciding in flag.decidings() {
        let rules = deciding.rules.as_deref().unwrap_or_default();
        for (index, rule) in rules.iter().enumerate() {
            let earlier = rules.get(..index).unwrap_or_default();
            if !never_holds(finder, prover, flag, rule) {
                caught(finder, prover, flag, rule, earlier);
            }
        }
    }
    for (_, effective) in everywhere(flag) {
        for (index, rule) in effective.rules.iter().enumerate() {
            let later = effective.rules.get(index + 1..).unwrap_or_default();
            shrinks(finder, prover, flag, effective, rule, later);
        }
    }
}

fn never_holds<'d>(
    finder: &mut Finder<'d>,
    prover: &mut Prover<'d>,
    flag: &Flag,
    rule: &'d Rule,
) -> bool {
    let Some(contradiction) = prover.never_holds(&rule.condition) else {
        return false;
    };
    let mut message = format!("{} of `{}` never holds", named(rule), flag.key);
    if let Some(about) = contradiction.about {
        message.push_str(": what it asks of ");
        message.push_str(&about.name(finder.definition));
        message.push_str(" can't be");
    }
    let help = "take it out, or put what are alternatives under `any`";
    finder.warn(Code::RuleNeverHolds, rule.span, message, help);
    true
}

/// An earlier rule decides for all for whom this one holds.
fn caught<'d>(
    finder: &mut Finder<'d>,
    prover: &mut Prover<'d>,
    flag: &Flag,
    rule: &'d Rule,
    earlier: &'d [Rule],
) {
    let mut earlier = earlier.iter();
    if let Some(first) = earlier.find(|first| prover.implies(&rule.condition, &first.condition)) {
        let line = finder.line(first.span);
        let message = format!(
            "{} of `{}` never decides: the one on line {line} catches all for whom it holds",
            named(rule),
            flag.key
        );
        let help = "move it up, or take it out";
        finder.warn(Code::UnreachableRule, rule.span, message, help);
    }
}

/// A rule decides even for whom its rollout leaves out, who would get more from what follows.
fn shrinks<'d>(
    finder: &mut Finder<'d>,
    prover: &mut Prover<'d>,
    flag: &Flag,
    effective: Effective<'d>,
    rule: &'d Rule,
    later: &'d [Rule],
) {
    let Ok(Distribution::Share {
        rollout: Some(Rollout::Fixed(percentage)),
        ..
    }) = effective.distribution_of(rule)
    else {
        return;
    };
    let is_partial = MicroPercent::ZERO < *percentage && *percentage < MicroPercent::HUNDRED;
    if is_partial && is_served_later(prover, effective, *percentage, rule, later) {
        let message = format!(
            "whom this rule's rollout of `{}` leaves out gets the baseline, though what follows would serve them",
            flag.key
        );
        let help = format!(
            "write `sample: {percentage}` in its `if` instead of `rollout: {percentage}`, and who isn't taken goes on to what follows"
        );
        finder.warn(Code::RolloutShrinksAudience, rule.span, message, help);
    }
}

/// Whether whatever comes to decide for those left out gives some of them more than the baseline.
fn is_served_later<'d>(
    prover: &mut Prover<'d>,
    effective: Effective<'d>,
    percentage: MicroPercent,
    rule: &'d Rule,
    later: &'d [Rule],
) -> bool {
    for next in later {
        if prover.are_disjoint(&rule.condition, &next.condition) {
            continue;
        }
        let gives = effective.distribution_of(next);
        if !gives.is_ok_and(|gives| gives_more(effective, gives, percentage)) {
            return false;
        }
        if prover.implies(&rule.condition, &next.condition) {
            return true;
        }
    }
    let own = effective.distribution().ok().flatten();
    own.is_some_and(|own| gives_more(effective, own, percentage))
}

/// Whether a distribution of the same flag gives something to units that a rollout of a percentage leaves out: positions
/// are the same throughout a flag.
fn gives_more(effective: Effective<'_>, gives: Distribution<'_>, percentage: MicroPercent) -> bool {
    match gives {
        Distribution::Serve(variant) => variant != effective.baseline,
        Distribution::Share { rollout, taken } => {
            let is_larger = match rollout {
                None => true,
                Some(Rollout::Fixed(other)) => *other > percentage,
                Some(Rollout::Linear { .. } | Rollout::Steps(_)) => false,
            };
            let is_more = match taken {
                Taken::One(variant) => variant != effective.baseline,
                Taken::Split(split) => {
                    let mut weighty = split.arms.iter().filter(|arm| arm.weight > 0);
                    weighty.any(|arm| arm.variant != effective.baseline)
                }
            };
            is_larger && is_more
        }
    }
}

/// "the rule `beta`", "this rule".
fn named(rule: &Rule) -> String {
    match &rule.name {
        Some(name) => format!("the rule `{name}`"),
        None => "this rule".into(),
    }
}
