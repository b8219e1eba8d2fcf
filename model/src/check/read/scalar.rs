//! Text, truth values and words of a fixed set.

use super::{Entry, Reader, What};
use crate::Code;
use crate::quoted::{Excerpt, Quoted};
use crate::tree::{Content, Node, Scalar, ScalarKind};

impl Reader<'_> {
    /// Text, which a number or truth value isn't.
    pub(in crate::check) fn text<'t>(&mut self, node: Node<'t>, what: What<'_>) -> Option<&'t str> {
        let help = "write text; quotes are needed where it could be read as something else";
        self.text_or(node, what, help)
    }

    /// The same, with a remedy of its own for what is no text.
    pub(in crate::check) fn text_or<'t>(
        &mut self,
        node: Node<'t>,
        what: What<'_>,
        help: &str,
    ) -> Option<&'t str> {
        match node.content() {
            Content::Scalar(Scalar {
                text,
                kind: ScalarKind::Text,
            }) => Some(text),
            Content::Scalar(scalar) if scalar.kind != ScalarKind::Null => {
                let message = format!(
                    "{what} is text, and {} without quotes is {}",
                    Quoted(scalar.text),
                    scalar.kind.describe()
                );
                let help = format!("write it in quotes: \"{}\"", Excerpt(scalar.text));
                self.report.error(Code::Unquoted, node.span, message, help);
                None
            }
            _ => {
                self.wrong_type(node, &format!("{what} is text"), help);
                None
            }
        }
    }

    /// Text of a key for people.
    pub(in crate::check) fn words(&mut self, entry: Entry<'_>) -> Option<Box<str>> {
        self.text(entry.value, &Quoted(entry.key)).map(Into::into)
    }

    /// `true` or `false`.
    pub(in crate::check) fn boolean(&mut self, node: Node<'_>, what: What<'_>) -> Option<bool> {
        let word = match node.content() {
            Content::Scalar(Scalar {
                kind: ScalarKind::Boolean(value),
                ..
            }) => return Some(value),
            Content::Scalar(Scalar {
                kind: ScalarKind::Text,
                text,
            }) => text,
            _ => "",
        };
        let is_one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        let meant = if is_one_of(&["yes", "on", "y", "true"]) {
            "true"
        } else if is_one_of(&["no", "off", "n", "false"]) {
            "false"
        } else {
            let expected = format!("{what} is true or false");
            self.wrong_type(node, &expected, "write `true` or `false`");
            return None;
        };
        let (written, help) = if self.is_quoted(node) {
            (
                format!("\"{word}\" in quotes"),
                format!("write `{meant}`, without quotes"),
            )
        } else {
            (format!("`{word}`"), format!("write `{meant}`"))
        };
        let message = format!("{what} is true or false, and {written} is text");
        self.report
            .error(Code::BooleanWord, node.span, message, help);
        None
    }

    /// A word of a fixed set.
    pub(in crate::check) fn word<T: Copy>(
        &mut self,
        node: Node<'_>,
        what: What<'_>,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(node, what)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let help = self.report.suggest(text, known, "words");
            let message = format!("{what} can't be {}", Quoted(text));
            self.report
                .error(Code::UnknownWord, node.span, message, help);
        }
        found.map(|(_, value)| *value)
    }
}
