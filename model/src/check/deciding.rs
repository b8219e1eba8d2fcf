//! The deciding keys of a flag's base or of one overlay.

use super::known::{Choices, Known};
use super::read::{Entry, Fields, Reader};
use super::{operand, reference, rollout, rule, split, unit};
use crate::definition::{Deciding, DecidingSpans, Prerequisite};
use crate::{Code, Span};

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

/// Reads the deciding keys; `choices` is nothing where they are wrong themselves.
pub(super) fn check(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    fields: &Fields<'_>,
    choices: Option<&Choices>,
) -> Deciding {
    let variant = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| reference::variant(reader, choices, entry.value))
    };
    let boolean = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| reader.boolean(entry.value, &format_args!("`{key}`")))
    };
    let moment = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|entry| operand::moment(reader, entry.value, &format_args!("`{key}`")))
    };
    let deciding = Deciding {
        baseline: variant(reader, "baseline"),
        killed: boolean(reader, "killed"),
        overrides: fields
            .get("overrides")
            .map(|entry| unit::overrides(reader, entry, choices)),
        enabled: boolean(reader, "enabled"),
        starts_at: moment(reader, "starts_at"),
        ends_at: moment(reader, "ends_at"),
        prerequisites: fields
            .get("prerequisites")
            .map(|entry| prerequisites(reader, known, entry)),
        rules: fields
            .get("rules")
            .map(|entry| rule::rules(reader, known, entry, choices)),
        serve: variant(reader, "serve"),
        rollout: fields
            .get("rollout")
            .and_then(|entry| rollout::rollout(reader, entry.value)),
        split: fields
            .get("split")
            .and_then(|entry| split::split(reader, choices, entry.value)),
        by: fields
            .get("by")
            .and_then(|entry| reference::bucket_attribute(reader, known, entry.value)),
        spans: spans(fields),
    };
    serve_beside(reader, fields, &["rollout"]);
    deciding
}

fn spans(fields: &Fields<'_>) -> DecidingSpans {
    let of = |key| {
        fields
            .get(key)
            .map_or_else(Span::default, |entry| entry.whole())
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

/// Reports keys that `serve` excludes.
pub(super) fn serve_beside(reader: &mut Reader<'_>, fields: &Fields<'_>, excluded: &[&str]) {
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

fn prerequisites(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    entry: Entry<'_>,
) -> Vec<Prerequisite> {
    let help = "name flags with the variants that they must answer: `{ new_dashboard: on }`";
    let entries = reader
        .entries(entry.value, "`prerequisites`", help)
        .unwrap_or_default();
    let read = entries.iter().filter_map(|entry| {
        let (flag, variants) = reference::flag_answer(reader, known, entry)?;
        Some(Prerequisite {
            flag,
            variants,
            span: entry.whole(),
        })
    });
    let mut prerequisites = Vec::with_capacity(entries.len());
    prerequisites.extend(read);
    prerequisites
}
