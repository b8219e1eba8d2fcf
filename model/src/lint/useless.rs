//! Keys that change no answer, and lists that have grown out of hand.

use super::{Finder, everywhere};
use crate::definition::{Distribution, Effective, Flag, Rollout, Taken, VariantIndex};
use crate::{Code, MicroPercent};

/// Overrides are for a few testers; whom more are for is a segment.
const MANY: usize = 100;

pub(super) fn check(finder: &mut Finder<'_>, flag: &Flag) {
    for deciding in flag.decidings() {
        let overrides = deciding.rare().overrides.as_deref().unwrap_or_default();
        if let Some(given) = overrides.get(MANY) {
            let count = overrides.len();
            let message = format!(
                "`{}` has {count} overrides; this is the one behind {MANY}",
                flag.key
            );
            let help = "make a segment of them, and a rule for it";
            finder.warn(Code::ManyOverrides, given.span, message, help);
        }
    }
    for (_, effective) in everywhere(flag) {
        rollouts(finder, flag, effective);
    }
    enabled(finder, flag);
}

/// Rollouts whose taken get what everybody else gets too.
fn rollouts(finder: &mut Finder<'_>, flag: &Flag, effective: Effective<'_>) {
    let name = |variant: VariantIndex| {
        let variant = flag.variants.get(variant);
        variant.map_or("", |variant| variant.name.as_str())
    };
    let is_useless = |distribution: Distribution<'_>| match distribution {
        Distribution::Share {
            rollout: Some(_),
            taken: Taken::One(variant),
        } => variant == effective.baseline,
        _ => false,
    };
    let message = format!(
        "this rollout of `{}` gives `{}`, which is its baseline: who is taken gets the same as who isn't",
        flag.key,
        name(effective.baseline)
    );
    let help = "set another baseline, or say with `split` what the taken get";
    if let Ok(Some(own)) = effective.distribution()
        && is_useless(own)
    {
        let mut spans = flag.decidings().filter_map(|deciding| {
            let is_this = effective.rollout.is_some_and(|rollout| {
                deciding
                    .rollout
                    .as_ref()
                    .is_some_and(|own| core::ptr::eq(own, rollout))
            });
            is_this.then_some(deciding.spans().rollout)
        });
        let span = spans.next().unwrap_or(flag.span);
        finder.warn(Code::RolloutGivesBaseline, span, message.clone(), help);
    }
    for rule in effective.rules {
        if effective.distribution_of(rule).is_ok_and(is_useless) {
            finder.warn(Code::RolloutGivesBaseline, rule.span, message.clone(), help);
        }
    }
}

/// `enabled: true` that nothing makes use of, in no environment in which it holds.
fn enabled(finder: &mut Finder<'_>, flag: &Flag) {
    for (deciding, _) in everywhere(flag) {
        if deciding.rare().enabled != Some(true) {
            continue;
        }
        let is_base = core::ptr::eq(deciding, &raw const flag.base);
        let holds_there = everywhere(flag).filter(|(other, _)| {
            core::ptr::eq(*other, deciding) || (is_base && other.rare().enabled.is_none())
        });
        let is_useless = holds_there
            .into_iter()
            .all(|(_, effective)| turns_nothing_on(effective));
        if is_useless {
            let message = format!(
                "`{}` is enabled, and nothing in it gives anything but its baseline",
                flag.key
            );
            let help = "write `serve`, `rollout`, `split` or a rule; `enabled: true` alone turns nothing on";
            finder.warn(
                Code::EnabledWithoutEffect,
                deciding.spans().enabled,
                message,
                help,
            );
        }
    }
}

fn turns_nothing_on(effective: Effective<'_>) -> bool {
    let gives_nothing = |distribution: Distribution<'_>| match distribution {
        Distribution::Serve(variant) => variant == effective.baseline,
        Distribution::Share {
            rollout: Some(Rollout::Fixed(MicroPercent::ZERO)),
            ..
        } => true,
        Distribution::Share { taken, .. } => match taken {
            Taken::One(variant) => variant == effective.baseline,
            Taken::Split(_) => false,
        },
    };
    let mut overrides = effective.overrides.iter();
    let mut rules = effective.rules.iter();
    overrides.all(|given| given.variant == effective.baseline)
        && rules.all(|rule| effective.distribution_of(rule).is_ok_and(gives_nothing))
        && effective
            .distribution()
            .is_ok_and(|own| own.is_none_or(gives_nothing))
}
