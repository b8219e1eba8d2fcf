//! A key that isn't written yet.

use core::fmt::Write as _;

use super::value::{Notation, Value, quoted};
use super::{EditError, Place, end, is_flow, text_of};
use crate::tree::{Content, Entries, Node};

/// The text with an entry in a mapping: behind those that come before it in the order of the language's keys, before the
/// others; behind all where keys are names.
pub(super) fn entry(
    text: &str,
    place: &Place<'_, '_>,
    value: &Value,
    notation: Notation,
) -> Result<String, EditError> {
    let Content::Map(entries) = place.node.content() else {
        return Err(EditError::NoMapping {
            path: place.found.join("."),
            is: place.node.content().describe(),
        });
    };
    let value = value.write(notation, None);
    let key = place.missing.first().copied().unwrap_or_default();
    let before = before(place, entries, key);
    if is_flow(text, place.node) {
        let new = in_braces(place.missing, &value, notation);
        return Ok(into_flow(text, place.node, before, &new));
    }
    Ok(into_block(text, entries, before, place.missing, &value))
}

/// How many entries come before the new one.
fn before(place: &Place<'_, '_>, entries: Entries<'_>, key: &str) -> usize {
    let Some(rank) = place.shape.rank(key) else {
        return entries.len();
    };
    let comes_before = |(name, _)| {
        let rank_of_name = text_of(name).and_then(|name| place.shape.rank(name));
        rank_of_name.is_some_and(|other| other < rank)
    };
    let last = entries.iter().rposition(comes_before);
    last.map_or(0, |last| last + 1)
}

/// `a: { b: { c: value } }`.
fn in_braces(path: &[&str], value: &str, notation: Notation) -> String {
    let key = |key: &str| match notation {
        Notation::Json => quoted(key),
        Notation::Yaml => key.to_owned(),
    };
    let Some((last, parents)) = path.split_last() else {
        return value.to_owned();
    };
    let innermost = format!("{}: {value}", key(last));
    let wrap = |inner: String, parent: &&str| format!("{}: {{ {inner} }}", key(parent));
    parents.iter().rev().fold(innermost, wrap)
}

fn into_flow(text: &str, node: Node<'_>, before: usize, new: &str) -> String {
    let Content::Map(entries) = node.content() else {
        return text.to_owned();
    };
    let behind = before.checked_sub(1).and_then(|last| entries.get(last));
    let (at, piece) = match (behind, entries.first()) {
        (Some((_, value)), _) => {
            // A trailing comma stands behind what was last, and now behind what is.
            (end(text, value), format!(", {new}"))
        }
        (None, Some((key, _))) => (key.span.start as usize, format!("{new}, ")),
        (None, None) => {
            let brace = node.span.start as usize + 1;
            let end = (node.span.end as usize).saturating_sub(1).max(brace);
            let inside = text.get(brace..end).unwrap_or("");
            if inside.trim().is_empty() {
                let (head, tail) = (text.get(..brace), text.get(end..));
                let (head, tail) = (head.unwrap_or(text), tail.unwrap_or(""));
                return format!("{head} {new} {tail}");
            }
            // There is a comment inside.
            (brace, format!(" {new}"))
        }
    };
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    format!("{head}{piece}{tail}")
}

fn into_block(
    text: &str,
    entries: Entries<'_>,
    before: usize,
    path: &[&str],
    value: &str,
) -> String {
    let first = entries
        .first()
        .map_or(0, |(key, _)| key.span.start as usize);
    let line = line_start(text, first);
    let column = text
        .get(line..first)
        .map_or(0, |indent| indent.chars().count());
    let indent = " ".repeat(column);
    let break_ = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines(path, value, &indent, break_);
    let behind = before.checked_sub(1).and_then(|last| entries.get(last));
    let Some((key, value)) = behind else {
        // Before the first: its indent, or the `- ` before it, is there already.
        let (head, tail) = text.split_at_checked(first).unwrap_or((text, ""));
        let own = lines.trim_start();
        return format!("{head}{own}{break_}{indent}{tail}");
    };
    let at = line_end(text, end(text, value).max(end(text, key)));
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    format!("{head}{break_}{lines}{tail}")
}

/// The new lines, without a break at their end: keys above the last two on lines of their own.
fn lines(path: &[&str], value: &str, indent: &str, break_: &str) -> String {
    let own = path.len().saturating_sub(2);
    let (parents, inner) = path.split_at_checked(own).unwrap_or((&[], path));
    let mut lines = String::new();
    let mut depth = indent.to_owned();
    for parent in parents {
        // Writing to a string can't fail.
        _ = write!(lines, "{depth}{parent}:{break_}");
        depth.push_str("  ");
    }
    lines + &depth + &in_braces(inner, value, Notation::Yaml)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    before.rfind(['\n', '\r']).map_or(0, |place| place + 1)
}

/// The end of the line in which an offset lies, before its break.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(['\n', '\r']).unwrap_or(rest.len())
}
