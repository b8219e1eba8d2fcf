//! The sections `environments`, `retired` and `segments`.

use super::known::Known;
use super::read::{Entry, Fields, Reader};
use super::report::Holder;
use super::{condition, unit};
use crate::definition::{Environment, Retired, Segment, Texts};
use crate::tree::Content;
use crate::{Code, Date, EnvironmentIndex, Name, SegmentIndex};

/// Reads the environments that flags may speak of.
pub(super) fn environments<'t>(reader: &mut Reader<'_>, top: &Fields<'t>, known: &mut Known<'t>) {
    reader.report.enter(Holder::Document);
    let Some(entry) = top.get("environments") else {
        return;
    };
    for entry in reader
        .entries(
            entry.value,
            "`environments`",
            "name them: `{ production: {} }`",
        )
        .unwrap_or_default()
        .iter()
    {
        let Some(name) = reader.unreserved_name(entry.key, entry.span, "an environment") else {
            continue;
        };
        let environment = environment(reader, name.clone(), entry);
        known
            .environment_by_name
            .insert(name, EnvironmentIndex::new(known.environments.len()));
        known.environments.push(environment);
    }
}

fn environment(reader: &mut Reader<'_>, name: Name, entry: Entry<'_>) -> Environment {
    let what = format!("the environment `{name}`");
    let help = format!("write `{name}: {{}}`");
    let keys = ["description", "killed"];
    let fields = if reader.has_value(entry, "{}") {
        reader.fields(entry.value, &what, &help, &keys)
    } else {
        None
    };
    let get = |key| fields.as_ref().and_then(|fields| fields.get(key));
    let description = get("description").and_then(|entry| reader.words(entry));
    let killed = get("killed").and_then(|entry| reader.boolean(entry.value, &"`killed`"));
    Environment {
        name,
        description,
        killed: killed.unwrap_or(false),
        span: entry.span,
    }
}

/// Reads the keys that are gone. A mistake here holds no flag back: evaluation never reads them.
pub(super) fn retired<'t>(reader: &mut Reader<'_>, top: &Fields<'t>, known: &mut Known<'t>) {
    let Some(entry) = top.get("retired") else {
        return;
    };
    reader.report.enter(Holder::Nothing);
    let help = "name the keys that are gone: `{ old_search: { date: 2026-03-01 } }`";
    let entries = reader.entries(entry.value, "`retired`", help);
    for entry in entries.unwrap_or_default().iter() {
        let Some(retired) = retired_key(reader, entry) else {
            continue;
        };
        known.retired_order.push(retired.key.clone());
        known.retired.insert(retired.key.clone(), retired);
    }
    reader.report.enter(Holder::Document);
}

fn retired_key(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Retired> {
    let key = reader.name(entry.key, entry.span, "a flag")?;
    let what = format!("the retired flag `{key}`");
    if !reader.has_value(entry, "{ date: 2026-03-01 }") {
        return None;
    }
    let date = match entry.value.content() {
        Content::Scalar(scalar) if scalar.text.parse::<Date>().is_ok() => scalar.text,
        _ => "2026-03-01",
    };
    let help = format!("write `{key}: {{ date: {date} }}`");
    let fields = reader.fields(entry.value, &what, &help, &["date", "note"])?;
    let note = fields.get("note").and_then(|entry| reader.words(entry));
    let Some(date) = fields.get("date") else {
        if fields.lacks(&["date"]) {
            let help = "write the day on which it went: `date: 2026-03-01`";
            reader.report.error(
                Code::MissingKey,
                entry.span,
                format!("{what} has no `date`"),
                help,
            );
        }
        return None;
    };
    let date = super::operand::date(reader, date.value, &"`date`")?;
    Some(Retired {
        key,
        date,
        note,
        span: entry.span,
    })
}

/// Reads the reusable audiences. A wrong one stays in the list, empty, so that indices hold; what uses it is held back.
pub(super) fn segments<'t>(
    reader: &mut Reader<'_>,
    top: &Fields<'t>,
    known: &mut Known<'t>,
) -> Vec<Segment> {
    reader.report.enter(Holder::Document);
    let Some(entry) = top.get("segments") else {
        return Vec::new();
    };
    let mut declared: Vec<(Name, Entry<'_>)> = Vec::new();
    for entry in reader
        .entries(
            entry.value,
            "`segments`",
            "name them: `{ staff: { if: { … } } }`",
        )
        .unwrap_or_default()
        .iter()
    {
        let Some(name) = reader.unreserved_name(entry.key, entry.span, "a segment") else {
            continue;
        };
        known
            .segment_by_name
            .insert(name.clone(), SegmentIndex::new(declared.len()));
        known.segment_names.push(name.clone());
        declared.push((name, entry));
    }
    let segments = declared
        .into_iter()
        .enumerate()
        .map(|(index, (name, entry))| {
            reader.report.enter(Holder::Segment(index));
            segment(reader, known, name, entry)
        });
    let segments = segments.collect();
    reader.report.enter(Holder::Document);
    segments
}

fn segment(reader: &mut Reader<'_>, known: &Known<'_>, name: Name, entry: Entry<'_>) -> Segment {
    let mut segment = Segment {
        name,
        description: None,
        members: Texts::default(),
        condition: None,
        span: entry.span,
    };
    let what = format!("the segment `{}`", segment.name);
    let help = format!(
        "write `{}: {{ members: [u-17] }}`, or `{{ if: {{ … }} }}`",
        segment.name
    );
    if !reader.has_value(entry, "{ members: [u-17] }") {
        return segment;
    }
    let keys = ["description", "members", "if"];
    let Some(fields) = reader.fields(entry.value, &what, &help, &keys) else {
        return segment;
    };
    segment.description = fields
        .get("description")
        .and_then(|entry| reader.words(entry));
    if let Some(entry) = fields.get("members") {
        segment.members = members(reader, entry);
    }
    if let Some(entry) = fields.get("if") {
        segment.condition = condition::check(reader, known, entry.value);
    }
    if fields.lacks(&["members", "if"]) {
        let message = format!("{what} has neither `members` nor `if`, so that nobody is in it");
        reader.report.error(
            Code::Emptiness,
            entry.span,
            message,
            "write `members: [u-17]` or `if: { … }`",
        );
    }
    segment
}

fn members(reader: &mut Reader<'_>, entry: Entry<'_>) -> Texts {
    let help = "write the targeting keys of units: `[u-17, u-18]`";
    let Some(nodes) = reader.list(entry.value, &"`members`", help) else {
        return Texts::default();
    };
    if nodes.is_empty() {
        reader.empty(entry.value.span, "an empty list of members", help);
    }
    nodes
        .iter()
        .filter_map(|node| unit::member(reader, node))
        .collect()
}
