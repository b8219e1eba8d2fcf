//! Units: targeting keys as overrides and segments list them.

use std::collections::HashMap;

use super::known::Choices;
use super::read::{Entry, Reader};
use super::{operand, reference};
use crate::definition::Override;
use crate::quoted::{Excerpt, Quoted};
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, Span, Timestamp, VariantIndex};

/// Reads `overrides`: variants, each with the units that get it whatever the rules say.
pub(super) fn overrides(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    choices: Option<&Choices>,
) -> Vec<Override> {
    let mut overrides: Vec<Override> = Vec::new();
    let mut places: HashMap<&str, Span> = HashMap::new();
    let help = "name variants with the units that get them: `{ on: [u-17] }`";
    let entries = reader.entries(entry.value, "`overrides`", help);
    for entry in entries.unwrap_or_default().iter() {
        let variant = choices
            .and_then(|choices| reference::named_variant(reader, choices, entry.key, entry.span));
        if !reader.has_value(entry, "[u-17]") {
            continue;
        }
        let what = &format_args!("{} in `overrides`", Quoted(entry.key));
        let help = "write the targeting keys of units: `[u-17, u-18]`";
        let nodes = reader.list(entry.value, what, help).unwrap_or_default();
        let read = nodes.iter().filter_map(|node| {
            let overridden = overridden(reader, node)?;
            is_first(reader, &mut places, &overridden).then_some(overridden)
        });
        if let Some(variant) = variant {
            overrides.reserve(nodes.len());
            overrides.extend(read.map(|unit| unit.into_override(variant)));
        } else {
            // Nobody gets a variant that isn't there, but mistakes among the units are told.
            read.for_each(drop);
        }
    }
    overrides
}

/// A unit that is overridden, before it is known to what.
struct Overridden<'t> {
    unit: &'t str,
    unit_span: Span,
    until: Option<Timestamp>,
    reason: Option<Box<str>>,
    span: Span,
}

impl Overridden<'_> {
    fn into_override(self, variant: VariantIndex) -> Override {
        Override {
            unit: self.unit.into(),
            variant,
            until: self.until,
            reason: self.reason,
            span: self.span,
        }
    }
}

/// Whether a unit stands here for the first time; that it stands twice is reported.
fn is_first<'t>(
    reader: &mut Reader<'_>,
    places: &mut HashMap<&'t str, Span>,
    overridden: &Overridden<'t>,
) -> bool {
    let unit = overridden.unit;
    let Some(first) = places.insert(unit, overridden.unit_span) else {
        return true;
    };
    places.insert(unit, first);
    let line = reader.source.line_of(first.start);
    let message = format!(
        "the unit {} is overridden twice; the first is on line {line}",
        Quoted(unit)
    );
    reader.report.error(
        Code::DuplicateUnit,
        overridden.unit_span,
        message,
        "keep one of the two",
    );
    false
}

fn overridden<'t>(reader: &mut Reader<'_>, node: Node<'t>) -> Option<Overridden<'t>> {
    if !node.is_map() {
        return Some(Overridden {
            unit: unit(
                reader,
                node,
                "write a targeting key, or `{ unit: u-17, until: … }`",
            )?,
            unit_span: node.span,
            until: None,
            reason: None,
            span: node.span,
        });
    }
    let fields = reader.fields(node, "an override", "", &["unit", "until", "reason"])?;
    let until = fields
        .get("until")
        .and_then(|entry| operand::moment(reader, entry.value, &"`until`"));
    let reason = fields.get("reason").and_then(|entry| reader.words(entry));
    if fields.lacks(&["unit"]) {
        let help = "write `{ unit: u-17, until: …, reason: … }`";
        let message = "an override has no `unit`";
        reader
            .report
            .error(Code::MissingKey, node.span, message, help);
    }
    let entry = fields.get("unit")?;
    Some(Overridden {
        unit: unit(reader, entry.value, "write a targeting key")?,
        unit_span: entry.value.span,
        until,
        reason,
        span: node.span,
    })
}

/// A unit that a segment lists.
pub(super) fn member<'t>(reader: &mut Reader<'_>, node: Node<'t>) -> Option<&'t str> {
    let help = if node.is_map() {
        "write the targeting key alone: `[u-17]`; an end (`until`) is for overrides"
    } else {
        "write the targeting key of a unit"
    };
    unit(reader, node, help)
}

/// The text of a targeting key. Whole numbers in their plain form stand for their text.
fn unit<'t>(reader: &mut Reader<'_>, node: Node<'t>, help: &str) -> Option<&'t str> {
    match node.content() {
        Content::Scalar(Scalar {
            kind: ScalarKind::Integer,
            text,
        }) => {
            if is_plain_integer(text) {
                return Some(text);
            }
            let message = format!(
                "the unit {} is a number that could be written in several ways",
                Quoted(text)
            );
            let help = format!("write it in quotes: \"{}\"", Excerpt(text));
            reader
                .report
                .error(Code::InvalidUnit, node.span, message, help);
            None
        }
        Content::Scalar(Scalar {
            kind: ScalarKind::Text,
            text: "",
        }) => {
            let message = "a unit can't be empty text";
            let help = "write the targeting key of a unit";
            reader
                .report
                .error(Code::InvalidUnit, node.span, message, help);
            None
        }
        _ => reader.text_or(node, &"a unit", help),
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
