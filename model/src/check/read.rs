//! Nodes as what the language wants of them: mappings with known keys, names, text, truth values, lists.

use std::collections::HashMap;

use super::report::Report;
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, InvalidName, Name, RESERVED, Source, Span, limits};

/// A key with its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'t, 's> {
    pub(super) key: &'t str,
    pub(super) span: Span,
    pub(super) value: &'t Node<'s>,
}

/// The entries of a mapping whose keys are fixed words.
#[derive(Debug)]
pub(super) struct Fields<'t, 's> {
    entries: Vec<Entry<'t, 's>>,
    /// Keys that are written but have no value, which has been reported.
    empty: Vec<&'t str>,
}

impl<'t, 's> Fields<'t, 's> {
    pub(super) fn get(&self, key: &str) -> Option<Entry<'t, 's>> {
        self.entries.iter().copied().find(|entry| entry.key == key)
    }

    /// Whether the key is written, with a value or without.
    pub(super) fn is_written(&self, key: &str) -> bool {
        self.get(key).is_some() || self.empty.contains(&key)
    }
}

/// Reads nodes and reports what they should have been.
#[derive(Debug)]
pub(super) struct Reader<'c> {
    pub(super) source: &'c Source<'c>,
    pub(super) report: Report,
}

impl Reader<'_> {
    /// A mapping with words of the language for keys; other keys and keys without a value are reported and left out.
    pub(super) fn fields<'t, 's>(
        &mut self,
        node: &'t Node<'s>,
        what: &str,
        known: &[&'static str],
    ) -> Option<Fields<'t, 's>> {
        self.fields_unless(node, what, known, |reader, entry| {
            reader.unknown_key(entry, what, known);
        })
    }

    /// The same, with another idea of what to do with an unknown key.
    pub(super) fn fields_unless<'t, 's>(
        &mut self,
        node: &'t Node<'s>,
        what: &str,
        known: &[&'static str],
        unknown: impl Fn(&mut Self, Entry<'t, 's>),
    ) -> Option<Fields<'t, 's>> {
        let mut fields = Fields {
            entries: Vec::new(),
            empty: Vec::new(),
        };
        for entry in self.entries(node, what)? {
            if !known.contains(&entry.key) {
                unknown(self, entry);
            } else if self.is_null(entry) {
                fields.empty.push(entry.key);
            } else {
                fields.entries.push(entry);
            }
        }
        Some(fields)
    }

    pub(super) fn unknown_key(&mut self, entry: Entry<'_, '_>, what: &str, known: &[&'static str]) {
        let help = self
            .report
            .suggest(entry.key, known.iter().copied(), "keys");
        self.report.error(
            Code::UnknownKey,
            entry.span,
            format!("unknown key `{}` in {what}", entry.key),
            help,
        );
    }

    /// A mapping with any keys of text, each once, in the document's order.
    pub(super) fn entries<'t, 's>(
        &mut self,
        node: &'t Node<'s>,
        what: &str,
    ) -> Option<Vec<Entry<'t, 's>>> {
        let Content::Map(pairs) = &node.content else {
            self.wrong_type(
                node,
                &format!("{what} is a mapping"),
                "write `key: value` lines below it, indented by two spaces",
            );
            return None;
        };
        let mut entries: Vec<Entry<'t, 's>> = Vec::with_capacity(pairs.len());
        let mut seen = Seen::default();
        for (key, value) in pairs {
            let Some(text) = self.key(key) else { continue };
            if let Some(first) = seen.insert(text, key.span, &entries) {
                let line = self.source.position(first.start).line;
                let message =
                    format!("the key `{text}` stands twice in {what}; the first is on line {line}");
                self.report
                    .error(Code::DuplicateKey, key.span, message, "keep one of the two");
                continue;
            }
            entries.push(Entry {
                key: text,
                span: key.span,
                value,
            });
        }
        Some(entries)
    }

    fn key<'t>(&mut self, node: &'t Node<'_>) -> Option<&'t str> {
        match &node.content {
            Content::Scalar(Scalar { text, .. }) if text == "<<" => {
                let help = "write the keys out; what several conditions share can be a segment";
                self.report.error(
                    Code::Anchor,
                    node.span,
                    "the language has no merge keys (`<<`)",
                    help,
                );
                None
            }
            // `true` and `false` may name the variants of a boolean, and where they don't no name is that.
            Content::Scalar(Scalar {
                text,
                kind: ScalarKind::Text | ScalarKind::Boolean(_),
            }) => Some(text),
            Content::Scalar(Scalar {
                text,
                kind: ScalarKind::Integer | ScalarKind::Float,
            }) => {
                let message = format!("the key `{text}` is a number, and keys are text");
                self.report.error(
                    Code::Unquoted,
                    node.span,
                    message,
                    format!("write it in quotes: \"{text}\""),
                );
                None
            }
            Content::Scalar(Scalar {
                kind: ScalarKind::Null,
                ..
            }) => {
                self.report.error(
                    Code::Null,
                    node.span,
                    "a key is missing before the `:`",
                    "write a name there",
                );
                None
            }
            Content::Alias => None,
            Content::List(_) | Content::Map(_) => {
                let message = format!("a key is text, found {}", node.content.describe());
                self.report.error(
                    Code::WrongType,
                    node.span,
                    message,
                    "put text that begins with `[` or `{` in quotes",
                );
                None
            }
        }
    }

    fn is_null(&mut self, entry: Entry<'_, '_>) -> bool {
        let is_null = matches!(&entry.value.content, Content::Scalar(scalar) if scalar.kind == ScalarKind::Null);
        if is_null {
            self.null(entry);
        }
        is_null
    }

    /// Reports a key with nothing behind it.
    pub(super) fn null(&mut self, entry: Entry<'_, '_>) {
        let message = format!("`{}` has no value", entry.key);
        self.report.error(
            Code::Null,
            entry.span,
            message,
            "write a value behind the colon, or remove the key; an empty mapping is `{}`",
        );
    }

    /// Reports a node that isn't what belongs there. An alias has been reported already.
    pub(super) fn wrong_type(&mut self, node: &Node<'_>, expected: &str, help: &str) {
        match &node.content {
            Content::Alias => {
                let holder = self.report.holder();
                self.report.broken.insert(holder);
            }
            content => {
                let message = format!("{expected}, found {}", content.describe());
                let code = match content {
                    Content::Scalar(scalar) if scalar.kind == ScalarKind::Null => Code::Null,
                    _ => Code::WrongType,
                };
                self.report.error(code, node.span, message, help);
            }
        }
    }

    /// Text, which a number or truth value isn't.
    pub(super) fn text<'t>(&mut self, node: &'t Node<'_>, what: &str) -> Option<&'t str> {
        match &node.content {
            Content::Scalar(Scalar {
                text,
                kind: ScalarKind::Text,
            }) => Some(text),
            Content::Scalar(scalar) if scalar.kind != ScalarKind::Null => {
                let message = format!(
                    "{what} takes text, and `{}` without quotes is {}",
                    scalar.text,
                    scalar.kind.describe()
                );
                self.report.error(
                    Code::Unquoted,
                    node.span,
                    message,
                    format!("write it in quotes: \"{}\"", scalar.text),
                );
                None
            }
            _ => {
                self.wrong_type(
                    node,
                    &format!("{what} takes text"),
                    "write text; quotes are needed where it could be read as something else",
                );
                None
            }
        }
    }

    /// Text of a key for people.
    pub(super) fn words(&mut self, entry: Entry<'_, '_>) -> Option<Box<str>> {
        self.text(entry.value, &format!("`{}`", entry.key))
            .map(Into::into)
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, node: &Node<'_>, what: &str) -> Option<bool> {
        let word = match &node.content {
            Content::Scalar(Scalar {
                kind: ScalarKind::Boolean(value),
                ..
            }) => return Some(*value),
            Content::Scalar(Scalar {
                kind: ScalarKind::Text,
                text,
            }) => text.to_ascii_lowercase(),
            _ => String::new(),
        };
        let meant = match word.as_str() {
            "yes" | "on" | "y" | "true" => "true",
            "no" | "off" | "n" | "false" => "false",
            _ => {
                self.wrong_type(
                    node,
                    &format!("{what} is true or false"),
                    "write `true` or `false`",
                );
                return None;
            }
        };
        let message = format!("{what} is true or false, and `{word}` is text");
        self.report.error(
            Code::BooleanWord,
            node.span,
            message,
            format!("write `{meant}`, without quotes"),
        );
        None
    }

    /// The elements of a list.
    pub(super) fn list<'t, 's>(
        &mut self,
        node: &'t Node<'s>,
        what: &str,
    ) -> Option<&'t [Node<'s>]> {
        let Content::List(items) = &node.content else {
            self.wrong_type(
                node,
                &format!("{what} is a list"),
                "write `[a, b]`, or a line `- a` for each element",
            );
            return None;
        };
        if items.len() > limits::LIST_ENTRIES {
            let message = format!(
                "{what} has {} entries; the limit is {}",
                items.len(),
                limits::LIST_ENTRIES
            );
            self.report.error(
                Code::TooManyEntries,
                node.span,
                message,
                "use a condition instead of a list, or several segments",
            );
            return None;
        }
        Some(items)
    }

    /// One node, or each of a list that isn't empty.
    pub(super) fn one_or_more<'t, 's>(
        &mut self,
        node: &'t Node<'s>,
        what: &str,
    ) -> Option<&'t [Node<'s>]> {
        if !matches!(node.content, Content::List(_)) {
            return Some(core::slice::from_ref(node));
        }
        let items = self.list(node, what)?;
        if items.is_empty() {
            self.empty(
                node.span,
                &format!("{what} is an empty list, which nothing fits"),
            );
            return None;
        }
        Some(items)
    }

    /// Reports an emptiness that could be taken for "everyone".
    pub(super) fn empty(&mut self, span: Span, message: &str) {
        self.report.error(
            Code::Emptiness,
            span,
            message,
            "write what it shall hold for; `segment: everyone` holds for all",
        );
    }

    /// A name of anything, which stands as a key or as text.
    pub(super) fn name(&mut self, text: &str, span: Span, what: &str) -> Option<Name> {
        match Name::new(text) {
            Ok(name) => Some(name),
            Err(invalid) => {
                let help = match invalid {
                    InvalidName::AllDigits => "put a letter in front".to_owned(),
                    _ => format!("for example `{}`", similar_name(text)),
                };
                self.report.error(
                    Code::InvalidName,
                    span,
                    format!("ill-formed name of {what}: {invalid}"),
                    help,
                );
                None
            }
        }
    }

    /// A name that conditions use, and so none that they reserve.
    pub(super) fn unreserved_name(&mut self, text: &str, span: Span, what: &str) -> Option<Name> {
        if RESERVED.contains(&text) {
            let message = format!("`{text}` is reserved and can't name {what}");
            self.report.error(
                Code::ReservedName,
                span,
                message,
                format!("for example `{text}_` or `the_{text}`"),
            );
            return None;
        }
        self.name(text, span, what)
    }

    /// A word of a fixed set.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node<'_>,
        what: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(node, what)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let help = self
                .report
                .suggest(text, words.iter().map(|(word, _)| *word), "words");
            self.report.error(
                Code::UnknownWord,
                node.span,
                format!("{what} can't be `{text}`"),
                help,
            );
        }
        found.map(|(_, value)| *value)
    }
}

/// The text with what no name has replaced, for an example.
fn similar_name(text: &str) -> String {
    let replaced: String = text
        .chars()
        .take(limits::NAME_CHARACTERS)
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let trimmed = replaced.trim_matches(['_', '-', '.']);
    if Name::new(trimmed).is_ok() {
        trimmed.to_owned()
    } else {
        "my_name".to_owned()
    }
}

/// The keys of a mapping so far; a small mapping is searched, a large one hashed.
#[derive(Default)]
struct Seen<'t> {
    hashed: HashMap<&'t str, Span>,
}

impl<'t> Seen<'t> {
    const SEARCHED: usize = 16;

    /// Notes a key; where it was there before, its first place.
    fn insert(&mut self, key: &'t str, span: Span, entries: &[Entry<'t, '_>]) -> Option<Span> {
        if entries.len() <= Self::SEARCHED {
            return entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| entry.span);
        }
        if self.hashed.is_empty() {
            self.hashed
                .extend(entries.iter().map(|entry| (entry.key, entry.span)));
        }
        let first = self.hashed.get(key).copied();
        self.hashed.entry(key).or_insert(span);
        first
    }
}
