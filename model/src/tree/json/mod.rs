//! JSON (RFC 8259), into the same tree as YAML.

mod eight;
mod scalar;

use super::node::{Form, Record};
use super::{Diagnostic, ScalarKind, Tree, refusal, too_deep};
use crate::{Code, Span, limits};

/// Reads a JSON text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Diagnostic> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        open: Vec::new(),
        records: Vec::with_capacity(text.len() / BYTES_OF_NODE),
        unescaped: String::new(),
    };
    let root = reader.document().map_err(|mistake| *mistake)?;
    Ok(Tree {
        diagnostics: Vec::new(),
        unescaped: reader.unescaped,
        root,
        records: reader.records,
    })
}

/// How many bytes documents have for each node at least, as a rule: room for all nodes is taken at once, and what isn't needed of
/// it is never touched.
const BYTES_OF_NODE: usize = 6;

/// A mistake in a box, so that what is passed on where there is none stays small.
type Mistake = Box<Diagnostic>;

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    depth: usize,
    /// What is so far in the lists and mappings that are open, the innermost's last.
    open: Vec<Record<'s>>,
    /// What is in those that are closed.
    records: Vec<Record<'s>>,
    unescaped: String,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Result<Record<'s>, Mistake> {
        self.value()?;
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.mistake(
                "something stands behind the end of the document",
                "remove it",
            ));
        }
        Ok(self
            .open
            .pop()
            .unwrap_or_else(|| Record::alias(Span::default())))
    }

    /// Reads a value into what is open.
    fn value(&mut self) -> Result<(), Mistake> {
        self.skip_space();
        let start = self.at;
        let form =
            match self.peek() {
                Some(b'"') => return self.string(),
                Some(b'{') => Form::Map(self.nested(Self::entries)?),
                Some(b'[') => Form::List(self.nested(Self::items)?),
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.word("true", ScalarKind::Boolean(true))?,
                Some(b'f') => self.word("false", ScalarKind::Boolean(false))?,
                Some(b'n') => self.word("null", ScalarKind::Null)?,
                _ => return Err(self.mistake(
                    "a value is missing",
                    "write text in double quotes, a number, `true`, `false`, a list or a mapping",
                )),
            };
        self.push(start, form);
        Ok(())
    }

    /// Puts what began at `start` and ends here behind what is open.
    #[inline]
    fn push(&mut self, start: usize, form: Form<'s>) {
        let span = Span::new(start, self.at);
        self.open.push(Record { span, form });
    }

    /// Reads what is inside brackets, one level deeper; the range of its records.
    fn nested(&mut self, inside: fn(&mut Self) -> Result<(), Mistake>) -> Result<Span, Mistake> {
        if self.depth >= limits::DEPTH {
            return Err(Box::new(too_deep(Span::new(self.at, self.at + 1))));
        }
        self.depth += 1;
        self.at += 1;
        let outer = self.open.len();
        inside(self)?;
        self.depth -= 1;
        let start = self.records.len();
        let inner = self.open.get(outer..).unwrap_or_default();
        self.records.extend_from_slice(inner);
        self.open.truncate(outer);
        Ok(Span::new(start, self.records.len()))
    }

    fn items(&mut self) -> Result<(), Mistake> {
        self.skip_space();
        if self.skip_if(|byte| byte == b']') {
            return Ok(());
        }
        loop {
            self.value()?;
            if !self.goes_on(b']', "a `,` or the closing `]` is missing")? {
                return Ok(());
            }
        }
    }

    fn entries(&mut self) -> Result<(), Mistake> {
        self.skip_space();
        if self.skip_if(|byte| byte == b'}') {
            return Ok(());
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.mistake(
                    "a key is missing",
                    "a key of JSON stands in double quotes; no comma comes before `}`",
                ));
            }
            self.string()?;
            self.skip_space();
            if !self.skip_if(|byte| byte == b':') {
                return Err(self.missing("a `:` is missing behind the key"));
            }
            self.value()?;
            if !self.goes_on(b'}', "a `,` or the closing `}` is missing")? {
                return Ok(());
            }
        }
    }

    /// Whether a comma comes next, and not the closing bracket.
    fn goes_on(&mut self, bracket: u8, missing: &str) -> Result<bool, Mistake> {
        self.skip_space();
        let next = self.peek();
        if next != Some(b',') && next != Some(bracket) {
            return Err(self.missing(missing));
        }
        self.at += 1;
        Ok(next == Some(b','))
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

    /// The mistake that a sign isn't there.
    #[cold]
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "every caller passes it on in its box"
    )]
    fn missing(&self, message: &str) -> Mistake {
        self.mistake(
            message,
            "see the line above it too: what is missing is often found one line late",
        )
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
