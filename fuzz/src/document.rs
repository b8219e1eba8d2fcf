//! Bytes as choices: which key, which scalar, how much of what.

use crate::words::{KEYS, SCALARS};

/// A document in JSON made from bytes. Its top level has the sections of the language; what is in them the bytes decide.
pub fn document(bytes: &[u8]) -> String {
    let mut choices = Choices {
        bytes: bytes.iter(),
    };
    let mut text =
        String::from(r#"{"version": 1, "context": {"targeting_key": "user_id", "attributes": "#);
    text.push_str(
        r#"{"plan": {"type": "string", "values": ["a", "b"]}, "age": "integer", "score": "number", "verified": "boolean", "seen": "timestamp", "app": "semver", "roles": "strings"}}"#,
    );
    text.push_str(r#", "environments": {"production": {}, "staging": {}}"#);
    for section in ["segments", "flags", "retired"] {
        text.push_str(&format!(", \"{section}\": "));
        choices.mapping(&mut text, 2);
    }
    text.push('}');
    text
}

struct Choices<'a> {
    bytes: core::slice::Iter<'a, u8>,
}

impl Choices<'_> {
    /// The next choice; the first of all where the bytes are used up.
    fn next(&mut self) -> usize {
        self.bytes.next().copied().map_or(0, usize::from)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let choice = self.next() * 256 + self.next();
        words[choice % words.len()]
    }

    fn value(&mut self, text: &mut String, depth: usize) {
        match self.next() % 8 {
            0..=3 => text.push_str(self.pick(SCALARS)),
            4 if depth < 12 => self.list(text, depth + 1),
            _ if depth < 12 => self.mapping(text, depth + 1),
            _ => text.push_str("{}"),
        }
    }

    fn list(&mut self, text: &mut String, depth: usize) {
        text.push('[');
        for index in 0..self.next() % 4 {
            if index > 0 {
                text.push(',');
            }
            self.value(text, depth);
        }
        text.push(']');
    }

    fn mapping(&mut self, text: &mut String, depth: usize) {
        text.push('{');
        for index in 0..self.next() % 6 {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&format!("\"{}\": ", self.pick(KEYS)));
            self.value(text, depth);
        }
        text.push('}');
    }
}
