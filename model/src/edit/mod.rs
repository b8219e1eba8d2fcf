//! Changing a document's text and keeping what people wrote: comments, order, quotes, spacing.

mod error;
mod format;
mod insert;
mod remove;
mod replace;
mod value;

pub use error::EditError;
pub use format::{FormatError, format};

use crate::shape::Shape;
use crate::tree::{Content, Node};
use crate::{Source, parse};
use value::Notation;

/// Gives a key of a document a value, and changes nothing else of the text.
///
/// The path is the keys from the top down. Where the last ones aren't written yet, they are inserted where
/// [`format`](crate::format) would have them, in the style around them. The value is written as one would write it behind
/// the key; text that needs quotes gets them. The result may still be wrong: [`load`](crate::load) it before it
/// takes the document's place.
///
/// ```
/// use flagstone_model::set;
///
/// let document = "version: 1\nflags:\n  new_dashboard: # the rebuilt one\n    rollout: 25%   # slowly\n";
/// let document = set(document, &["flags", "new_dashboard", "rollout"], "40%")?;
/// let document = set(&document, &["flags", "new_dashboard", "owner"], "growth")?;
/// assert_eq!(document, "version: 1\nflags:\n  new_dashboard: # the rebuilt one\n    owner: growth\n    rollout: 40%   # slowly\n");
/// # Ok::<(), flagstone_model::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditError`] where the text isn't well formed, the value isn't, or something on the path has keys of no kind.
pub fn set(text: &str, path: &[&str], value: &str) -> Result<String, EditError> {
    let tree = parse(&Source::new("", text)).map_err(EditError::Document)?;
    let place = Place::find(tree.root(), path);
    let notation = Notation::of(text);
    let value = value::read(value, place.shape_of_value, path)?;
    if place.missing.is_empty() {
        return Ok(replace::value(text, place.node, &value, notation));
    }
    insert::entry(text, &place, &value, notation)
}

/// Takes a key out of a document with its value and the comment behind it, and changes nothing else of the text.
///
/// Nothing happens where the key isn't written. A mapping that has no other key is left empty, as `{}`.
///
/// ```
/// use flagstone_model::unset;
///
/// let document = "version: 1\nflags: { new_dashboard: { serve: on, owner: growth } }\n";
/// let document = unset(document, &["flags", "new_dashboard", "serve"])?;
/// assert_eq!(document, "version: 1\nflags: { new_dashboard: { owner: growth } }\n");
/// # Ok::<(), flagstone_model::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditError`] where the text isn't well formed.
pub fn unset(text: &str, path: &[&str]) -> Result<String, EditError> {
    let tree = parse(&Source::new("", text)).map_err(EditError::Document)?;
    let Some((key, parents)) = path.split_last() else {
        return Ok(text.to_owned());
    };
    let place = Place::find(tree.root(), parents);
    if !place.missing.is_empty() {
        return Ok(text.to_owned());
    }
    Ok(remove::entry(text, place.node, key))
}

/// How far a path leads into a document.
struct Place<'t, 'p> {
    /// The last node on the path that is there.
    node: Node<'t>,
    /// What that node holds.
    shape: Shape,
    /// The keys of the path that lead to it, for error texts.
    found: &'p [&'p str],
    /// The keys of the path that aren't there.
    missing: &'p [&'p str],
    /// What the value at the path's end holds.
    shape_of_value: Shape,
}

impl<'t, 'p> Place<'t, 'p> {
    fn find(root: Node<'t>, path: &'p [&'p str]) -> Self {
        let mut place = Self {
            node: root,
            shape: Shape::Document,
            found: &[],
            missing: path,
            shape_of_value: path
                .iter()
                .fold(Shape::Document, |shape, key| shape.of_value(key)),
        };
        while let Some((key, rest)) = place.missing.split_first() {
            let Some(value) = entry(place.node, key).map(|(_, value)| value) else {
                break;
            };
            place.node = value;
            place.shape = place.shape.of_value(key);
            place.missing = rest;
            place.found = path.get(..path.len() - rest.len()).unwrap_or(path);
        }
        place
    }
}

/// The entry of a key, where the node is a mapping that has it.
fn entry<'t>(node: Node<'t>, key: &str) -> Option<(Node<'t>, Node<'t>)> {
    let Content::Map(entries) = node.content() else {
        return None;
    };
    entries.iter().find(|(name, _)| text_of(*name) == Some(key))
}

/// The text of a scalar.
fn text_of(node: Node<'_>) -> Option<&str> {
    node.scalar().map(|scalar| scalar.text)
}

/// Whether a list or mapping is written in brackets or braces.
fn is_flow(text: &str, node: Node<'_>) -> bool {
    let rest = text.get(node.span.start as usize..).unwrap_or("");
    let is_collection = node.is_map() || node.is_list();
    is_collection && rest.starts_with(['{', '['])
}

/// Where what is written of a node begins: of a literal or folded scalar with its `|` or `>`, which stands above it.
fn start(text: &str, node: Node<'_>) -> usize {
    let start = node.span.start as usize;
    let is_scalar = node.scalar().is_some();
    let before = text.get(..start).unwrap_or("");
    let above = before.trim_end_matches([' ', '\t']);
    if !is_scalar || node.span.start == node.span.end || !above.ends_with(['\n', '\r']) {
        return start;
    }
    let above = above.trim_end();
    let line = above.rfind(['\n', '\r']).map_or(0, |place| place + 1);
    let head = above.get(line..).unwrap_or("");
    let head = head.split(" #").next().unwrap_or("");
    let sign = head
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
    let is_sign = sign.ends_with(['|', '>']) && !sign.trim_start().starts_with('#');
    let before_sign = sign.get(..sign.len().saturating_sub(1)).unwrap_or("");
    let stands_alone = before_sign.is_empty() || before_sign.ends_with([' ', '\t']);
    if is_sign && stands_alone {
        line + sign.len() - 1
    } else {
        start
    }
}

/// Where what is written of a node ends, before the white space that parsers count in.
fn end(text: &str, node: Node<'_>) -> usize {
    let last = match node.content() {
        Content::Map(entries) if !is_flow(text, node) => entries
            .last()
            .map(|(key, value)| end(text, value).max(end(text, key))),
        Content::List(items) if !is_flow(text, node) => items.last().map(|item| end(text, item)),
        _ => None,
    };
    let end = last.unwrap_or(node.span.end as usize);
    let written = text.get(node.span.start as usize..end).unwrap_or("");
    node.span.start as usize + written.trim_end().len()
}

#[cfg(test)]
mod tests;
