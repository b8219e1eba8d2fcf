//! A value that is to be written into a document.

use core::fmt::Write as _;

use super::EditError;
use crate::shape::Shape;
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Source, parse};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Yaml,
    /// With every key and text in double quotes.
    Json,
}

impl Notation {
    pub(super) fn of(text: &str) -> Self {
        let is_json = text.trim_start().starts_with('{')
            && serde_json::from_str::<serde_json::Value>(text).is_ok();
        if is_json { Self::Json } else { Self::Yaml }
    }
}

/// A value.
#[derive(Debug)]
pub(super) enum Value {
    /// Text that is text whatever it looks like.
    Text(String),
    /// What was written, which is one value of YAML.
    Written(String),
}

/// Reads what was written behind a key.
pub(super) fn read(written: &str, shape: Shape, path: &[&str]) -> Result<Value, EditError> {
    if matches!(shape, Shape::Text | Shape::Name | Shape::RustName) {
        return Ok(Value::Text(unquoted(written)));
    }
    let key = path.last().copied().unwrap_or_default();
    let refused = |reason: &str| EditError::Value {
        key: key.to_owned(),
        value: written.to_owned(),
        reason: reason.to_owned(),
    };
    if written.trim().is_empty() {
        return Err(refused("there is nothing in it"));
    }
    if written.contains(['\n', '\r']) {
        return Err(refused("it has more than one line"));
    }
    // In a list a value ends where it has to end in a mapping in braces too.
    let wrapped = format!("value: [{written}\n]\n");
    let source = Source::new("", &wrapped);
    let tree = parse(&source).map_err(|mistake| refused(&mistake.message))?;
    if let Some(mistake) = tree.diagnostics.first() {
        return Err(refused(&mistake.message));
    }
    let values = super::entry(tree.root(), "value").map(|(_, value)| value);
    match values.map(Node::content) {
        Some(Content::List(list)) if list.len() == 1 => {}
        _ => return Err(refused("it isn't one value")),
    }
    let is_whole = super::entry(tree.root(), "value")
        .is_some_and(|(_, list)| end_of_only(list) == "value: [".len() + written.trim_end().len());
    if !is_whole {
        return Err(refused("it has a comment or a comma behind it"));
    }
    Ok(Value::Written(written.trim().to_owned()))
}

fn end_of_only(list: Node<'_>) -> usize {
    match list.content() {
        Content::List(items) => items.last().map_or(0, |item| item.span.end as usize),
        _ => 0,
    }
}

/// Text without the quotes that someone put around it as in a document.
fn unquoted(written: &str) -> String {
    let written = written.trim();
    if written.starts_with(['"', '\''])
        && let Ok(tree) = parse(&Source::new("", &format!("value: {written}\n")))
        && let Some((_, value)) = super::entry(tree.root(), "value")
        && let Some(text) = super::text_of(value)
    {
        return text.to_owned();
    }
    written.to_owned()
}

impl Value {
    /// The value as it is written in a document; `quote` is that around what stood there before.
    pub(super) fn write(&self, notation: Notation, quote: Option<char>) -> String {
        match (self, notation) {
            (Self::Text(value), Notation::Json) => quoted(value),
            (Self::Text(value), Notation::Yaml) => text(value, quote),
            (Self::Written(written), Notation::Json) => json(written),
            (Self::Written(written), Notation::Yaml) => match plain_text(written) {
                Some(value) if quote.is_some() => text(&value, quote),
                _ => written.clone(),
            },
        }
    }
}

/// A text that can stand without quotes.
fn plain_text(written: &str) -> Option<String> {
    is_plain(written).then(|| written.to_owned())
}

/// Whether a text may stand without quotes wherever a value may.
fn is_plain(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let starts_well = rest.starts_with(|c: char| c.is_alphanumeric() || "_/.(".contains(c));
    let is_calm = |c: char| !c.is_control() && !"[]{},#:\"'\\".contains(c);
    let has_calm_colons = text.match_indices(':').all(|(at, _)| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| !next.is_whitespace() && is_calm(next))
    });
    starts_well
        && text.trim() == text
        && has_calm_colons
        && text.chars().all(|c| c == ':' || is_calm(c))
        && ScalarKind::of_plain(text) == ScalarKind::Text
}

/// A text in quotes where it had them or needs them.
fn text(value: &str, quote: Option<char>) -> String {
    match quote {
        None if is_plain(value) => value.to_owned(),
        Some('\'') if !value.contains(char::is_control) => {
            format!("'{}'", value.replace('\'', "''"))
        }
        _ => quoted(value),
    }
}

/// A text in double quotes, as JSON and YAML both read it.
pub(super) fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// A value of YAML as JSON.
fn json(written: &str) -> String {
    let wrapped = format!("value: [{written}\n]\n");
    let mut json = String::new();
    if let Ok(tree) = parse(&Source::new("", &wrapped))
        && let Some((_, list)) = super::entry(tree.root(), "value")
        && let Content::List(items) = list.content()
        && let Some(value) = items.first()
    {
        write_json(value, &mut json);
    }
    json
}

fn write_json(node: Node<'_>, json: &mut String) {
    match node.content() {
        Content::Scalar(scalar) => json.push_str(&json_scalar(scalar)),
        Content::List(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { ", " });
                write_json(item, json);
            }
            json.push(']');
        }
        Content::Map(entries) => {
            json.push_str("{ ");
            for (index, (key, value)) in entries.iter().enumerate() {
                json.push_str(if index == 0 { "" } else { ", " });
                // Writing to a string can't fail.
                _ = write!(json, "{}: ", quoted(super::text_of(key).unwrap_or("")));
                write_json(value, json);
            }
            json.push_str(" }");
        }
        Content::Alias => json.push_str("null"),
    }
}

fn json_scalar(scalar: Scalar<'_>) -> String {
    let number = || serde_json::from_str::<serde_json::Number>(scalar.text).ok();
    match scalar.kind {
        ScalarKind::Null => "null".to_owned(),
        ScalarKind::Boolean(value) => value.to_string(),
        ScalarKind::Integer | ScalarKind::Float if number().is_some() => scalar.text.to_owned(),
        _ => quoted(scalar.text),
    }
}
