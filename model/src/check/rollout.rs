//! `rollout`: who is taken.

use super::read::{Fields, Reader};
use super::{operand, percentage};
use crate::definition::{Rollout, Step};
use crate::tree::{Content, Items, Node};
use crate::{Code, Span};

/// Reads a `rollout` in any of its three forms.
pub(super) fn rollout(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Rollout> {
    match node.content() {
        Content::Map(_) => linear(reader, node),
        Content::List(items) => steps(reader, node, items),
        _ => percentage::percent(reader, node, &"`rollout`").map(Rollout::Fixed),
    }
}

/// What a rollout looks like that changes with time.
const SCHEDULES: &str = "a linear one is `{ from: P%, to: P%, start: T, end: T }`, one in steps `[{ at: T, to: P% }, …]`";

fn linear(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Rollout> {
    let keys = ["from", "to", "start", "end"];
    let fields = reader.fields(node, "`rollout`", SCHEDULES, &keys)?;
    missing(reader, &fields, node, &keys);
    let percent = |reader: &mut Reader<'_>, key: &str| {
        let entry = fields.get(key)?;
        percentage::percent(reader, entry.value, &format_args!("`{key}`"))
    };
    let moment = |reader: &mut Reader<'_>, key: &str| {
        let entry = fields.get(key)?;
        operand::moment(reader, entry.value, &format_args!("`{key}`"))
    };
    let (from, to) = (percent(reader, "from"), percent(reader, "to"));
    let (start, end) = (moment(reader, "start"), moment(reader, "end"));
    let (from, to, start, end) = (from?, to?, start?, end?);
    if start >= end {
        let message = format!("the schedule ends at {end}, not later than it starts, at {start}");
        let help = "write an `end` that is later than `start`";
        let span = fields
            .get("end")
            .map_or(node.span, |entry| entry.value.span);
        reader
            .report
            .error(Code::ScheduleOrder, span, message, help);
        return None;
    }
    Some(Rollout::Linear {
        from,
        to,
        start,
        end,
    })
}

/// Reports the keys that a schedule lacks, all of them in one message.
fn missing(reader: &mut Reader<'_>, fields: &Fields<'_>, node: Node<'_>, keys: &[&str]) {
    let missing: Vec<String> = keys
        .iter()
        .filter(|key| fields.lacks(&[*key]))
        .map(|key| format!("`{key}`"))
        .collect();
    if !missing.is_empty() {
        let message = format!("a scheduled rollout has no {}", missing.join(", "));
        reader
            .report
            .error(Code::MissingKey, node.span, message, SCHEDULES);
    }
}

fn steps(reader: &mut Reader<'_>, node: Node<'_>, items: Items<'_>) -> Option<Rollout> {
    if items.is_empty() {
        let help = "write a percentage, or steps: `[{ at: 2026-12-31T18:00:00Z, to: 10% }]`";
        reader
            .report
            .error(Code::Emptiness, node.span, "a schedule without steps", help);
        return None;
    }
    reader.list(node, &"`rollout`", "")?;
    let mut steps: Vec<Step> = Vec::with_capacity(items.len());
    let mut all_right = true;
    for item in items.iter() {
        let Some((step, span)) = step(reader, item) else {
            all_right = false;
            continue;
        };
        if let Some(previous) = steps.last().filter(|previous| previous.at >= step.at) {
            let message = format!(
                "this step, at {}, is not later than the one before it, at {}",
                step.at, previous.at
            );
            reader.report.error(
                Code::ScheduleOrder,
                span,
                message,
                "put the steps in the order of their times",
            );
            all_right = false;
        }
        steps.push(step);
    }
    all_right.then_some(Rollout::Steps(steps))
}

fn step(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Step, Span)> {
    let help = "write `{ at: 2026-12-31T18:00:00Z, to: 5% }` for each step";
    let fields = reader.fields(node, "a step of `rollout`", help, &["at", "to"])?;
    missing(reader, &fields, node, &["at", "to"]);
    let at_entry = fields.get("at");
    let at = at_entry.and_then(|entry| operand::moment(reader, entry.value, &"`at`"));
    let to = fields
        .get("to")
        .and_then(|entry| percentage::percent(reader, entry.value, &"`to`"));
    Some((Step { at: at?, to: to? }, at_entry?.value.span))
}
