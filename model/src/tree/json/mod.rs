//! JSON (RFC 8259), into the same tree as YAML.

mod eight;
mod scalar;

use super::{Content, Diagnostic, Node, Scalar, ScalarKind, Tree, refusal, too_deep};
use crate::{Code, Span, limits};

/// Reads a JSON text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Diagnostic> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        items: Vec::new(),
        entries: Vec::new(),
    };
    let root = reader.document().map_err(|mistake| *mistake)?;
    Ok(Tree {
        root,
        diagnostics: Vec::new(),
    })
}

/// A mistake in a box, so that what is passed on where there is none stays small.
type Mistake = Box<Diagnostic>;

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    depth: usize,
    /// The elements so far of the lists that are open, the innermost's last: each list takes just the memory that it needs.
    items: Vec<Node<'s>>,
    /// The same for mappings.
    entries: Vec<(Node<'s>, Node<'s>)>,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Result<Node<'s>, Mistake> {
        let root = self.value()?;
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.mistake(
                "something stands behind the end of the document",
                "remove it",
            ));
        }
        Ok(root)
    }

    fn value(&mut self) -> Result<Node<'s>, Mistake> {
        self.skip_space();
        let start = self.at;
        let content =
            match self.peek() {
                Some(b'{') => Content::Map(self.nested(Self::entries)?),
                Some(b'[') => Content::List(self.nested(Self::items)?),
                Some(b'"') => Content::Scalar(Scalar {
                    text: self.string()?,
                    kind: ScalarKind::Text,
                }),
                Some(b'-' | b'0'..=b'9') => Content::Scalar(self.number()?),
                Some(b't') => self.word("true", ScalarKind::Boolean(true))?,
                Some(b'f') => self.word("false", ScalarKind::Boolean(false))?,
                Some(b'n') => self.word("null", ScalarKind::Null)?,
                _ => return Err(self.mistake(
                    "a value is missing",
                    "write text in double quotes, a number, `true`, `false`, a list or a mapping",
                )),
            };
        Ok(Node {
            span: Span::new(start, self.at),
            content,
        })
    }

    /// Reads what is inside brackets, one level deeper.
    fn nested<T>(&mut self, inside: fn(&mut Self) -> Result<T, Mistake>) -> Result<T, Mistake> {
        if self.depth >= limits::DEPTH {
            return Err(Box::new(too_deep(Span::new(self.at, self.at + 1))));
        }
        self.depth += 1;
        self.at += 1;
        let content = inside(self);
        self.depth -= 1;
        content
    }

    fn items(&mut self) -> Result<Vec<Node<'s>>, Mistake> {
        let outer = self.items.len();
        if self.closes(b']') {
            return Ok(Vec::new());
        }
        loop {
            let item = self.value()?;
            self.items.push(item);
            if self.closes(b']') {
                return Ok(self.items.split_off(outer));
            }
            self.expect(b',', "a `,` or the closing `]` is missing")?;
        }
    }

    fn entries(&mut self) -> Result<Vec<(Node<'s>, Node<'s>)>, Mistake> {
        let outer = self.entries.len();
        if self.closes(b'}') {
            return Ok(Vec::new());
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.mistake(
                    "a key is missing",
                    "a key of JSON stands in double quotes; no comma comes before `}`",
                ));
            }
            let key = Scalar {
                text: self.string()?,
                kind: ScalarKind::Text,
            };
            let key = Node {
                span: Span::new(start, self.at),
                content: Content::Scalar(key),
            };
            self.expect(b':', "a `:` is missing behind the key")?;
            let value = self.value()?;
            self.entries.push((key, value));
            if self.closes(b'}') {
                return Ok(self.entries.split_off(outer));
            }
            self.expect(b',', "a `,` or the closing `}` is missing")?;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.peek() {
            self.at += 1;
            if byte == b'\n' {
                self.skip_indentation();
            }
        }
    }

    /// Skips the spaces that a line begins with, which are much of a text that is laid out for people.
    fn skip_indentation(&mut self) {
        while let Some(next) = self.next_eight() {
            let spaces = eight::equal_to(next, b' ');
            self.at += spaces;
            if spaces < eight::BYTES {
                return;
            }
        }
    }

    /// The next eight bytes, where there are as many.
    fn next_eight(&self) -> Option<u64> {
        let next = self.bytes.get(self.at..)?.first_chunk()?;
        Some(u64::from_le_bytes(*next))
    }

    fn skip_if(&mut self, is_expected: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(is_expected);
        self.at += usize::from(found);
        found
    }

    fn closes(&mut self, bracket: u8) -> bool {
        self.skip_space();
        self.skip_if(|byte| byte == bracket)
    }

    fn expect(&mut self, expected: u8, message: &str) -> Result<(), Mistake> {
        self.skip_space();
        if self.skip_if(|byte| byte == expected) {
            return Ok(());
        }
        Err(self.mistake(
            message,
            "see the line above it too: what is missing is often found one line late",
        ))
    }

    /// A mistake at the next character.
    #[cold]
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "every caller passes it on in its box"
    )]
    fn mistake(&self, message: &str, help: &str) -> Mistake {
        let rest = self.text.get(self.at..).unwrap_or("");
        let character = rest.chars().next().filter(|c| !matches!(c, '\n' | '\r'));
        let width = character.map_or(0, char::len_utf8);
        let (message, help) = if rest.is_empty() {
            ("the document ends too early", help)
        } else if is_comment(rest) {
            (
                "JSON has no comments",
                "remove it, or write the document in YAML, where `#` begins a comment",
            )
        } else {
            (message, help)
        };
        let span = Span::new(self.at, self.at + width);
        Box::new(refusal(Code::JsonSyntax, span, message, help))
    }
}

/// Whether a comment begins here, of a language that looks like JSON.
pub(super) fn is_comment(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with("/*")
}

#[cfg(test)]
mod tests;
