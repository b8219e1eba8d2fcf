//! Strings, numbers and words of JSON.

use super::super::node::Form;
use super::{Mistake, Reader, ScalarKind, eight};
use crate::Span;

impl<'s> Reader<'s> {
    /// Reads a text into what is open.
    #[inline]
    pub(super) fn string(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        self.at += 1;
        self.skip_plain();
        let form = if self.peek() == Some(b'"') {
            let text = self.text.get(start + 1..self.at).unwrap_or("");
            self.at += 1;
            Form::Written(text, ScalarKind::Text)
        } else {
            self.string_with_escapes(start + 1)?
        };
        self.push(start, form);
        Ok(())
    }

    /// Reads a text that began at `start`, from the first character on that doesn't stand for itself.
    fn string_with_escapes(&mut self, start: usize) -> Result<Form<'s>, Mistake> {
        let first = self.unescaped.len();
        let mut copied = start;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let plain = self.text.get(copied..self.at).unwrap_or("");
                    self.unescaped.push_str(plain);
                    let character = self.escape()?;
                    self.unescaped.push(character);
                    copied = self.at;
                }
                Some(_) => {
                    return Err(self.mistake(
                        "a control character inside text",
                        "write `\\n` for a line break and `\\t` for a tab",
                    ));
                }
                None => {
                    self.at = start - 1;
                    return Err(
                        self.mistake("a quotation mark is never closed", "end the text with `\"`")
                    );
                }
            }
            self.skip_plain();
        }
        let plain = self.text.get(copied..self.at).unwrap_or("");
        self.unescaped.push_str(plain);
        self.at += 1;
        let of = Span::new(first, self.unescaped.len());
        Ok(Form::Unescaped(of, ScalarKind::Text))
    }

    /// Skips what stands in a text for itself.
    fn skip_plain(&mut self) {
        while let Some(next) = self.next_eight() {
            let plain = eight::plain(next);
            self.at += plain;
            if plain < eight::BYTES {
                return;
            }
        }
        while self.skip_if(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)) {}
    }

    /// Reads an escape, from the backslash on.
    fn escape(&mut self) -> Result<char, Mistake> {
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
    fn unicode_escape(&mut self) -> Result<char, Mistake> {
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

    pub(super) fn number(&mut self) -> Result<Form<'s>, Mistake> {
        let start = self.at;
        self.skip_if(|byte| byte == b'-');
        let first = self.peek();
        let whole = self.digits();
        let mut kind = ScalarKind::Integer;
        let mut is_number = whole > 0 && (first != Some(b'0') || whole == 1);
        if self.skip_if(|byte| byte == b'.') {
            kind = ScalarKind::Float;
            is_number &= self.digits() > 0;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            kind = ScalarKind::Float;
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
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
        Ok(Form::Written(text, kind))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    pub(super) fn word(
        &mut self,
        word: &'static str,
        kind: ScalarKind,
    ) -> Result<Form<'s>, Mistake> {
        if !self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            return Err(self.mistake("a value is missing", "text of JSON stands in double quotes"));
        }
        self.at += word.len();
        Ok(Form::Written(word, kind))
    }
}
