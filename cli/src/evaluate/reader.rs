//! JSON, read from one line without building a tree.
//!
//! Numbers are read as the language wants them: one without fraction and exponent is an integer, where 64 bits hold it,
//! and any other is the nearest floating-point number.

use std::borrow::Cow;

/// How deep lists and objects may nest.
const DEPTH: u32 = 128;

/// A place in a text, from which values are read.
pub(super) struct Reader<'l> {
    text: &'l str,
    /// The offset of the next byte.
    at: usize,
    /// How many lists and objects are open.
    depth: u32,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The offset at which it is wrong.
    at: usize,
    /// What is wrong there.
    what: &'static str,
}

impl Malformed {
    /// Tells the mistake with its column in the line. It quotes nothing, since attributes can be private.
    pub(super) fn describe(self, line: &str) -> String {
        let before = line.get(..self.at).unwrap_or(line);
        format!("column {}: {}", before.chars().count() + 1, self.what)
    }
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Integer(i64),
    /// Beyond what 64 bits hold it is infinite.
    Float(f64),
}

impl<'l> Reader<'l> {
    pub(super) fn new(text: &'l str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// A mistake at the place that was reached.
    pub(super) fn malformed(&self, what: &'static str) -> Malformed {
        Malformed { at: self.at, what }
    }

    /// The next byte that isn't white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Reads an object; `member` reads the value of each key.
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'l, str>) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        if self.peek() != Some(b'{') {
            return Err(self.malformed("an object in braces belongs here"));
        }
        self.items(b'}', "`,` or `}` belongs here", |reader| {
            if reader.peek() != Some(b'"') {
                return Err(reader.malformed("a key in double quotes belongs here"));
            }
            let key = reader.text()?;
            if reader.peek() != Some(b':') {
                return Err(reader.malformed("`:` belongs here"));
            }
            reader.at += 1;
            member(reader, key)
        })
    }

    /// Reads a list; `element` reads each element.
    pub(super) fn list(
        &mut self,
        element: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        if self.peek() != Some(b'[') {
            return Err(self.malformed("a list in brackets belongs here"));
        }
        self.items(b']', "`,` or `]` belongs here", element)
    }

    /// Reads what stands between an opening bracket, which is next, and the closing one.
    fn items(
        &mut self,
        close: u8,
        unclosed: &'static str,
        mut item: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        if self.depth == DEPTH {
            return Err(self.malformed("lists and objects nest at most 128 deep"));
        }
        self.depth += 1;
        self.at += 1;
        if self.peek() != Some(close) {
            loop {
                item(self)?;
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == close => break,
                    _ => return Err(self.malformed(unclosed)),
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Reads any value and forgets it.
    pub(super) fn skip(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'{') => self.object(|reader, _| reader.skip()),
            Some(b'[') => self.list(Self::skip),
            Some(b'"') => self.text().map(drop),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ => self.word().map(drop),
        }
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn word(&mut self) -> Result<Option<bool>, Malformed> {
        let rest = self.rest();
        for (word, value) in [("true", Some(true)), ("false", Some(false)), ("null", None)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.malformed("a value belongs here"))
    }

    /// Makes sure that nothing follows but white space.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.malformed("nothing more belongs on this line")),
        }
    }

    /// Reads a text, whose opening quote is next.
    pub(super) fn text(&mut self) -> Result<Cow<'l, str>, Malformed> {
        self.at += 1;
        let plain = self.plain()?;
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = String::from(plain);
        while self.byte() != Some(b'"') {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
        }
        self.at += 1;
        Ok(Cow::Owned(text))
    }

    /// Reads characters up to a quote or a backslash.
    fn plain(&mut self) -> Result<&'l str, Malformed> {
        let rest = self.rest();
        let length = rest
            .bytes()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
        let (plain, _) = length
            .and_then(|length| rest.split_at_checked(length))
            .ok_or_else(|| self.malformed("this text is never closed"))?;
        self.at += plain.len();
        match self.byte() {
            Some(0..b' ') => Err(self.malformed("a control character has to be escaped")),
            _ => Ok(plain),
        }
    }

    /// Reads an escape, whose backslash is next.
    fn escape(&mut self) -> Result<char, Malformed> {
        let start = self.at;
        self.at += 1;
        let escaped = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode(start);
            }
            _ => return Err(self.malformed("this escape isn't known")),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// Reads the digits of `\u…`, and of its second half where it has one.
    fn unicode(&mut self, start: usize) -> Result<char, Malformed> {
        let unit = self.four_digits()?;
        let mut code = unit;
        if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
            self.at += 2;
            let low = self.four_digits()?;
            if (0xDC00..0xE000).contains(&low) {
                code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            }
        }
        // Only half a surrogate pair is no character.
        char::from_u32(code).ok_or(Malformed {
            at: start,
            what: "half of a surrogate pair is no character",
        })
    }

    fn four_digits(&mut self) -> Result<u32, Malformed> {
        let digits = self.rest().get(..4);
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.malformed("four hexadecimal digits belong here"))?;
        self.at += 4;
        Ok(code)
    }

    /// Reads a number.
    pub(super) fn number(&mut self) -> Result<Number, Malformed> {
        let start = self.at;
        self.take(|byte| byte == b'-');
        let leading = self.at;
        let whole = self.digits()?;
        if whole > 1 && self.text.as_bytes().get(leading) == Some(&b'0') {
            self.at = leading;
            return Err(self.malformed("a number doesn't begin with 0"));
        }
        let mut is_integer = true;
        if self.take(|byte| byte == b'.') {
            is_integer = false;
            self.digits()?;
        }
        if self.take(|byte| matches!(byte, b'e' | b'E')) {
            is_integer = false;
            self.take(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        let integer = is_integer.then(|| written.parse().ok()).flatten();
        let number = integer
            .map(Number::Integer)
            .or_else(|| written.parse().ok().map(Number::Float));
        number.ok_or(Malformed {
            at: start,
            what: "a number belongs here",
        })
    }

    /// Reads digits, at least one, and says how many.
    fn digits(&mut self) -> Result<usize, Malformed> {
        let start = self.at;
        while self.take(|byte| byte.is_ascii_digit()) {}
        match self.at - start {
            0 => Err(self.malformed("a digit belongs here")),
            count => Ok(count),
        }
    }

    /// Takes the next byte if it is one of these.
    fn take(&mut self, is_one: impl Fn(u8) -> bool) -> bool {
        let takes = self.byte().is_some_and(is_one);
        self.at += usize::from(takes);
        takes
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'l str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
