//! Schedules and overrides that are over.

use super::Finder;
use crate::definition::{Deciding, Flag, Gives, Rollout};
use crate::{Code, MicroPercent, Span, Timestamp};

/// For how long a rollout may stand where its schedule left it.
const MONTH: i64 = 30 * 86_400_000;

pub(super) fn check(finder: &mut Finder<'_>, flag: &Flag) {
    let Some(at) = finder.at else {
        return;
    };
    for deciding in flag.decidings() {
        overrides(finder, flag, deciding, at);
        if let Some(rollout) = &deciding.rollout {
            self::rollout(finder, flag, rollout, deciding.spans().rollout, at);
        }
        for rule in deciding.rules.iter().flatten() {
            if let Gives::Share {
                rollout: Some(rollout),
                ..
            } = &rule.gives
            {
                self::rollout(finder, flag, rollout, rule.span, at);
            }
        }
    }
}

fn overrides(finder: &mut Finder<'_>, flag: &Flag, deciding: &Deciding, at: Timestamp) {
    for given in deciding.rare().overrides.iter().flatten() {
        if let Some(until) = given.until.filter(|until| *until <= at) {
            // The unit stays untold: it may be private.
            let message = format!("this override of `{}` ended at {until}", flag.key);
            finder.warn(Code::EndedOverride, given.span, message, "take it out");
        }
    }
}

fn rollout(finder: &mut Finder<'_>, flag: &Flag, rollout: &Rollout, span: Span, at: Timestamp) {
    let (end, last) = match rollout {
        Rollout::Fixed(_) => return,
        Rollout::Linear { to, end, .. } => (*end, *to),
        Rollout::Steps(steps) => match steps.last() {
            Some(step) => (step.at, step.to),
            None => return,
        },
    };
    let is_settled = last == MicroPercent::ZERO || last == MicroPercent::HUNDRED;
    let long_ago = end.milliseconds().saturating_add(MONTH);
    if is_settled && at.milliseconds() >= long_ago {
        let message = format!(
            "a schedule of `{}` has stood at {last} since {end}",
            flag.key
        );
        let help = format!(
            "write `rollout: {last}`, or finish: take the flag out of the code, and move its key to `retired`"
        );
        finder.warn(Code::FinishedSchedule, span, message, help);
    }
}
