//! Mappings: their keys, each once, with known words for keys or with anybody's.

use core::fmt;

use super::Reader;
use super::entries::{self, Entry};
use super::seen::{Seen, mark};
use crate::quoted::{Excerpt, Quoted};
use crate::tree::{Content, Entries, Node, Scalar, ScalarKind};
use crate::{Code, Span};

/// Whether a key is one of those known. Nearly all of those are of another length or begin otherwise, which costs less to tell
/// than a comparison of texts.
fn is_among(key: &str, known: &[&str]) -> bool {
    let first = key.as_bytes().first();
    let looks_alike = |other: &&str| other.len() == key.len() && other.as_bytes().first() == first;
    let mut alike = known.iter().copied().filter(looks_alike);
    alike.any(|other| other == key)
}

/// The entries of a mapping whose keys are fixed words. They stay where they stand in the tree.
#[derive(Debug)]
pub(in crate::check) struct Fields<'t> {
    pairs: Entries<'t>,
    /// The marks of the known keys that have a value. Most keys that are asked for aren't written, and this says so at once.
    marks: u64,
    /// Keys that are written but have no value, which has been reported.
    empty: Vec<&'t str>,
    /// Whether an unknown key has been reported, which may be a required one with a typo.
    has_unknown: bool,
}

impl<'t> Fields<'t> {
    /// The entry of a known key.
    #[inline]
    pub(in crate::check) fn get(&self, key: &str) -> Option<Entry<'t>> {
        if self.marks & mark(key) == 0 {
            return None;
        }
        let mut entries = self.pairs.iter().filter_map(Entry::of);
        let entry = entries.find(|entry| entry.key == key)?;
        (!entry.value.is_null()).then_some(entry)
    }

    /// Whether one of the keys with these [`marks`] may have a value: where not, none of them has.
    #[inline]
    pub(in crate::check) fn may_have(&self, marks: u64) -> bool {
        self.marks & marks != 0
    }

    /// Whether the key is written, with a value or without.
    pub(in crate::check) fn is_written(&self, key: &str) -> bool {
        self.get(key).is_some() || self.empty.contains(&key)
    }

    /// Takes a key for written, because what stands for it has been reported.
    pub(in crate::check) fn count_as_written(&mut self, key: &'static str) {
        self.empty.push(key);
    }

    /// Whether that none of these keys is written is a mistake of its own, and not what follows from an unknown key.
    pub(in crate::check) fn lacks(&self, keys: &[&str]) -> bool {
        !self.has_unknown && !keys.iter().any(|key| self.is_written(key))
    }

    /// Whether there is no entry at all, not even a wrong one.
    pub(in crate::check) fn is_empty(&self) -> bool {
        self.marks == 0 && self.empty.is_empty() && !self.has_unknown
    }
}

impl Reader<'_> {
    /// A mapping with words of the language for keys; other keys and keys without a value are reported and left out.
    pub(in crate::check) fn fields<'t>(
        &mut self,
        node: Node<'t>,
        what: impl fmt::Display + Copy,
        help: impl fmt::Display + Copy,
        known: &[&'static str],
    ) -> Option<Fields<'t>> {
        self.fields_unless(node, what, help, known, |reader, entry| {
            reader.unknown_key(entry, what, known);
        })
    }

    /// The same, with another idea of what to do with an unknown key.
    pub(in crate::check) fn fields_unless<'t>(
        &mut self,
        node: Node<'t>,
        what: impl fmt::Display + Copy,
        help: impl fmt::Display + Copy,
        known: &[&'static str],
        mut unknown: impl FnMut(&mut Self, Entry<'t>),
    ) -> Option<Fields<'t>> {
        let entries = self.entries(node, what, help)?;
        let mut fields = Fields {
            pairs: entries.pairs(),
            marks: 0,
            empty: Vec::new(),
            has_unknown: false,
        };
        for entry in entries.iter() {
            if !is_among(entry.key, known) {
                fields.has_unknown = true;
                unknown(self, entry);
            } else if self.has_value(entry, "…") {
                fields.marks |= mark(entry.key);
            } else {
                fields.empty.push(entry.key);
            }
        }
        Some(fields)
    }

    pub(in crate::check) fn unknown_key(
        &mut self,
        entry: Entry<'_>,
        what: impl fmt::Display,
        known: &[&'static str],
    ) {
        if self.report.only_counts() {
            return;
        }
        let help = match missing_space(entry.key) {
            Some(help) => help,
            None => self
                .report
                .suggest(entry.key, known.iter().copied(), "keys"),
        };
        let message = format!("unknown key {} in {what}", Quoted(entry.key));
        self.report
            .error(Code::UnknownKey, entry.span, message, help);
    }

    /// A mapping with any keys of text, each once, in the document's order.
    pub(in crate::check) fn entries<'t>(
        &mut self,
        node: Node<'t>,
        what: impl fmt::Display + Copy,
        help: impl fmt::Display,
    ) -> Option<entries::Entries<'t>> {
        let Content::Map(pairs) = node.content() else {
            self.no_mapping(node, what, help);
            return None;
        };
        let mut left_out = Vec::new();
        let mut seen = Seen::with_room_for(pairs.len());
        for (place, (key, _)) in pairs.iter().enumerate() {
            let Some(text) = self.key(key) else {
                left_out.push(place);
                continue;
            };
            if let Some(first) = seen.insert(text, key.span, pairs.iter().take(place)) {
                self.duplicate_key(text, key.span, first, what);
                left_out.push(place);
            }
        }
        Some(entries::Entries::new(pairs, left_out))
    }

    fn no_mapping(&mut self, node: Node<'_>, what: impl fmt::Display, help: impl fmt::Display) {
        let space = match node.content() {
            Content::Scalar(scalar) if scalar.kind == ScalarKind::Text => {
                missing_space(scalar.text)
            }
            _ => None,
        };
        let help = space.unwrap_or_else(|| help.to_string());
        self.wrong_type(node, &format!("{what} is a mapping"), &help);
    }

    fn duplicate_key(&mut self, key: &str, span: Span, first: Span, what: impl fmt::Display) {
        if self.report.only_counts() {
            return;
        }
        let line = self.source.line_of(first.start);
        let message = format!(
            "the key {} stands twice in {what}; the first is on line {line}",
            Quoted(key)
        );
        self.report
            .error(Code::DuplicateKey, span, message, "keep one of the two");
    }

    fn key<'t>(&mut self, node: Node<'t>) -> Option<&'t str> {
        let (code, message, help) = match node.content() {
            Content::Scalar(Scalar { text: "<<", .. }) => (
                Code::Anchor,
                "the language has no merge keys (`<<`)".to_owned(),
                "write the keys out; what several conditions share can be a segment".to_owned(),
            ),
            Content::Scalar(Scalar { text, kind }) => match kind {
                // `true` and `false` may name the variants of a boolean, and where they don't no name is that.
                ScalarKind::Text | ScalarKind::Boolean(_) => return Some(text),
                ScalarKind::Integer | ScalarKind::Float => (
                    Code::Unquoted,
                    format!("the key {} is a number, and keys are text", Quoted(text)),
                    format!("write it in quotes: \"{}\"", Excerpt(text)),
                ),
                ScalarKind::Null if node.span.start == node.span.end => (
                    Code::Null,
                    "a key is missing before the `:`".to_owned(),
                    "write a name there".to_owned(),
                ),
                ScalarKind::Null => (
                    Code::Null,
                    format!("{} is nothing (null), and no key", Quoted(text)),
                    "write a name there".to_owned(),
                ),
            },
            Content::Alias => {
                self.report.spoil();
                return None;
            }
            Content::List(_) | Content::Map(_) => (
                Code::WrongType,
                format!("a key is text, found {}", node.content().describe()),
                "put text that begins with `[` or `{` in quotes".to_owned(),
            ),
        };
        self.report.error(code, node.span, message, help);
        None
    }

    /// Whether a key has a value; that it has none is reported, with an example of one.
    pub(in crate::check) fn has_value(&mut self, entry: Entry<'_>, example: &str) -> bool {
        let is_null = entry.value.is_null();
        if is_null {
            self.null(entry, example);
        }
        !is_null
    }

    /// Reports a key with nothing behind it.
    pub(in crate::check) fn null(&mut self, entry: Entry<'_>, example: &str) {
        let message = format!("{} has no value", Quoted(entry.key));
        let help = match example {
            "…" => "write a value behind the colon, or remove the key".to_owned(),
            _ => format!("write `{}: {example}`", Excerpt(entry.key)),
        };
        self.report.error(Code::Null, entry.span, message, help);
    }
}

/// The remedy for `key:value`, which is all one word.
fn missing_space(text: &str) -> Option<String> {
    let (key, value) = text.split_once(':')?;
    let is_word = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_word = is_word && key.len() <= 20 && !value.starts_with([' ', '/']);
    is_word.then(|| format!("put a space behind the colon: `{key}: {}`", Excerpt(value)))
}
