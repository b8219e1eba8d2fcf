//! The deciding keys of a flag's base or of one overlay.

use std::collections::HashMap;

use super::known::Known;
use super::read::{Entry, Fields, Reader};
use super::{distribution, operand, reference, rule};
use crate::definition::{Deciding, DecidingSpans, Override, Prerequisite, Variants};
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, Span, Timestamp};

/// The keys that decide, in a base and in an overlay alike.
pub(super) const KEYS: [&str; 12] = [
    "baseline",
    "killed",
    "overrides",
    "enabled",
    "starts_at",
    "ends_at",
    "prerequisites",
    "rules",
    "serve",
    "rollout",
    "split",
    "by",
];

/// Reads the deciding keys; `variants` is nothing where they are wrong themselves.
pub(super) fn check(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    fields: &Fields<'_, '_>,
    variants: Option<&Variants>,
) -> Deciding {
    let variant = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| reference::variant(reader, variants, entry.value))
    };
    let boolean = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| reader.boolean(entry.value, &format!("`{key}`")))
    };
    let moment = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| operand::moment(reader, entry.value, &format!("`{key}`")))
    };
    let deciding = Deciding {
        baseline: variant(reader, "baseline"),
        killed: boolean(reader, "killed"),
        overrides: fields
            .get("overrides")
            .map(|entry| overrides(reader, entry, variants)),
        enabled: boolean(reader, "enabled"),
        starts_at: moment(reader, "starts_at"),
        ends_at: moment(reader, "ends_at"),
        prerequisites: fields
            .get("prerequisites")
            .map(|entry| prerequisites(reader, known, entry)),
        rules: fields
            .get("rules")
            .map(|entry| rule::rules(reader, known, entry, variants)),
        serve: variant(reader, "serve"),
        rollout: fields
            .get("rollout")
            .and_then(|entry| distribution::rollout(reader, entry.value)),
        split: fields
            .get("split")
            .and_then(|entry| distribution::split(reader, variants, entry.value)),
        by: fields
            .get("by")
            .and_then(|entry| reference::bucket_attribute(reader, known, entry.value)),
        spans: spans(fields),
    };
    serve_beside(reader, fields, &["rollout"]);
    deciding
}

fn spans(fields: &Fields<'_, '_>) -> DecidingSpans {
    let of = |key| {
        fields
            .get(key)
            .map_or_else(Span::default, |entry| whole(&entry))
    };
    DecidingSpans {
        baseline: of("baseline"),
        killed: of("killed"),
        enabled: of("enabled"),
        starts_at: of("starts_at"),
        ends_at: of("ends_at"),
        serve: of("serve"),
        rollout: of("rollout"),
        split: of("split"),
    }
}

/// Key and value.
fn whole(entry: &Entry<'_, '_>) -> Span {
    Span {
        start: entry.span.start,
        end: entry.value.span.end.max(entry.span.end),
    }
}

/// Reports keys that `serve` excludes.
pub(super) fn serve_beside(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, excluded: &[&str]) {
    if fields.get("serve").is_none() {
        return;
    }
    for entry in excluded.iter().filter_map(|key| fields.get(key)) {
        let message = format!(
            "`serve` gives every unit one variant, so `{}` beside it can't have an effect",
            entry.key
        );
        reader.report.error(
            Code::ServeAndRollout,
            entry.span,
            message,
            format!("remove `serve` or `{}`", entry.key),
        );
    }
}

fn overrides(
    reader: &mut Reader<'_>,
    entry: Entry<'_, '_>,
    variants: Option<&Variants>,
) -> Vec<Override> {
    let mut overrides: Vec<Override> = Vec::new();
    let mut places: HashMap<&str, Span> = HashMap::new();
    for entry in reader
        .entries(entry.value, "`overrides`")
        .unwrap_or_default()
    {
        let variant = variants
            .and_then(|variants| reference::named_variant(reader, variants, entry.key, entry.span));
        let Some(nodes) = reader.list(entry.value, &format!("the units of `{}`", entry.key)) else {
            continue;
        };
        for node in nodes {
            let Some((unit, until, reason)) = overridden(reader, node) else {
                continue;
            };
            if let Some(first) = places.get(unit) {
                let line = reader.source.position(first.start).line;
                let message =
                    format!("the unit `{unit}` is overridden twice; the first is on line {line}");
                reader.report.error(
                    Code::DuplicateUnit,
                    node.span,
                    message,
                    "keep one of the two",
                );
                continue;
            }
            places.insert(unit, node.span);
            if let Some(variant) = variant {
                overrides.push(Override {
                    unit: unit.into(),
                    variant,
                    until,
                    reason,
                    span: node.span,
                });
            }
        }
    }
    overrides
}

type Overridden<'t> = (&'t str, Option<Timestamp>, Option<Box<str>>);

fn overridden<'t>(reader: &mut Reader<'_>, node: &'t Node<'_>) -> Option<Overridden<'t>> {
    if !matches!(node.content, Content::Map(_)) {
        return unit(reader, node).map(|unit| (unit, None, None));
    }
    let fields = reader.fields(node, "an override", &["unit", "until", "reason"])?;
    let until = fields
        .get("until")
        .and_then(|entry| operand::moment(reader, entry.value, "`until`"));
    let reason = fields.get("reason").and_then(|entry| reader.words(entry));
    let Some(entry) = fields.get("unit") else {
        if !fields.is_written("unit") {
            let help = "write `{ unit: u-17, until: …, reason: … }`";
            reader.report.error(
                Code::MissingKey,
                node.span,
                "an override has no `unit`",
                help,
            );
        }
        return None;
    };
    unit(reader, entry.value).map(|unit| (unit, until, reason))
}

/// The text of a targeting key. Whole numbers in their plain form stand for their text.
pub(super) fn unit<'t>(reader: &mut Reader<'_>, node: &'t Node<'_>) -> Option<&'t str> {
    match &node.content {
        Content::Scalar(Scalar {
            kind: ScalarKind::Integer,
            text,
        }) => {
            if is_plain_integer(text) {
                return Some(text);
            }
            let message =
                format!("the unit {text} is a number that could be written in several ways");
            reader.report.error(
                Code::InvalidUnit,
                node.span,
                message,
                format!("write it in quotes: \"{text}\""),
            );
            None
        }
        Content::Scalar(Scalar {
            kind: ScalarKind::Text,
            text,
        }) if text.is_empty() => {
            reader.report.error(
                Code::InvalidUnit,
                node.span,
                "a unit can't be empty text",
                "write the targeting key of a unit",
            );
            None
        }
        _ => reader.text(node, "a unit"),
    }
}

/// `0` or `-?[1-9][0-9]*`.
fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    text == "0"
        || (!digits.starts_with('0')
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn prerequisites(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    entry: Entry<'_, '_>,
) -> Vec<Prerequisite> {
    let entries = reader
        .entries(entry.value, "`prerequisites`")
        .unwrap_or_default();
    let read = entries.into_iter().filter_map(|entry| {
        let (flag, variants) = reference::flag_answer(reader, known, entry)?;
        Some(Prerequisite {
            flag,
            variants,
            span: whole(&entry),
        })
    });
    read.collect()
}
