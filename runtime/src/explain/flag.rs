//! A flag's steps, in the order of evaluation, up to the one that decided.

use flagstone_model::{self as model, Condition, Prerequisite, Rule};

use super::condition::Scope;
use super::explanation::{Check, Decided, Place, Share, Step};
use super::gates::enabled;
use super::record::{Seen, What};
use super::teller::{Teller, Telling};
use super::words::alternatives;
use crate::decision::{Decision, ErrorCode, Reason};

impl Teller<'_> {
    /// The steps up to the one that decided. Each asks what evaluation asks; what it answered comes from the decision.
    pub(super) fn steps(
        &self,
        telling: Telling<'_>,
        decision: Decision,
        seen: &[Seen],
    ) -> Vec<Step> {
        let mut steps = Steps(Vec::new());
        self.walk_along(telling, decision, seen, &mut steps);
        if let Some(last) = steps.0.last_mut() {
            last.decides = true;
        }
        steps.0
    }

    fn walk_along(
        &self,
        telling: Telling<'_>,
        decision: Decision,
        seen: &[Seen],
        steps: &mut Steps,
    ) {
        if decision.reason == Reason::Error {
            steps.add(step(Decided::Error, error(decision.error)));
            return;
        }
        steps.add(self.kills(telling));
        if decision.reason == Reason::Killed {
            return;
        }
        steps.add(self.overrides(telling));
        if decision.reason == Reason::Override {
            return;
        }
        steps.add(enabled(telling));
        if decision.reason == Reason::Disabled {
            return;
        }
        steps.add_some(self.window(telling));
        if matches!(decision.reason, Reason::NotStarted | Reason::Ended) {
            return;
        }
        let rest = self.prerequisites(telling, decision, seen, steps);
        if decision.reason == Reason::Prerequisite {
            return;
        }
        let rest = self.rules(telling, decision, rest, steps);
        if decision.rule.is_none() {
            steps.add(self.own(telling, decision, rest));
        }
    }

    /// The prerequisites that were asked; what was seen behind them is left.
    fn prerequisites<'s>(
        &self,
        telling: Telling<'_>,
        decision: Decision,
        mut seen: &'s [Seen],
        steps: &mut Steps,
    ) -> &'s [Seen] {
        let is_overlaid = is_overlaid(telling, |deciding| deciding.rare().prerequisites.is_some());
        let needed = telling.effective.prerequisites;
        for prerequisite in needed {
            let asked = seen
                .split_first()
                .filter(|(seen, _)| matches!(seen.what, What::Flag(_)));
            let flag = asked.map(|(flag, rest)| {
                seen = rest;
                flag
            });
            let step = self.prerequisite(telling, prerequisite, flag);
            let holds = step.checks.first().is_some_and(|check| check.holds);
            steps.add(Step {
                is_overlaid,
                ..step
            });
            if decision.reason == Reason::Prerequisite && !holds {
                break;
            }
        }
        seen
    }

    fn prerequisite(
        &self,
        telling: Telling<'_>,
        needed: &Prerequisite,
        seen: Option<&Seen>,
    ) -> Step {
        let wanted = alternatives(needed.variants.iter().map(model::Name::as_str));
        let mut check = Check {
            holds: false,
            entry: format!("{} answers {wanted}", needed.flag),
            found: None,
            place: telling.text.place(needed.span),
            checks: Vec::new(),
            stand: None,
            flag: None,
        };
        self.asked(seen.map_or(&[], core::slice::from_ref), &mut check);
        let answer = check.flag.as_ref().and_then(|flag| flag.variant.as_deref());
        check.holds = answer.is_some_and(|answer| {
            let mut variants = needed.variants.iter();
            variants.any(|variant| variant.as_str() == answer)
        });
        let met = if check.holds { "is met" } else { "isn't met" };
        let says = format!("the prerequisite {} {met}", needed.flag);
        let place = check.place.clone();
        Step {
            place,
            checks: vec![check],
            ..step(Decided::Prerequisite, says)
        }
    }

    /// The rules that were tried; what was seen behind them is left.
    fn rules<'s>(
        &self,
        telling: Telling<'_>,
        decision: Decision,
        mut seen: &'s [Seen],
        steps: &mut Steps,
    ) -> &'s [Seen] {
        let is_overlaid = is_overlaid(telling, |deciding| deciding.rules.is_some());
        for (rule, index) in telling.effective.rules.iter().zip(0..) {
            let Some((first, rest)) = seen.split_first() else {
                break;
            };
            seen = rest;
            let decides = decision.rule.is_some_and(|decided| decided.index == index);
            let holds = if decides { "holds" } else { "doesn't hold" };
            let name = rule.name.as_ref().map(|name| format!(", {name},"));
            let says = format!("the rule {index}{} {holds}", name.unwrap_or_default());
            let share = decides
                .then(|| self.given(telling, rule, decision, rest))
                .flatten();
            steps.add(Step {
                place: telling.text.place(rule.span),
                is_overlaid,
                checks: self.rule(telling, rule, first),
                share,
                ..step(Decided::Rule(index), says)
            });
            if decides {
                break;
            }
        }
        seen
    }

    /// A rule's entries; those of a mapping stand side by side.
    fn rule(&self, telling: Telling<'_>, rule: &Rule, seen: &Seen) -> Vec<Check> {
        let check = self.check(Scope::of_flag(telling), &rule.condition, seen);
        match rule.condition {
            Condition::All(_) => check.checks,
            _ => vec![check],
        }
    }

    fn given(
        &self,
        telling: Telling<'_>,
        rule: &Rule,
        decision: Decision,
        seen: &[Seen],
    ) -> Option<Share> {
        let distribution = telling.effective.distribution_of(rule).ok()?;
        Some(self.share(telling, distribution, rule.span, decision, seen))
    }

    fn own(&self, telling: Telling<'_>, decision: Decision, seen: &[Seen]) -> Step {
        let distribution = telling.effective.distribution().ok().flatten();
        let Some(distribution) = distribution else {
            let baseline = telling.flag.variants.get(telling.effective.baseline);
            let baseline = baseline.map_or("", |variant| variant.name.as_str());
            let (place, is_overlaid) = written(telling, |spans| spans.baseline);
            let says = format!("nothing decides, so it is the baseline, {baseline}");
            return Step {
                place,
                is_overlaid,
                ..step(Decided::Default, says)
            };
        };
        let key: fn(&model::DecidingSpans) -> model::Span = match distribution {
            model::Distribution::Serve(_) => |spans| spans.serve,
            model::Distribution::Share { rollout: None, .. } => |spans| spans.split,
            model::Distribution::Share { .. } => |spans| spans.rollout,
        };
        let (place, is_overlaid) = written(telling, key);
        let span = written_span(telling, key);
        let share = self.share(telling, distribution, span, decision, seen);
        Step {
            place,
            is_overlaid,
            share: Some(share.clone()),
            ..step(Decided::Own, share.says)
        }
    }
}

/// Steps that are being told.
struct Steps(Vec<Step>);

impl Steps {
    fn add(&mut self, step: Step) {
        self.0.push(step);
    }

    fn add_some(&mut self, step: Option<Step>) {
        self.0.extend(step);
    }
}

pub(super) fn step(step: Decided, says: impl Into<String>) -> Step {
    Step {
        step,
        decides: false,
        says: says.into(),
        place: None,
        is_overlaid: false,
        checks: Vec::new(),
        share: None,
    }
}

fn error(error: Option<ErrorCode>) -> &'static str {
    match error {
        Some(ErrorCode::Circle) => {
            "its form, kept from an earlier document, closes a circle with newer ones"
        }
        _ => "the snapshot has no such flag",
    }
}

/// Whether the overlay writes a key.
pub(super) fn is_overlaid(telling: Telling<'_>, writes: impl Fn(&model::Deciding) -> bool) -> bool {
    telling.overlay.is_some_and(writes)
}

/// Where a key stands that holds, and whether that is in the overlay.
pub(super) fn written(
    telling: Telling<'_>,
    span: impl Fn(&model::DecidingSpans) -> model::Span,
) -> (Option<Place>, bool) {
    let is_overlaid = is_overlaid(telling, |overlay| {
        span(&overlay.spans()) != model::Span::default()
    });
    let span = written_span(telling, span);
    (telling.text.place(span), is_overlaid)
}

/// The same as a piece of the document; empty where the key isn't written.
fn written_span(
    telling: Telling<'_>,
    span: impl Fn(&model::DecidingSpans) -> model::Span,
) -> model::Span {
    let overlaid = telling.overlay.map(|overlay| span(&overlay.spans()));
    let overlaid = overlaid.filter(|span| *span != model::Span::default());
    overlaid.unwrap_or_else(|| span(&telling.flag.base.spans()))
}
