//! What only shows when an overlay is laid over its base: checked for the base alone and for each environment.

use std::collections::HashSet;

use super::known::Declared;
use super::read::Reader;
use super::report::Holder;
use crate::definition::{Condition, Deciding, Effective, Flag, Gives, Rule};
use crate::{Code, EnvironmentIndex, Span, Timestamp};

/// Checks every flag as it stands in each environment.
pub(super) fn check(reader: &mut Reader<'_>, declared: &Declared) {
    for (index, flag) in declared.flags() {
        reader.report.enter(Holder::Flag(index));
        // What is missing in the base is reported once, not for each environment again.
        let mut reported = HashSet::new();
        let environments = flag
            .overlays
            .iter()
            .map(|(environment, _)| Some(*environment));
        for environment in core::iter::once(None).chain(environments) {
            check_in(reader, declared, flag, environment, &mut reported);
        }
        let writers = [(None, &flag.base)].into_iter().chain(
            flag.overlays
                .iter()
                .map(|(environment, overlay)| (Some(*environment), overlay)),
        );
        for (environment, deciding) in writers {
            unborrowed_split(reader, flag, environment, deciding);
        }
    }
    reader.report.enter(Holder::Document);
}

fn check_in(
    reader: &mut Reader<'_>,
    declared: &Declared,
    flag: &Flag,
    environment: Option<EnvironmentIndex>,
    reported: &mut HashSet<(Code, Span)>,
) {
    let effective = Effective::new(flag, environment);
    let written = environment
        .and_then(|environment| flag.overlay(environment))
        .unwrap_or(&flag.base);
    let place =
        match environment.and_then(|environment| declared.environments.get(environment.get())) {
            Some(environment) => format!(" in the environment `{}`", environment.name),
            None => String::new(),
        };
    if let (Some(starts_at), Some(ends_at)) = (effective.starts_at, effective.ends_at) {
        let span = written_span(
            written.spans.ends_at,
            written.spans.starts_at,
            flag.base.spans.ends_at,
        );
        if starts_at >= ends_at && reported.insert((Code::ScheduleOrder, span)) {
            window(reader, span, starts_at, ends_at, &place);
        }
    }
    // A split that couldn't be read has been reported, and would have said what the units get.
    let splits = flag
        .decidings()
        .map(|deciding| (deciding.spans.split, &deciding.split));
    if splits
        .into_iter()
        .any(|(span, split)| span != Span::default() && split.is_none())
    {
        return;
    }
    if effective.distribution().is_err() {
        let span = written_span(written.spans.rollout, flag.base.spans.rollout, flag.span);
        if reported.insert((Code::NothingToGive, span)) {
            let message = format!("`rollout` takes units, and nothing says what they get{place}");
            reader.report.error(
                Code::NothingToGive,
                span,
                message,
                "add a `split`, such as `split: { treatment: 1 }`, or write `serve`",
            );
        }
    }
    for rule in effective.rules {
        if effective.distribution_of(rule).is_err()
            && reported.insert((Code::NothingToGive, rule.span))
        {
            let message = format!("this rule takes units, and nothing says what they get{place}");
            reader.report.error(
                Code::NothingToGive,
                rule.span,
                message,
                "add a `split` to the rule or the flag, or write `serve`",
            );
        }
        sampled_twice(reader, declared, flag, &effective, rule, reported);
    }
}

fn written_span(first: Span, second: Span, third: Span) -> Span {
    [first, second]
        .into_iter()
        .find(|span| *span != Span::default())
        .unwrap_or(third)
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
    reader.report.error(
        Code::ScheduleOrder,
        span,
        message,
        "write an `ends_at` that is later than `starts_at`",
    );
}

/// A rule that rolls out to a share of units and whose condition already samples them by the same position.
fn sampled_twice(
    reader: &mut Reader<'_>,
    declared: &Declared,
    flag: &Flag,
    effective: &Effective<'_>,
    rule: &Rule,
    reported: &mut HashSet<(Code, Span)>,
) {
    if !matches!(
        &rule.gives,
        Gives::Share {
            rollout: Some(_),
            ..
        }
    ) {
        return;
    }
    let targeting_key = declared.context.targeting_key;
    let by = effective.by.unwrap_or(targeting_key);
    let mut same = None;
    // What segments sample is not looked at: they have salts of their own.
    rule.condition.each(&mut |condition| {
        let Condition::Sample(sample) = condition else {
            return;
        };
        let is_same = sample.salt.as_deref().unwrap_or(flag.salt()) == flag.salt()
            && sample.by.or(effective.by).unwrap_or(targeting_key) == by;
        if is_same {
            same = same.or(Some(sample.span));
        }
    });
    if let Some(span) = same.filter(|span| reported.insert((Code::SampledTwice, *span))) {
        let message = "this rule's `rollout` and its `sample` pick by the same positions: half of the same half is the same half";
        reader.report.error(
            Code::SampledTwice,
            span,
            message,
            "give the sample a `salt` of its own, or leave one of the two out",
        );
    }
}

/// A split beside `serve` is there for rules to borrow, or for an overlay whose `rollout` drops the `serve`.
fn unborrowed_split(
    reader: &mut Reader<'_>,
    flag: &Flag,
    environment: Option<EnvironmentIndex>,
    deciding: &Deciding,
) {
    let (Some(_), Some(split)) = (deciding.serve, &deciding.split) else {
        return;
    };
    let overlaid = flag
        .overlays
        .iter()
        .map(|(environment, _)| Some(*environment));
    let mut configurations =
        core::iter::once(environment).chain(overlaid.filter(|_| environment.is_none()));
    let is_used = configurations.any(|environment| {
        let effective = Effective::new(flag, environment);
        let holds_here = effective
            .split
            .is_some_and(|effective| core::ptr::eq(effective, split));
        let borrows = |rule: &Rule| matches!(&rule.gives, Gives::Share { split: None, .. });
        holds_here && (effective.serve.is_none() || effective.rules.iter().any(borrows))
    });
    if !is_used {
        let message = "`serve` gives every unit one variant, and no rule borrows this `split`";
        reader.report.error(
            Code::UnborrowedSplit,
            deciding.spans.split,
            message,
            "remove `serve` or `split`",
        );
    }
}
