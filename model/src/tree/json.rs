//! JSON (RFC 8259), into the same tree as YAML.

use std::borrow::Cow;

use super::{Content, Diagnostic, Node, Scalar, ScalarKind, Tree, refusal, too_deep};
use crate::{Code, Span, limits};

/// Reads a JSON text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Diagnostic> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
    };
    let root = reader.value()?;
    reader.skip_space();
    if reader.at < reader.bytes.len() {
        return Err(reader.mistake(
            "something stands behind the end of the document",
            "remove it",
        ));
    }
    Ok(Tree {
        root,
        diagnostics: Vec::new(),
    })
}

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn value(&mut self) -> Result<Node<'s>, Diagnostic> {
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
    fn nested<T>(
        &mut self,
        inside: fn(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        if self.depth >= limits::DEPTH {
            return Err(too_deep(Span::new(self.at, self.at + 1)));
        }
        self.depth += 1;
        self.at += 1;
        let content = inside(self);
        self.depth -= 1;
        content
    }

    fn items(&mut self) -> Result<Vec<Node<'s>>, Diagnostic> {
        let mut items = Vec::new();
        if self.closes(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value()?);
            if self.closes(b']') {
                return Ok(items);
            }
            self.expect(b',', "a `,` or the closing `]` is missing")?;
        }
    }

    fn entries(&mut self) -> Result<Vec<(Node<'s>, Node<'s>)>, Diagnostic> {
        let mut entries = Vec::new();
        if self.closes(b'}') {
            return Ok(entries);
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
            entries.push((key, self.value()?));
            if self.closes(b'}') {
                return Ok(entries);
            }
            self.expect(b',', "a `,` or the closing `}` is missing")?;
        }
    }

    fn string(&mut self) -> Result<Cow<'s, str>, Diagnostic> {
        self.at += 1;
        let start = self.at;
        let mut unescaped: Option<String> = None;
        let mut copied = start;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let text = unescaped.get_or_insert_default();
                    text.push_str(self.text.get(copied..self.at).unwrap_or(""));
                    let character = self.escape()?;
                    text.push(character);
                    copied = self.at;
                }
                Some(0..=0x1f) => {
                    return Err(self.mistake(
                        "a control character inside text",
                        "write `\\n` for a line break and `\\t` for a tab",
                    ));
                }
                Some(_) => self.at += 1,
                None => {
                    self.at = start - 1;
                    return Err(
                        self.mistake("a quotation mark is never closed", "end the text with `\"`")
                    );
                }
            }
        }
        let rest = self.text.get(copied..self.at).unwrap_or("");
        self.at += 1;
        Ok(match unescaped {
            None => Cow::Borrowed(rest),
            Some(text) => Cow::Owned(text + rest),
        })
    }

    /// Reads an escape, from the backslash on.
    fn escape(&mut self) -> Result<char, Diagnostic> {
        let kind = self.bytes.get(self.at + 1).copied();
        let character = match kind {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.mistake("no such escape", "write `\\\\` for a backslash")),
        };
        self.at += 2;
        Ok(character)
    }

    /// Reads `\uXXXX`, or two of them that stand for one character.
    fn unicode_escape(&mut self) -> Result<char, Diagnostic> {
        let mut units = [0_u16; 2];
        let mut length = 0;
        for unit in &mut units {
            let digits = self
                .text
                .get(self.at..self.at + 6)
                .and_then(|escape| escape.strip_prefix("\\u"))
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let Some(number) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok())
            else {
                break;
            };
            *unit = number;
            length += 1;
            self.at += 6;
            if !matches!(number, 0xd800..=0xdbff) {
                break;
            }
        }
        char::decode_utf16(units.into_iter().take(length))
            .next()
            .and_then(Result::ok)
            .ok_or_else(|| self.mistake("no character has this number", "`\\u` takes four hexadecimal digits, and a pair of surrogates makes one character"))
    }

    fn number(&mut self) -> Result<Scalar<'s>, Diagnostic> {
        let start = self.at;
        self.skip_one_of(b"-");
        let first = self.peek();
        let whole = self.digits();
        let mut kind = ScalarKind::Integer;
        let mut is_number = whole > 0 && (first != Some(b'0') || whole == 1);
        if self.skip_one_of(b".") {
            kind = ScalarKind::Float;
            is_number &= self.digits() > 0;
        }
        if self.skip_one_of(b"eE") {
            kind = ScalarKind::Float;
            self.skip_one_of(b"+-");
            is_number &= self.digits() > 0;
        }
        if !is_number {
            self.at = start;
            return Err(self.mistake(
                "not a number of JSON",
                "write it as in `-1.5e3`, or put text in double quotes",
            ));
        }
        let text = self.text.get(start..self.at).unwrap_or("0");
        Ok(Scalar {
            text: Cow::Borrowed(text),
            kind,
        })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn word(&mut self, word: &'static str, kind: ScalarKind) -> Result<Content<'s>, Diagnostic> {
        if !self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            return Err(self.mistake("a value is missing", "text of JSON stands in double quotes"));
        }
        self.at += word.len();
        Ok(Content::Scalar(Scalar {
            text: Cow::Borrowed(word),
            kind,
        }))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn skip_one_of(&mut self, allowed: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| allowed.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn closes(&mut self, bracket: u8) -> bool {
        self.skip_space();
        self.skip_one_of(&[bracket])
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), Diagnostic> {
        self.skip_space();
        if self.skip_one_of(&[byte]) {
            return Ok(());
        }
        Err(self.mistake(
            message,
            "see the line above it too: what is missing is often found one line late",
        ))
    }

    /// A mistake at the next character.
    fn mistake(&self, message: &str, help: &str) -> Diagnostic {
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
        refusal(Code::JsonSyntax, span, message, help)
    }
}

/// Whether a comment begins here, of a language that looks like JSON.
pub(super) fn is_comment(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with("/*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node<'_>) -> String {
        match &node.content {
            Content::Scalar(scalar) => format!("{:?}:{}", scalar.kind, scalar.text),
            Content::List(items) => format!(
                "[{}]",
                items.iter().map(shown).collect::<Vec<_>>().join(" ")
            ),
            Content::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{}={}", shown(key), shown(value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
            }
            Content::Alias => "alias".to_owned(),
        }
    }

    #[test]
    fn json_becomes_a_tree() {
        for (text, tree) in [
            (
                r#" {"a": [1, -2.5e3, true, null, "x"], "a": {}} "#,
                "{Text:a=[Integer:1 Float:-2.5e3 Boolean(true):true Null:null Text:x] Text:a={}}",
            ),
            (r#""A\n\"\/\u00e9\ud83d\ude00z""#, "Text:A\n\"/é😀z"),
            ("[]", "[]"),
            ("0", "Integer:0"),
        ] {
            assert_eq!(shown(&read(text).unwrap().root), tree, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_where_it_stops_to_be() {
        for (text, at) in [
            ("{", 1),
            ("[1,]", 3),
            (r#"{"a" 1}"#, 5),
            (r#"{"a":1,}"#, 7),
            ("01", 0),
            ("1.", 0),
            ("-", 0),
            ("nul", 0),
            (r#""abc"#, 0),
            (r#""\x""#, 1),
            (r#""\ud800""#, 7),
            (r#""\udc00""#, 7),
            ("[1] 2", 4),
            ("'a'", 0),
            ("\"\t\"", 1),
            ("{a: 1}", 1),
        ] {
            assert_eq!(
                read(text)
                    .map(|tree| shown(&tree.root))
                    .map_err(|mistake| mistake.span.start),
                Err(at),
                "{text}"
            );
        }
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(limits::DEPTH)).is_ok());
        assert_eq!(
            read(&nested(limits::DEPTH + 1))
                .map(|_| ())
                .map_err(|mistake| mistake.code),
            Err(Code::TooDeep)
        );
        assert_eq!(
            read(&"[".repeat(1_000_000))
                .map(|_| ())
                .map_err(|mistake| mistake.code),
            Err(Code::TooDeep)
        );
    }
}
