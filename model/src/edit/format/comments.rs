//! The comments of a document, found in what lies between its scalars.

use crate::Source;
use crate::tree::{Content, Node};

/// A comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment<'s> {
    /// The offset of its `#`.
    pub(super) start: usize,
    /// From its `#` to its last character that can be seen.
    pub(super) text: &'s str,
    /// How many characters stand before it on its line.
    pub(super) column: usize,
    /// Whether there is nothing but white space before it on its line.
    pub(super) is_alone: bool,
    /// Whether a blank line stands above it.
    pub(super) is_apart: bool,
}

/// Finds the comments, in the document's order.
pub(super) fn find<'s>(source: &Source<'s>, root: Node<'_>) -> Vec<Comment<'s>> {
    let text = source.text();
    let mut scalars = Vec::new();
    gather(text, root, &mut scalars);
    scalars.sort_unstable();
    let mut comments = Vec::new();
    let mut from = 0;
    for (start, end) in scalars.into_iter().chain([(text.len(), text.len())]) {
        between(source, from, start, &mut comments);
        from = from.max(end);
    }
    comments
}

/// Where the scalars stand; those that aren't written stand nowhere.
fn gather(text: &str, node: Node<'_>, scalars: &mut Vec<(usize, usize)>) {
    match node.content() {
        Content::Scalar(_) | Content::Alias => {
            let range = node.span.range();
            if !range.is_empty() {
                scalars.push((super::super::start(text, node), range.end));
            }
        }
        Content::List(items) => items.iter().for_each(|item| gather(text, item, scalars)),
        Content::Map(entries) => {
            for (key, value) in entries.iter() {
                gather(text, key, scalars);
                gather(text, value, scalars);
            }
        }
    }
}

fn between<'s>(source: &Source<'s>, from: usize, to: usize, comments: &mut Vec<Comment<'s>>) {
    let text = source.text();
    let mut at = from;
    while let Some(gap) = text.get(at..to)
        && let Some(found) = gap.find('#')
    {
        let start = at + found;
        let line = line_start(source, start);
        let before = text.get(line..start).unwrap_or("");
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        at = start + length.max(1);
        if !(before.is_empty() || before.ends_with([' ', '\t'])) {
            at = start + 1;
            continue;
        }
        comments.push(Comment {
            start,
            text: rest.get(..length).unwrap_or(rest).trim_end(),
            column: before.chars().count(),
            is_alone: before.trim().is_empty(),
            is_apart: is_apart(source, start),
        });
    }
}

/// Where the line begins in which an offset lies. Lines are looked up, since one may be as long as the document.
pub(super) fn line_start(source: &Source<'_>, at: usize) -> usize {
    source.line_start(line(source, at))
}

/// Where that line ends, before or behind its break.
pub(super) fn line_end(source: &Source<'_>, at: usize) -> usize {
    let next = source.line_start(line(source, at).saturating_add(1));
    // There is no line behind the last.
    if next == 0 { source.text().len() } else { next }
}

/// Whether a blank line stands above the line of an offset.
pub(super) fn is_apart(source: &Source<'_>, at: usize) -> bool {
    let line = line(source, at);
    let above = source.line_start(line.saturating_sub(1))..source.line_start(line);
    line > 1
        && source
            .text()
            .get(above)
            .is_some_and(|above| above.trim().is_empty())
}

fn line(source: &Source<'_>, at: usize) -> u32 {
    source.line_of(u32::try_from(at).unwrap_or(u32::MAX))
}
