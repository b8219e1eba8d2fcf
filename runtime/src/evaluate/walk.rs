//! The evaluation order of one flag, and of those on which it depends.

use super::{Now, Observer};
use crate::bucket::{Position, Purpose, Threshold};
use crate::compile::{Distribution, Form, Outcome, Share};
use crate::context::Slots;
use crate::decision::{Decision, ErrorCode, Reason, RuleIndex};
use crate::snapshot::{Entry, Shortcut, Snapshot, State};

/// One evaluation: what it reads, and who looks on.
pub(crate) struct Walk<'a, C, N, O> {
    snapshot: &'a Snapshot,
    pub(super) context: &'a C,
    pub(super) now: &'a N,
    pub(super) observer: O,
}

impl<'a, C: Slots, N: Now, O: Observer> Walk<'a, C, N, O> {
    pub(crate) fn new(snapshot: &'a Snapshot, context: &'a C, now: &'a N, observer: O) -> Self {
        Self {
            snapshot,
            context,
            now,
            observer,
        }
    }

    /// The answer of a flag that is in the snapshot.
    pub(crate) fn decide(&mut self, index: u32, entry: &Entry) -> Decision {
        let decision = match self.observer.stand_in(index) {
            Some(decision) => decision,
            None => self.decide_entry(entry),
        };
        self.observer.decided(index, decision);
        decision
    }

    /// The steps of the evaluation order, each of which may decide.
    fn decide_entry(&mut self, entry: &Entry) -> Decision {
        let form = &*entry.form;
        match entry.state {
            State::InForce => {}
            State::Gone => return Decision::error(form.baseline, ErrorCode::FlagNotFound),
            State::Circle => return Decision::error(form.baseline, ErrorCode::Circle),
        }
        if self.snapshot.kills(entry) {
            return Decision::new(form.baseline, Reason::Killed);
        }
        if let Some(variant) = self.overridden(form) {
            return Decision::new(variant, Reason::Override);
        }
        if !form.enabled {
            return Decision::new(form.baseline, Reason::Disabled);
        }
        if let Some(reason) = self.outside_window(form) {
            return Decision::new(form.baseline, reason);
        }
        for prerequisite in form.prerequisites() {
            if !self.is_answered(entry, *prerequisite) {
                return Decision::new(form.baseline, Reason::Prerequisite);
            }
        }
        for (rule, index) in form.rules.iter().zip(0..) {
            if self.rule_holds(entry, &rule.condition) {
                return self.rule(form, &rule.distribution, index);
            }
        }
        match &form.own {
            Some(own) => self.own(form, own),
            None => Decision::new(form.baseline, Reason::Default),
        }
    }

    /// The ordinal of the answer of a flag on which nothing decides before its rules; the same as [`decide`](Self::decide)
    /// gives, without the reasons.
    #[inline]
    pub(crate) fn ordinal_by_rules(&mut self, entry: &Entry) -> u32 {
        let form = &*entry.form;
        for rule in &form.rules {
            if self.rule_holds(entry, &rule.condition) {
                return self.given(form, &rule.distribution);
            }
        }
        match &form.own {
            Some(own) => self.given(form, own),
            None => form.baseline,
        }
    }

    #[inline]
    fn given(&mut self, form: &Form, distribution: &Distribution) -> u32 {
        match distribution {
            Distribution::Serve(variant) => *variant,
            Distribution::Share(share) => match self.outcome(share) {
                Outcome::Gives(variant) => variant,
                Outcome::LeftOut { .. } => form.baseline,
            },
        }
    }

    #[inline]
    fn overridden(&self, form: &Form) -> Option<u32> {
        let overrides = form.overrides()?;
        let unit = self.context.slot(form.unit as usize).unit();
        let given = unit.with_text(|text| overrides.get(text).copied())??;
        given.holds(|| self.now.now()).then_some(given.variant)
    }

    #[inline]
    fn outside_window(&self, form: &Form) -> Option<Reason> {
        let (starts_at, ends_at) = (form.starts_at(), form.ends_at());
        if starts_at.is_none() && ends_at.is_none() {
            return None;
        }
        let now = self.now.now();
        if starts_at.is_some_and(|starts_at| now < starts_at) {
            return Some(Reason::NotStarted);
        }
        ends_at
            .is_some_and(|ends_at| now >= ends_at)
            .then_some(Reason::Ended)
    }

    /// What a rule gives whose condition holds. It decides even for whom it leaves out.
    #[inline]
    fn rule(&mut self, form: &Form, distribution: &Distribution, index: u32) -> Decision {
        let (variant, reason, error) = match distribution {
            Distribution::Serve(variant) => (*variant, Reason::Rule, None),
            Distribution::Share(share) => match self.outcome(share) {
                Outcome::Gives(variant) => (variant, Reason::Rule, None),
                Outcome::LeftOut { unit_missing } => {
                    let error = unit_missing.then_some(ErrorCode::UnitMissing);
                    (form.baseline, Reason::LeftOut, error)
                }
            },
        };
        Decision {
            variant,
            reason,
            rule: Some(RuleIndex {
                index,
                shares: distribution.shares(),
            }),
            error,
        }
    }

    /// What the flag's own distribution gives.
    #[inline]
    fn own(&mut self, form: &Form, own: &Distribution) -> Decision {
        let share = match own {
            Distribution::Serve(variant) => return Decision::new(*variant, Reason::Static),
            Distribution::Share(share) => share,
        };
        let (variant, reason, error) = match self.outcome(share) {
            Outcome::Gives(variant) => (variant, Reason::Split, None),
            Outcome::LeftOut { unit_missing } => {
                let error = unit_missing.then_some(ErrorCode::UnitMissing);
                (form.baseline, Reason::LeftOut, error)
            }
        };
        let reason = if own.is_static() {
            Reason::Static
        } else {
            reason
        };
        Decision {
            variant,
            reason,
            rule: None,
            error,
        }
    }

    #[inline]
    fn outcome(&mut self, share: &Share) -> Outcome {
        let observer = &mut self.observer;
        let seen = |purpose: Purpose, position: Position, threshold: Threshold| {
            observer.bucketed(purpose, position, threshold);
        };
        share.outcome(self.context, self.now, seen)
    }

    /// Whether another flag answers one of the variants that a reference accepts. One that isn't there answers none.
    pub(super) fn is_answered(&mut self, entry: &Entry, reference: u32) -> bool {
        let snapshot = self.snapshot;
        let Some(link) = snapshot.link(entry, reference) else {
            return false;
        };
        if !O::LOOKS {
            match snapshot.shortcut(link.flag) {
                Some(Shortcut::Constant(decision)) => return link.accepts(decision.variant),
                Some(Shortcut::Percentage(percentage)) => {
                    return link.accepts(percentage.ordinal(self.context));
                }
                Some(Shortcut::Rules | Shortcut::Walk) | None => {}
            }
        }
        let Some(other) = snapshot.entry(link.flag) else {
            return false;
        };
        let decision = self.decide(link.flag, other);
        link.accepts(decision.variant)
    }
}
