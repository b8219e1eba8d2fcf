//! A document's entries as text, in the order of the language's keys.

use super::attach::{Document, Item, Lead, Value};
use crate::shape::Shape;

/// The whole text.
pub(super) fn document(document: &Document<'_>) -> String {
    let mut page = Page {
        text: String::new(),
    };
    page.leads(&document.header, 0, false);
    if !document.header.is_empty() {
        page.text.push('\n');
    }
    match &document.root {
        Value::Collection { is_flow: false, .. } => {
            page.block(&document.root, 0, Start::Line);
        }
        flow => {
            page.flow(flow, 0);
            page.text.push('\n');
        }
    }
    page.text
}

/// Where the first item of a block begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// On a line of its own, below the comments about it.
    Line,
    /// Behind the dash of the element that it is in, which has its comments above it.
    BehindDash,
    /// Below that dash, because a comment stands behind the dash.
    BelowDash,
}

/// What has been written.
struct Page {
    text: String,
}

impl Page {
    fn indent(&mut self, depth: usize) {
        self.text.extend(core::iter::repeat_n(' ', depth));
    }

    /// Comments, each on its line; the first without the blank line above it where that isn't wanted.
    fn leads(&mut self, leads: &[Lead<'_>], depth: usize, is_first_apart: bool) {
        for (place, lead) in leads.iter().enumerate() {
            if lead.is_apart && (place > 0 || is_first_apart) {
                self.text.push('\n');
            }
            self.indent(depth);
            self.text.push_str(lead.text);
            self.text.push('\n');
        }
    }

    fn tail(&mut self, comments: &[&str]) {
        for comment in comments {
            self.text.push(' ');
            self.text.push_str(comment);
        }
    }

    /// A mapping or list on lines of its own.
    fn block(&mut self, value: &Value<'_>, depth: usize, start: Start) {
        let Value::Collection {
            is_map,
            items,
            foot,
            shape,
            ..
        } = value
        else {
            return;
        };
        let items = ordered(items, *shape);
        let mut before_is_long = false;
        for (place, item) in items.iter().enumerate() {
            let is_long = is_long(item);
            let is_spaced = match shape {
                Shape::Document | Shape::Flags => is_long || before_is_long,
                _ => false,
            };
            let is_first = place == 0;
            if !is_first && (is_spaced || item.is_apart) {
                self.text.push('\n');
            }
            before_is_long = is_long;
            if !is_first || start == Start::Line {
                self.leads(&item.leads, depth, false);
                if item.is_apart_from_leads {
                    self.text.push('\n');
                }
                if !is_map {
                    self.hoisted(&item.value, depth);
                }
            }
            if !is_first || start != Start::BehindDash {
                self.indent(depth);
            }
            if *is_map {
                self.entry(item, depth);
            } else {
                self.element(item, depth);
            }
        }
        self.leads(foot, depth, true);
    }

    fn entry(&mut self, item: &Item<'_>, depth: usize) {
        self.text.push_str(item.key.unwrap_or(""));
        self.text.push(':');
        self.value(item, depth);
    }

    fn element(&mut self, item: &Item<'_>, depth: usize) {
        self.text.push('-');
        if !is_block(&item.value) {
            self.value(item, depth);
        } else if item.head.is_empty() {
            self.text.push(' ');
            self.block(&item.value, depth + 2, Start::BehindDash);
        } else {
            self.tail(&item.head);
            self.text.push('\n');
            self.block(&item.value, depth + 2, Start::BelowDash);
        }
    }

    /// The comments above what comes first in an element: behind the dash is no place for them, so they go above it.
    fn hoisted(&mut self, value: &Value<'_>, depth: usize) {
        let Some(item) = first(value).filter(|_| is_block(value)) else {
            return;
        };
        for lead in &item.leads {
            self.indent(depth);
            self.text.push_str(lead.text);
            self.text.push('\n');
        }
        if item.key.is_none() {
            self.hoisted(&item.value, depth);
        }
    }

    /// A value behind its key or dash, to the end of its lines.
    fn value(&mut self, item: &Item<'_>, depth: usize) {
        if is_block(&item.value) {
            self.tail(&item.head);
            self.text.push('\n');
            self.block(&item.value, depth + 2, Start::Line);
            return;
        }
        match &item.value {
            Value::Scalar("") => {}
            Value::Scalar(written) if written.starts_with(['|', '>']) => {
                self.text.push(' ');
                self.literal(written, depth + 2);
            }
            other => {
                self.text.push(' ');
                self.flow(other, depth);
            }
        }
        self.tail(&item.tail);
        self.text.push('\n');
    }

    /// A literal or folded scalar, its lines below its head, their own indents kept.
    fn literal(&mut self, written: &str, depth: usize) {
        let mut lines = written.lines();
        self.text.push_str(lines.next().unwrap_or(""));
        let lines: Vec<&str> = lines.collect();
        let indent_of = |line: &&&str| line.len() - line.trim_start_matches(' ').len();
        let own = lines.iter().find(|line| !line.trim().is_empty());
        let own = own.as_ref().map_or(0, indent_of);
        for line in lines {
            self.text.push('\n');
            let rest = line.get(own..).unwrap_or("");
            if !rest.is_empty() {
                self.indent(depth);
                self.text.push_str(rest);
            }
        }
    }

    /// What stands on one line, or in braces and brackets that were opened over several.
    fn flow(&mut self, value: &Value<'_>, depth: usize) {
        let (is_map, items, foot, shape) = match value {
            Value::Scalar(written) => {
                for (place, line) in written.lines().enumerate() {
                    if place > 0 {
                        self.text.push('\n');
                        if !line.trim().is_empty() {
                            self.indent(depth + 2);
                        }
                    }
                    self.text
                        .push_str(if place > 0 { line.trim_start() } else { line });
                }
                return;
            }
            Value::Collection {
                is_map,
                items,
                foot,
                shape,
                ..
            } => (*is_map, items, foot, *shape),
        };
        let (open, close) = if is_map { ('{', '}') } else { ('[', ']') };
        let items = ordered(items, shape);
        self.text.push(open);
        if is_open(value) {
            self.opened(&items, foot, depth + 2);
            self.indent(depth);
        } else {
            let space = if is_map && !items.is_empty() { " " } else { "" };
            self.text.push_str(space);
            for (place, item) in items.iter().enumerate() {
                self.text.push_str(if place == 0 { "" } else { ", " });
                self.pair(item, depth);
            }
            self.text.push_str(space);
        }
        self.text.push(close);
    }

    /// The items of an opened collection, each on its line.
    fn opened(&mut self, items: &[&Item<'_>], foot: &[Lead<'_>], depth: usize) {
        self.text.push('\n');
        for (place, item) in items.iter().enumerate() {
            if place > 0 && item.is_apart {
                self.text.push('\n');
            }
            self.leads(&item.leads, depth, false);
            if item.is_apart_from_leads {
                self.text.push('\n');
            }
            self.indent(depth);
            self.pair(item, depth);
            self.text
                .push_str(if place + 1 < items.len() { "," } else { "" });
            self.tail(&item.tail);
            self.text.push('\n');
        }
        self.leads(foot, depth, !items.is_empty());
    }

    fn pair(&mut self, item: &Item<'_>, depth: usize) {
        if let Some(key) = item.key {
            self.text.push_str(key);
            self.text.push_str(": ");
        }
        match &item.value {
            Value::Scalar("") => self.text.push_str("null"),
            value => self.flow(value, depth),
        }
    }
}

/// Whether a collection stands on lines of its own.
fn is_block(value: &Value<'_>) -> bool {
    matches!(value, Value::Collection { is_flow: false, .. })
}

/// Whether what is in braces or brackets takes several lines: where it did, or has comments.
fn is_open(value: &Value<'_>) -> bool {
    match value {
        Value::Scalar(_) => false,
        Value::Collection {
            is_open,
            items,
            foot,
            ..
        } => {
            let has_comment = |item: &Item<'_>| !item.leads.is_empty() || !item.tail.is_empty();
            *is_open && !items.is_empty() || !foot.is_empty() || items.iter().any(has_comment)
        }
    }
}

/// Whether an entry takes several lines.
fn is_long(item: &Item<'_>) -> bool {
    match &item.value {
        Value::Scalar(written) => written.contains('\n'),
        Value::Collection { is_flow: false, .. } => true,
        flow @ Value::Collection { .. } => is_open(flow),
    }
}

/// The first item that is printed.
fn first<'v, 's>(value: &'v Value<'s>) -> Option<&'v Item<'s>> {
    match value {
        Value::Scalar(_) => None,
        Value::Collection { items, shape, .. } => ordered(items, *shape).first().copied(),
    }
}

/// The items in the order of the language's keys; those that aren't words of the language stay behind, as they are.
fn ordered<'v, 's>(items: &'v [Item<'s>], shape: Shape) -> Vec<&'v Item<'s>> {
    let mut ordered: Vec<&Item<'_>> = items.iter().collect();
    ordered.sort_by_key(|item| {
        let key = item.key.unwrap_or("").trim_matches(['"', '\'']);
        shape.rank(key).unwrap_or(usize::MAX)
    });
    ordered
}
