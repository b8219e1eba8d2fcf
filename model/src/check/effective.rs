//! What only shows when an overlay is laid over its base: checked for the base alone and for each overlay.
//!
//! What a flag's base writes is walked once, not again for each overlay: there may be very many of both.

use std::collections::HashSet;

use super::known::Known;
use super::read::Reader;
use super::sampled::Sampled;
use crate::definition::{Deciding, Effective, Flag, Gives, Rule};
use crate::{Code, EnvironmentIndex, Span, Timestamp, ValueType};

/// Checks a flag as it stands in each environment.
pub(super) fn check(reader: &mut Reader<'_>, known: &Known<'_>, flag: &Flag) {
    let mut checker = Checker {
        known,
        flag,
        // A split that couldn't be read has been reported, and would have said what the units get.
        is_split_broken: flag.decidings().any(is_split_broken),
        base_borrows: flag.base.rules.iter().flatten().any(borrows),
        sampled: Sampled::new(known.targeting_key(), flag),
        reported: HashSet::new(),
    };
    checker.check(reader, None, None);
    for (environment, overlay) in &flag.overlays {
        checker.check(reader, Some(*environment), Some(overlay));
    }
    checker.unborrowed_splits(reader);
}

fn is_split_broken(deciding: &Deciding) -> bool {
    deciding.rare().split.is_none() && deciding.spans().split != Span::default()
}

/// Whether a rule takes units and leaves it to the flag's split what they get.
fn borrows(rule: &Rule) -> bool {
    matches!(&rule.gives, Gives::Share { split: None, .. })
}

/// One flag, and what holds for all of its overlays.
struct Checker<'d> {
    known: &'d Known<'d>,
    flag: &'d Flag,
    is_split_broken: bool,
    base_borrows: bool,
    sampled: Sampled,
    /// What is missing in the base is reported once, not for each environment again.
    reported: HashSet<(Code, Span)>,
}

impl Checker<'_> {
    fn check(
        &mut self,
        reader: &mut Reader<'_>,
        environment: Option<EnvironmentIndex>,
        overlay: Option<&Deciding>,
    ) {
        let effective = Effective::of(self.flag, overlay);
        let written = overlay.unwrap_or(&self.flag.base);
        self.window(reader, &effective, written, environment);
        if self.is_split_broken {
            return;
        }
        // Only whether something is given is asked for here; what, would cost a look at every arm.
        let has_split = effective.split.is_some() || effective.ty == ValueType::Boolean;
        if !has_split && effective.serve.is_none() && effective.rollout.is_some() {
            let span = first_written([written.spans().rollout, self.flag.base.spans().rollout])
                .unwrap_or(self.flag.span);
            let help = "add a `split`, such as `split: { treatment: 1 }`, or write `serve`";
            self.nothing_to_give(reader, "`rollout`", span, environment, help);
        }
        // An overlay can add a split, but not take one away, so that inherited rules need no second look.
        if overlay.is_none_or(|overlay| overlay.rules.is_some()) {
            let lacking = effective.rules.iter().filter(|rule| borrows(rule));
            for rule in lacking.filter(|_| !has_split) {
                let help = "add a `split` to the rule or the flag, or write `serve`";
                self.nothing_to_give(reader, "this rule", rule.span, environment, help);
            }
            self.sampled.check_rules(reader, self.flag, &effective);
        } else if let Some(by) = overlay.and_then(|overlay| overlay.rare().by) {
            self.sampled.check_inherited(reader, by);
        }
    }

    fn window(
        &mut self,
        reader: &mut Reader<'_>,
        effective: &Effective<'_>,
        written: &Deciding,
        environment: Option<EnvironmentIndex>,
    ) {
        let (Some(starts_at), Some(ends_at)) = (effective.starts_at, effective.ends_at) else {
            return;
        };
        let span = first_written([written.spans().ends_at, written.spans().starts_at])
            .unwrap_or(self.flag.base.spans().ends_at);
        if starts_at >= ends_at && self.reported.insert((Code::ScheduleOrder, span)) {
            let place = self.place(environment);
            window(reader, span, starts_at, ends_at, &place);
        }
    }

    fn nothing_to_give(
        &mut self,
        reader: &mut Reader<'_>,
        what: &str,
        span: Span,
        environment: Option<EnvironmentIndex>,
        help: &str,
    ) {
        if self.reported.insert((Code::NothingToGive, span)) {
            let place = self.place(environment);
            let message = format!("{what} takes units, and nothing says what they get{place}");
            reader
                .report
                .error(Code::NothingToGive, span, message, help);
        }
    }

    /// " in the environment `x`".
    fn place(&self, environment: Option<EnvironmentIndex>) -> String {
        environment
            .and_then(|environment| self.known.environments.get(environment.get()))
            .map_or_else(String::new, |environment| {
                format!(" in the environment `{}`", environment.name)
            })
    }

    /// A split beside `serve` is there for rules to borrow, or for an overlay whose `rollout` drops the `serve`.
    fn unborrowed_splits(&self, reader: &mut Reader<'_>) {
        let base = &self.flag.base;
        let is_borrowed = |overlay: Option<&Deciding>| self.uses_split(overlay);
        let used_somewhere = || {
            let overlays = self.flag.overlays.iter().map(|(_, overlay)| overlay);
            let inheriting = overlays.filter(|overlay| overlay.rare().split.is_none());
            is_borrowed(None) || inheriting.map(Some).any(is_borrowed)
        };
        if base.serve.is_some() && base.rare().split.is_some() && !used_somewhere() {
            unborrowed(reader, base.spans().split);
        }
        for (_, overlay) in &self.flag.overlays {
            let is_unused = || !self.uses_split(Some(overlay));
            if overlay.serve.is_some() && overlay.rare().split.is_some() && is_unused() {
                unborrowed(reader, overlay.spans().split);
            }
        }
    }

    /// Whether the split that holds with an overlay gives something to somebody.
    fn uses_split(&self, overlay: Option<&Deciding>) -> bool {
        let own_rules = overlay.and_then(|overlay| overlay.rules.as_deref());
        let is_borrowed = own_rules.map_or(self.base_borrows, |rules| rules.iter().any(borrows));
        is_borrowed || Effective::of(self.flag, overlay).serve.is_none()
    }
}

fn first_written(spans: [Span; 2]) -> Option<Span> {
    spans.into_iter().find(|span| *span != Span::default())
}

fn window(
    reader: &mut Reader<'_>,
    span: Span,
    starts_at: Timestamp,
    ends_at: Timestamp,
    place: &str,
) {
    let message =
        format!("the flag ends at {ends_at}, not later than it starts, at {starts_at}{place}");
    let help = "write an `ends_at` that is later than `starts_at`";
    reader
        .report
        .error(Code::ScheduleOrder, span, message, help);
}

fn unborrowed(reader: &mut Reader<'_>, span: Span) {
    let message = "`serve` gives every unit one variant, and no rule borrows this `split`";
    let help = "remove `serve` or `split`";
    reader
        .report
        .error(Code::UnborrowedSplit, span, message, help);
}
