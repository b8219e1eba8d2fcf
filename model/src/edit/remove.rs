//! A key that goes.

use super::{end, is_flow, text_of};
use crate::tree::{Content, Node};

/// The text without the entry of a key; as it is, where the key isn't written.
pub(super) fn entry(text: &str, node: Node<'_>, key: &str) -> String {
    let Content::Map(entries) = node.content() else {
        return text.to_owned();
    };
    let place = entries
        .iter()
        .position(|(name, _)| text_of(name) == Some(key));
    let Some((place, entry)) = place.and_then(|place| Some((place, entries.get(place)?))) else {
        return text.to_owned();
    };
    let (name, value) = entry;
    let start = name.span.start as usize;
    let end = end(text, value).max(end_of_key(text, name));
    let (from, to) = if entries.len() == 1 {
        return without_last(text, node, (start, end));
    } else if !is_flow(text, node) {
        whole_lines(text, start, end)
    } else if let Some((next, _)) = entries.get(place + 1) {
        (start, next.span.start as usize)
    } else {
        let (name, value) = place
            .checked_sub(1)
            .and_then(|before| entries.get(before))
            .unwrap_or(entry);
        (super::end(text, value).max(super::end(text, name)), end)
    };
    cut(text, from, to, "")
}

fn end_of_key(text: &str, key: Node<'_>) -> usize {
    let end = key.span.end as usize;
    let rest = text.get(end..).unwrap_or("");
    let colon = rest.find(':').map_or(0, |colon| colon + 1);
    end + colon
}

/// An entry with its indent and the rest of its last line; of a list's element the `- ` stays for what follows.
fn whole_lines(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = text.get(..start).unwrap_or("");
    let line = before.rfind(['\n', '\r']).map_or(0, |place| place + 1);
    let rest = text.get(end..).unwrap_or("");
    let mut next = end
        + rest
            .find(['\n', '\r'])
            .map_or(rest.len(), |place| place + 1);
    if text.get(next - 1..=next) == Some("\r\n") {
        next += 1;
    }
    let indent = before.get(line..).unwrap_or("");
    if indent.trim().is_empty() {
        return (line, next);
    }
    // The next entry comes behind the dash.
    let behind = text.get(next..).unwrap_or("");
    let blank = behind.len() - behind.trim_start().len();
    (start, next + blank)
}

/// A mapping whose only entry goes is empty, which has to be said.
fn without_last(text: &str, node: Node<'_>, (start, end): (usize, usize)) -> String {
    if is_flow(text, node) {
        let from = node.span.start as usize;
        return cut(text, from, node.span.end as usize, "{}");
    }
    let before = text.get(..start).unwrap_or("").trim_end();
    let is_behind_key = before.ends_with(':');
    if is_behind_key {
        cut(text, before.len(), end, " {}")
    } else {
        cut(text, start, end, "{}")
    }
}

fn cut(text: &str, from: usize, to: usize, with: &str) -> String {
    let head = text.get(..from).unwrap_or(text);
    let tail = text.get(to..).unwrap_or("");
    format!("{head}{with}{tail}")
}
