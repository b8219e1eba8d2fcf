//! Names of flags, variants, segments, attributes, environments and rules.

use core::fmt;
use std::sync::Arc;

use crate::limits;

/// A name that the language allows: 1 to 100 characters of `a-z A-Z 0-9 _ - .`, the first a letter or a digit, and
/// not all of them digits.
///
/// ```
/// use flagstone_model::Name;
///
/// assert_eq!(Name::new("ui.dark-mode")?.as_str(), "ui.dark-mode");
/// assert!(Name::new("42").is_err());
/// # Ok::<(), flagstone_model::InvalidName>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// Takes a text as a name.
    ///
    /// # Errors
    ///
    /// [`InvalidName`] says which of the rules the text breaks.
    pub fn new(text: &str) -> Result<Self, InvalidName> {
        InvalidName::find(text).map_or_else(|| Ok(Self(text.into())), Err)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as shared text.
    pub fn to_arc(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl core::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidName {
    /// There is nothing in it.
    Empty,
    /// It has more than 100 characters.
    TooLong,
    /// It begins with `_`, `-` or `.`.
    Start(char),
    /// It has a character that names don't have.
    Character(char),
    /// It is a number.
    AllDigits,
}

impl InvalidName {
    fn find(text: &str) -> Option<Self> {
        // What nearly every name is like needs no second look.
        let begins_with_letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_short = text.len() <= limits::NAME_CHARACTERS;
        // All bytes are looked at, also behind a wrong one: that way the compiler takes many at a time.
        let are_allowed = || text.bytes().fold(true, |all, byte| all & is_allowed(byte));
        if begins_with_letter && is_short && are_allowed() {
            return None;
        }
        let is_allowed = |c: char| u8::try_from(c).is_ok_and(is_allowed);
        if let Some(character) = text.chars().find(|c| !is_allowed(*c)) {
            return Some(Self::Character(character));
        }
        let Some(first) = text.chars().next() else {
            return Some(Self::Empty);
        };
        if !first.is_ascii_alphanumeric() {
            return Some(Self::Start(first));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::AllDigits);
        }
        (text.len() > limits::NAME_CHARACTERS).then_some(Self::TooLong)
    }
}

/// Whether a name may have this character.
fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a name can't be empty"),
            Self::TooLong => write!(
                f,
                "a name has at most {} characters",
                limits::NAME_CHARACTERS
            ),
            Self::Start(character) => {
                write!(
                    f,
                    "a name starts with a letter or a digit, not with `{}`",
                    character.escape_debug()
                )
            }
            Self::Character(character) => write!(
                f,
                "a name has only the characters a-z A-Z 0-9 _ - and ., not `{}`",
                character.escape_debug()
            ),
            Self::AllDigits => f.write_str("a name can't be all digits"),
        }
    }
}

impl core::error::Error for InvalidName {}

/// Names that attributes, segments and environments can't have, because conditions give them a meaning or may yet do so.
pub const RESERVED: [&str; 12] = [
    "all",
    "any",
    "not",
    "segment",
    "everyone",
    "sample",
    "flag",
    "environment",
    "now",
    "none",
    "next",
    "unit",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_or_refused() {
        for text in ["a", "2fa", "ui.dark-mode", "A_b", "1.5", &"x".repeat(100)] {
            assert!(Name::new(text).is_ok(), "{text}");
        }
        for (text, error) in [
            ("", InvalidName::Empty),
            ("42", InvalidName::AllDigits),
            ("_a", InvalidName::Start('_')),
            (".a", InvalidName::Start('.')),
            ("größe", InvalidName::Character('ö')),
            ("a b", InvalidName::Character(' ')),
        ] {
            assert_eq!(Name::new(text), Err(error), "{text}");
        }
        assert_eq!(Name::new(&"x".repeat(101)), Err(InvalidName::TooLong));
    }
}
