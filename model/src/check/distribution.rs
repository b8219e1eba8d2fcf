//! `rollout` and `split`: who is taken, and what the taken get.

use super::known::Choices;
use super::operand;
use super::read::{Entry, Fields, Reader};
use super::reference;
use crate::definition::{Arm, Rollout, Split, Step, VariantIndex};
use crate::quoted::Quoted;
use crate::tree::{Content, Node, ScalarKind};
use crate::{Code, Span};

/// Reads a `rollout` in any of its three forms.
pub(super) fn rollout(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Rollout> {
    match &node.content {
        Content::Map(_) => linear(reader, node),
        Content::List(items) => steps(reader, node, items),
        _ => operand::percent(reader, node, "`rollout`").map(Rollout::Fixed),
    }
}

/// What a rollout looks like that changes with time.
const SCHEDULES: &str = "a linear one is `{ from: P%, to: P%, start: T, end: T }`, one in steps `[{ at: T, to: P% }, …]`";

fn linear(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Rollout> {
    let keys = ["from", "to", "start", "end"];
    let fields = reader.fields(node, "`rollout`", SCHEDULES, &keys)?;
    missing(reader, &fields, node, &keys);
    let percent = |reader: &mut Reader<'_>, key: &str| {
        let entry = fields.get(key)?;
        operand::percent(reader, entry.value, &format!("`{key}`"))
    };
    let moment = |reader: &mut Reader<'_>, key: &str| {
        let entry = fields.get(key)?;
        operand::moment(reader, entry.value, &format!("`{key}`"))
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
fn missing(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, node: &Node<'_>, keys: &[&str]) {
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

fn steps(reader: &mut Reader<'_>, node: &Node<'_>, items: &[Node<'_>]) -> Option<Rollout> {
    if items.is_empty() {
        let help = "write a percentage, or steps: `[{ at: 2026-12-31T18:00:00Z, to: 10% }]`";
        reader
            .report
            .error(Code::Emptiness, node.span, "a schedule without steps", help);
        return None;
    }
    reader.list(node, "`rollout`", "")?;
    let mut steps: Vec<Step> = Vec::with_capacity(items.len());
    let mut all_right = true;
    for item in items {
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

fn step(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(Step, Span)> {
    let help = "write `{ at: 2026-12-31T18:00:00Z, to: 5% }` for each step";
    let fields = reader.fields(node, "a step of `rollout`", help, &["at", "to"])?;
    missing(reader, &fields, node, &["at", "to"]);
    let at_entry = fields.get("at");
    let at = at_entry.and_then(|entry| operand::moment(reader, entry.value, "`at`"));
    let to = fields
        .get("to")
        .and_then(|entry| operand::percent(reader, entry.value, "`to`"));
    Some((Step { at: at?, to: to? }, at_entry?.value.span))
}

/// Reads a `split`: a mapping, whose arms are in byte order of their names, or a list of one-entry mappings.
pub(super) fn split(
    reader: &mut Reader<'_>,
    choices: Option<&Choices>,
    node: &Node<'_>,
) -> Option<Split> {
    let help = "name the variants with their weights: `{ control: 50, treatment: 50 }`";
    let entries = match &node.content {
        Content::List(items) => {
            reader.list(node, "`split`", help)?;
            let entries: Vec<_> = items
                .iter()
                .map(|item| single_entry(reader, item))
                .collect();
            entries.into_iter().collect::<Option<Vec<_>>>()?
        }
        _ => reader.entries(node, "`split`", help)?,
    };
    if entries.is_empty() {
        reader
            .report
            .error(Code::Emptiness, node.span, "a split without arms", help);
        return None;
    }
    let is_mapping = matches!(node.content, Content::Map(_));
    let arms = arms(reader, choices?, &entries, is_mapping)?;
    checked_total(reader, node, &arms)?;
    Some(Split { arms })
}

fn single_entry<'t, 's>(reader: &mut Reader<'_>, node: &'t Node<'s>) -> Option<Entry<'t, 's>> {
    let help = "write one variant with its weight for each element: `- treatment: 10`";
    let entries = reader.entries(node, "an arm of `split`", help)?;
    if let [entry] = entries.as_slice() {
        return Some(*entry);
    }
    reader.report.error(
        Code::WrongType,
        node.span,
        "an arm of `split` is a mapping with one entry",
        help,
    );
    None
}

fn arms(
    reader: &mut Reader<'_>,
    choices: &Choices,
    entries: &[Entry<'_, '_>],
    is_mapping: bool,
) -> Option<Vec<Arm>> {
    let read: Vec<_> = entries
        .iter()
        .map(|entry| {
            let variant = reference::named_variant(reader, choices, entry.key, entry.span);
            let weight = weight(reader, *entry);
            Some((
                Arm {
                    variant: variant?,
                    weight: weight?,
                },
                entry.span,
            ))
        })
        .collect();
    let mut arms = read.into_iter().collect::<Option<Vec<_>>>()?;
    if is_mapping {
        let name = |variant: VariantIndex| {
            choices
                .variants
                .get(variant)
                .map(|variant| variant.name.as_str())
        };
        arms.sort_by(|(a, _), (b, _)| name(a.variant).cmp(&name(b.variant)));
        // `on` and `true` are different keys of one variant.
        let twice = arms.windows(2).find_map(|pair| match pair {
            [(a, _), (b, span)] if a.variant == b.variant => Some(*span),
            _ => None,
        });
        if let Some(span) = twice {
            reader.report.error(
                Code::DuplicateKey,
                span,
                "this variant stands twice in `split`",
                "keep one of the two",
            );
            return None;
        }
    }
    Some(arms.into_iter().map(|(arm, _)| arm).collect())
}

fn weight(reader: &mut Reader<'_>, entry: Entry<'_, '_>) -> Option<u64> {
    if !reader.has_value(entry, "50") {
        return None;
    }
    let what = format!("the weight of {}", Quoted(entry.key));
    match &entry.value.content {
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer => {
            let weight = scalar
                .integer()
                .and_then(|weight| u64::try_from(weight).ok());
            if weight.is_none() {
                let message = format!("{what} is negative or too large");
                let help = "write a whole number from 0 on";
                reader
                    .report
                    .error(Code::InvalidNumber, entry.value.span, message, help);
            }
            weight
        }
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Float => {
            let message = format!(
                "{what} is a whole number, and {} has decimals",
                Quoted(&scalar.text)
            );
            let help = "weights are shares of their sum: write 3 and 1 for 1.5 and 0.5";
            reader
                .report
                .error(Code::WrongType, entry.value.span, message, help);
            None
        }
        content => {
            let help = match content {
                Content::Scalar(scalar) => weight_without_sign(&scalar.text),
                _ => None,
            };
            let help = help.unwrap_or_else(|| {
                "weights are shares of their sum: 1 and 1, or 50 and 50, halve".to_owned()
            });
            reader.wrong_type(entry.value, &format!("{what} is a whole number"), &help);
            None
        }
    }
}

/// The remedy for a weight that is written as a percentage, or in quotes.
fn weight_without_sign(text: &str) -> Option<String> {
    let number: u64 = text.strip_suffix('%').unwrap_or(text).trim().parse().ok()?;
    Some(if text.ends_with('%') {
        format!("weights are shares of their sum and have no percent sign: write `{number}`")
    } else {
        format!("write `{number}`, without quotes")
    })
}

fn checked_total(reader: &mut Reader<'_>, node: &Node<'_>, arms: &[Arm]) -> Option<()> {
    match arms
        .iter()
        .try_fold(0_u64, |sum, arm| sum.checked_add(arm.weight))
    {
        Some(0) => {
            let help = "give at least one variant a weight above 0";
            reader.report.error(
                Code::ZeroWeights,
                node.span,
                "the weights sum to zero, so that nobody would get anything",
                help,
            );
            None
        }
        Some(_) => Some(()),
        None => {
            let help = "weights are shares of their sum: divide them all by the same number";
            reader.report.error(
                Code::WeightsTooLarge,
                node.span,
                "the weights sum to more than 64 bits hold",
                help,
            );
            None
        }
    }
}
