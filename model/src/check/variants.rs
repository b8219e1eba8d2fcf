//! What a flag can answer: its type and its variants.

use std::rc::Rc;
use std::sync::Arc;

use super::known::Choices;
use super::operand;
use super::read::{Entries, Entry, Fields, Reader};
use crate::definition::{Value, ValueType, Variant, Variants};
use crate::quoted::Quoted;
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, Name, Span};

/// Reads `type` and `variants`; nothing where they are wrong. All booleans share theirs.
pub(super) fn check(
    reader: &mut Reader<'_>,
    key: &Name,
    key_span: Span,
    fields: &Fields<'_>,
    boolean: Option<&Rc<Choices>>,
) -> Option<Rc<Choices>> {
    let types = ValueType::ALL.map(|ty| (ty.name(), ty));
    let declared = fields
        .get("type")
        .map(|entry| reader.word(entry.value, &"the type of a flag", &types));
    if fields.is_written("type") && declared.is_none() || declared == Some(None) {
        return None;
    }
    let declared = declared.flatten();
    match (declared, fields.get("variants")) {
        (None | Some(ValueType::Boolean), Some(entry))
            if declared.is_some() || all_boolean(entry.value) =>
        {
            let message = "a boolean has just the variants `on` and `off`, and takes no `variants`";
            reader.report.error(
                Code::NotForThisType,
                entry.span,
                message,
                "remove `variants`, or give them values that aren't true and false",
            );
            None
        }
        (_, Some(entry)) => {
            listed(reader, declared, entry).map(|variants| Rc::new(Choices::new(variants)))
        }
        (_, None) if fields.is_written("variants") => None,
        (None | Some(ValueType::Boolean), None) => boolean.cloned(),
        (Some(ty), None) => {
            let message = format!(
                "the flag `{key}` is of type `{}` and has no `variants`",
                ty.name()
            );
            reader.report.error(
                Code::MissingKey,
                key_span,
                message,
                "write the values it can have: `variants: { small: 10, large: 50 }`",
            );
            None
        }
    }
}

/// The variants of every boolean.
pub(super) fn boolean() -> Option<Variants> {
    let variant = |name: &str, value| {
        Some(Variant {
            name: Name::new(name).ok()?,
            value: Value::Boolean(value),
            span: Span::default(),
        })
    };
    Some(Variants {
        ty: ValueType::Boolean,
        list: Arc::new([variant("off", false)?, variant("on", true)?]),
    })
}

fn all_boolean(node: Node<'_>) -> bool {
    let is_boolean = |node: Node<'_>| matches!(node.content(), Content::Scalar(scalar) if matches!(scalar.kind, ScalarKind::Boolean(_)));
    matches!(node.content(), Content::Map(pairs) if !pairs.is_empty() && pairs.iter().all(|(_, value)| is_boolean(value)))
}

fn listed(
    reader: &mut Reader<'_>,
    declared: Option<ValueType>,
    entry: Entry<'_>,
) -> Option<Variants> {
    let help = "write the values it can have: `{ small: 10, large: 50 }`";
    let entries = reader.entries(entry.value, "`variants`", help)?;
    if entries.is_empty() {
        reader.report.error(
            Code::Emptiness,
            entry.span,
            "a flag without variants could answer nothing",
            help,
        );
        return None;
    }
    let ty = match declared {
        Some(ty) => ty,
        None => inferred(reader, &entries)?,
    };
    let read: Vec<_> = entries
        .iter()
        .map(|entry| {
            let name = reader.shared_name(entry.key, entry.span, "a variant");
            let value = value(reader, ty, entry);
            Some(Variant {
                name: name?,
                value: value?,
                span: entry.span,
            })
        })
        .collect();
    Some(Variants {
        ty,
        list: read.into_iter().collect::<Option<_>>()?,
    })
}

/// The type that all values have; whole numbers among decimals are numbers.
fn inferred(reader: &mut Reader<'_>, entries: &Entries<'_>) -> Option<ValueType> {
    let mut ty: Option<(ValueType, Entry<'_>)> = None;
    for entry in entries.iter() {
        let next = type_of(reader, entry)?;
        ty = match (ty, next) {
            (None, next) => Some((next, entry)),
            (Some((before, first)), next) if before == next => Some((before, first)),
            (
                Some((ValueType::Integer | ValueType::Number, first)),
                ValueType::Integer | ValueType::Number,
            ) => Some((ValueType::Number, first)),
            (Some((before, first)), next) => {
                let message = format!(
                    "{} is of type `{}`, but {} is of type `{}`: the variants of a flag are of one type",
                    Quoted(entry.key),
                    next.name(),
                    Quoted(first.key),
                    before.name()
                );
                reader.report.error(
                    Code::MixedTypes,
                    entry.value.span,
                    message,
                    "write values of one type, or `type: json`",
                );
                return None;
            }
        };
    }
    ty.map(|(ty, _)| ty)
}

fn type_of(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<ValueType> {
    match entry.value.content() {
        Content::Scalar(Scalar { kind, .. }) => match kind {
            ScalarKind::Text => Some(ValueType::String),
            ScalarKind::Integer => Some(ValueType::Integer),
            ScalarKind::Float => Some(ValueType::Number),
            ScalarKind::Boolean(_) => {
                let message = format!(
                    "the value of {} is a truth value beside others",
                    Quoted(entry.key)
                );
                reader.report.error(
                    Code::MixedTypes,
                    entry.value.span,
                    message,
                    "put it in quotes, or write `type: json`",
                );
                None
            }
            ScalarKind::Null => {
                reader.null(entry, "…");
                None
            }
        },
        Content::List(_) | Content::Map(_) => Some(ValueType::Json),
        Content::Alias => {
            reader.wrong_type(entry.value, "a value", "");
            None
        }
    }
}

fn value(reader: &mut Reader<'_>, ty: ValueType, entry: Entry<'_>) -> Option<Value> {
    let what = &format_args!("the value of {}", Quoted(entry.key));
    match ty {
        ValueType::Boolean => None,
        ValueType::String => reader
            .text(entry.value, what)
            .map(|text| Value::String(reader.shared_text(text))),
        ValueType::Integer => {
            let help = "leave the decimals out, or write `type: number`";
            operand::integer_or(reader, entry.value, what, help).map(Value::Integer)
        }
        ValueType::Number => operand::number(reader, entry.value, what).map(Value::Number),
        ValueType::Json => json(reader, entry.value).map(|json| Value::Json(Arc::new(json))),
    }
}

/// A node as JSON, in which null may be.
pub(super) fn json(reader: &mut Reader<'_>, node: Node<'_>) -> Option<serde_json::Value> {
    match node.content() {
        Content::Scalar(scalar) => json_scalar(reader, node, scalar),
        Content::List(items) => {
            let items: Vec<_> = items.iter().map(|item| json(reader, item)).collect();
            items
                .into_iter()
                .collect::<Option<_>>()
                .map(serde_json::Value::Array)
        }
        Content::Map(_) => {
            let entries = reader.entries(node, "a value", "")?;
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| Some((entry.key.to_owned(), json(reader, entry.value)?)))
                .collect();
            entries
                .into_iter()
                .collect::<Option<_>>()
                .map(serde_json::Value::Object)
        }
        Content::Alias => {
            reader.wrong_type(node, "a value", "");
            None
        }
    }
}

fn json_scalar(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    scalar: Scalar<'_>,
) -> Option<serde_json::Value> {
    match scalar.kind {
        ScalarKind::Text => Some((*scalar.text).into()),
        ScalarKind::Null => Some(serde_json::Value::Null),
        ScalarKind::Boolean(value) => Some(value.into()),
        ScalarKind::Integer => match (scalar.integer(), scalar.text.parse::<u64>()) {
            (Some(integer), _) => Some(integer.into()),
            (None, Ok(large)) => Some(large.into()),
            (None, Err(_)) => operand::number(reader, node, &"a value").map(Into::into),
        },
        ScalarKind::Float => operand::number(reader, node, &"a value").map(Into::into),
    }
}
