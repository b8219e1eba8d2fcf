//! A document as entries with their comments: each comment goes with what it stands behind or above.

use super::super::{end, is_flow, start as written_start, text_of};
use super::comments::{Comment, is_apart, line_end, line_start};
use crate::Source;
use crate::shape::Shape;
use crate::tree::{Content, Node};

/// A document.
pub(super) struct Document<'s> {
    /// What stands above it all.
    pub(super) header: Vec<Lead<'s>>,
    pub(super) root: Value<'s>,
}

/// A comment on a line of its own.
pub(super) struct Lead<'s> {
    pub(super) text: &'s str,
    pub(super) is_apart: bool,
}

/// An entry of a mapping or an element of a list.
pub(super) struct Item<'s> {
    pub(super) leads: Vec<Lead<'s>>,
    /// Whether a blank line stands above it, or above its first comment.
    pub(super) is_apart: bool,
    /// Whether a blank line stands between its last comment and itself.
    pub(super) is_apart_from_leads: bool,
    /// The key as it is written; nothing in lists.
    pub(super) key: Option<&'s str>,
    /// What stands behind the key or the dash, where the value begins below.
    pub(super) head: Vec<&'s str>,
    pub(super) value: Value<'s>,
    /// What stands behind it.
    pub(super) tail: Vec<&'s str>,
}

pub(super) enum Value<'s> {
    /// As it is written; it may have several lines.
    Scalar(&'s str),
    Collection {
        is_map: bool,
        is_flow: bool,
        items: Vec<Item<'s>>,
        /// Comments behind the last item.
        foot: Vec<Lead<'s>>,
        /// Whether it is in braces or brackets and was on several lines.
        is_open: bool,
        shape: Shape,
    },
}

/// What comes behind a node: where it begins, and in which column; at the end of a document nothing does.
#[derive(Clone, Copy)]
struct Behind {
    column: Option<usize>,
    start: usize,
}

/// Goes through a document with its comments.
struct Attach<'s, 'c> {
    source: &'c Source<'s>,
    text: &'s str,
    comments: &'c [Comment<'s>],
}

/// Gives each comment its place; nothing where a comment or key has none.
pub(super) fn document<'s>(
    source: &Source<'s>,
    root: Node<'_>,
    comments: &[Comment<'s>],
) -> Option<Document<'s>> {
    let mut attach = Attach {
        source,
        text: source.text(),
        comments,
    };
    let header = attach.header(root);
    let end = Behind {
        column: None,
        start: usize::MAX,
    };
    let value = attach.value(root, Shape::Document, false, end)?;
    attach.comments.is_empty().then_some(Document {
        header,
        root: value,
    })
}

impl<'s> Attach<'s, '_> {
    /// Takes the comments before an offset that fulfil a condition.
    fn take(&mut self, before: usize, fits: impl Fn(&Comment<'s>) -> bool) -> Vec<Comment<'s>> {
        let is_next = |comment: &&Comment<'s>| comment.start < before && fits(comment);
        let count = self.comments.iter().take_while(is_next).count();
        let (taken, rest) = self.comments.split_at_checked(count).unwrap_or_default();
        self.comments = rest;
        taken.to_vec()
    }

    /// What stands above the first key and isn't about it: up to the last blank line, and what tools read.
    fn header(&mut self, root: Node<'_>) -> Vec<Lead<'s>> {
        let first = root.span.start as usize;
        let above: Vec<Comment<'s>> = self
            .comments
            .iter()
            .take_while(|comment| comment.start < first && comment.is_alone)
            .copied()
            .collect();
        let is_apart = is_apart(self.source, first);
        let last_apart = above.iter().rposition(|comment| comment.is_apart);
        let is_for_tools = |comment: &Comment<'_>| {
            let words = comment.text.trim_start_matches('#').trim_start();
            words.starts_with("yaml-language-server")
        };
        let for_tools = above.iter().rposition(is_for_tools).map_or(0, |at| at + 1);
        let count = if is_apart || is_flow(self.text, root) {
            above.len()
        } else {
            last_apart.unwrap_or(0).max(for_tools)
        };
        let (header, _) = self.comments.split_at_checked(count).unwrap_or_default();
        self.comments = self.comments.get(count..).unwrap_or_default();
        leads(header)
    }

    /// A node, with what comes behind it.
    fn value(
        &mut self,
        node: Node<'_>,
        shape: Shape,
        is_in_flow: bool,
        behind: Behind,
    ) -> Option<Value<'s>> {
        let is_flow = is_flow(self.text, node) || is_in_flow;
        let entries: Vec<(Option<Node<'_>>, Node<'_>)> = match node.content() {
            Content::Scalar(_) => {
                let from = written_start(self.text, node);
                let written = self.text.get(from..node.span.end as usize)?;
                return Some(Value::Scalar(written.trim_end()));
            }
            Content::Alias => return None,
            Content::Map(entries) => entries
                .iter()
                .map(|(key, value)| (Some(key), value))
                .collect(),
            Content::List(items) => items.iter().map(|item| (None, item)).collect(),
        };
        let is_map = node.is_map();
        let starts: Vec<usize> = entries
            .iter()
            .map(|(key, value)| start(*key, *value))
            .collect();
        let first = starts.first().filter(|_| !is_flow);
        let column = first.map_or(0, |first| self.column(*first, is_map));
        let mut items = Vec::with_capacity(entries.len());
        for (place, (key, value)) in entries.into_iter().enumerate() {
            let next = match starts.get(place + 1) {
                Some(start) => Behind {
                    column: Some(column),
                    start: *start,
                },
                None if is_flow => Behind {
                    start: node.span.end as usize,
                    ..behind
                },
                None => behind,
            };
            items.push(self.item((key, value), shape, is_flow, next)?);
        }
        let foot = if is_flow {
            leads(&self.take(node.span.end as usize, |_| true))
        } else {
            let is_deeper = |comment: &Comment<'s>| {
                comment.is_alone
                    && comment.column >= column
                    && behind.column.is_none_or(|next| comment.column > next)
            };
            leads(&self.take(behind.start, is_deeper))
        };
        let written = self.text.get(node.span.range()).unwrap_or("");
        Some(Value::Collection {
            is_map,
            is_flow,
            items,
            foot,
            is_open: is_flow && written.contains('\n'),
            shape,
        })
    }

    fn item(
        &mut self,
        (key, value): (Option<Node<'_>>, Node<'_>),
        shape: Shape,
        is_in_flow: bool,
        behind: Behind,
    ) -> Option<Item<'s>> {
        let start = start(key, value);
        let above = self.take(start, |_| true);
        let mut head: Vec<&str> = Vec::new();
        let is_alone = |comment: &&Comment<'s>| comment.is_alone;
        head.extend(above.iter().filter(|it| !it.is_alone).map(|it| it.text));
        let own: Vec<Comment<'s>> = above.iter().filter(is_alone).copied().collect();
        let mut leads = leads(&own);
        let is_apart_itself = is_apart(self.source, start);
        let is_apart = leads.first().map_or(is_apart_itself, |lead| lead.is_apart);
        let is_apart_from_leads = !leads.is_empty() && is_apart_itself;
        // What stands between the key and a value below it.
        let first = written_start(self.text, value);
        let is_written = value.span.start < value.span.end;
        head.extend(
            self.take(first, |it| is_written && !it.is_alone)
                .iter()
                .map(|it| it.text),
        );
        if matches!(value.content(), Content::Scalar(_)) && is_written {
            leads.extend(self::leads(&self.take(first, |_| true)));
        }
        let shape = match key {
            Some(key) => shape.of_value(text_of(key)?),
            None => shape.of_element(),
        };
        let written = match key {
            Some(key) => Some(self.text.get(key.span.range())?.trim_end()),
            None => None,
        };
        let value_of = self.value(value, shape, is_in_flow, behind)?;
        let end = end(self.text, value).max(start);
        let line = line_end(self.source, end);
        // Behind a comma in braces, the comment is still about what stands before it.
        let tail = self.take(behind.start.min(line), |it| !it.is_alone);
        let mut tail: Vec<&str> = tail.iter().map(|it| it.text).collect();
        // A line has room for one comment; what is above it is about it too.
        let is_block = matches!(value_of, Value::Collection { is_flow: false, .. });
        let room = usize::from(is_block || tail.is_empty());
        let excess = head.len().saturating_sub(room);
        leads.extend(head.drain(..excess).map(|text| Lead {
            text,
            is_apart: false,
        }));
        if !is_block {
            tail.append(&mut head);
        }
        Some(Item {
            leads,
            is_apart,
            is_apart_from_leads,
            key: written,
            head,
            value: value_of,
            tail,
        })
    }

    /// The column of an item: of a key, or of the dash before an element.
    fn column(&self, start: usize, is_map: bool) -> usize {
        let line = line_start(self.source, start);
        let before = self.text.get(line..start).unwrap_or("");
        let end = if is_map {
            before.len()
        } else {
            before.rfind('-').unwrap_or(before.len())
        };
        before.get(..end).unwrap_or("").chars().count()
    }
}

fn leads<'s>(comments: &[Comment<'s>]) -> Vec<Lead<'s>> {
    let lead = |comment: &Comment<'s>| Lead {
        text: comment.text,
        is_apart: comment.is_apart,
    };
    comments.iter().map(lead).collect()
}

fn start(key: Option<Node<'_>>, value: Node<'_>) -> usize {
    key.unwrap_or(value).span.start as usize
}
