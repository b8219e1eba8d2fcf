//! Another value in the place of one that is written.

use super::value::{Notation, Value};
use super::{end, start};
use crate::tree::{Content, Node};

/// The text with another value in a node's place, in the quotes that it had.
pub(super) fn value(text: &str, node: Node<'_>, value: &Value, notation: Notation) -> String {
    let start = start(text, node);
    let end = end(text, node).max(start);
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let old = rest.get(..end - start).unwrap_or("");
    let after = rest.get(end - start..).unwrap_or("");
    let quote = match node.content() {
        Content::Scalar(_) => old.chars().next().filter(|c| matches!(c, '"' | '\'')),
        _ => None,
    };
    let written = value.write(notation, quote);
    // What stood on lines of its own comes behind its key now.
    let is_block = (node.is_map() || node.is_list()) && !super::is_flow(text, node);
    if is_block && before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) {
        let key = before.trim_end();
        return format!("{key} {written}{after}");
    }
    format!("{before}{written}{after}")
}
