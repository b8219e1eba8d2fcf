//! The deciding keys of a flag's base or of one overlay.

use super::known::{Choices, Known};
use super::read::{Entry, Fields, Reader, marks};
use super::{operand, reference, rollout, rule, split, unit};
use crate::definition::{Deciding, DecidingSpans, Prerequisite, Rare};
use crate::{Code, Span};

/// The keys that decide, in a base and in an overlay alike.
pub(super) const KEYS: [&str; 12] = [
    "rules",
    "serve",
    "rollout",
    "split",
    "by",
    "baseline",
    "enabled",
    "killed",
    "overrides",
    "starts_at",
    "ends_at",
    "prerequisites",
];

/// Those that few flags write.
const RARE: [&str; 9] = [
    "baseline",
    "killed",
    "overrides",
    "enabled",
    "starts_at",
    "ends_at",
    "prerequisites",
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
    let (rules, serve, rollout) = (
        fields.get("rules"),
        fields.get("serve"),
        fields.get("rollout"),
    );
    let deciding = Deciding {
        rules: rules.map(|entry| rule::rules(reader, known, entry, choices)),
        serve: serve.and_then(|entry| reference::variant(reader, choices, entry.value)),
        rollout: rollout.and_then(|entry| rollout::rollout(reader, entry.value)),
        serve_span: whole(serve),
        rollout_span: whole(rollout),
        rare: fields
            .may_have(const { marks(&RARE) })
            .then(|| Box::new(rare(reader, known, fields, choices))),
    };
    serve_beside(reader, fields, &["rollout"]);
    deciding
}

fn rare(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    fields: &Fields<'_>,
    choices: Option<&Choices>,
) -> Rare {
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
    Rare {
        baseline: fields
            .get("baseline")
            .and_then(|entry| reference::variant(reader, choices, entry.value)),
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
        split: fields
            .get("split")
            .and_then(|entry| split::split(reader, choices, entry.value)),
        by: fields
            .get("by")
            .and_then(|entry| reference::bucket_attribute(reader, known, entry.value)),
        spans: rare_spans(fields),
    }
}

fn rare_spans(fields: &Fields<'_>) -> DecidingSpans {
    let of = |key| whole(fields.get(key));
    DecidingSpans {
        baseline: of("baseline"),
        killed: of("killed"),
        enabled: of("enabled"),
        starts_at: of("starts_at"),
        ends_at: of("ends_at"),
        split: of("split"),
        ..DecidingSpans::default()
    }
}

/// Where a key and its value stand; nowhere for one that isn't written.
fn whole(entry: Option<Entry<'_>>) -> Span {
    entry.map_or_else(Span::default, |entry| entry.whole())
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

#[cfg(test)]
mod tests {
    use super::super::about;
    use super::*;

    #[test]
    fn what_most_flags_write_never_looks_like_what_few_do() {
        for key in ["rules", "serve", "rollout"] {
            assert_eq!(marks(&[key]) & marks(&RARE), 0, "{key}");
            assert_eq!(marks(&[key]) & marks(&about::KEYS), 0, "{key}");
        }
    }
}
