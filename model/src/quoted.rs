//! Text of a document inside a message, fit for any terminal and any log.

use core::fmt;
use std::borrow::Cow;

/// Text of a document between backticks. Of a long text it is the beginning, and what can't be seen, or would steer a
/// terminal, is escaped, so that a message stays one short line whatever the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted<'t>(pub(crate) &'t str);

/// The same, without the backticks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Excerpt<'t>(pub(crate) &'t str);

impl Excerpt<'_> {
    /// As many characters as the longest name has.
    const SHOWN: usize = crate::limits::NAME_CHARACTERS;
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", Excerpt(self.0))
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = self.0.char_indices().nth(Self::SHOWN);
        match cut.and_then(|(end, _)| self.0.get(..end)) {
            Some(beginning) => write!(f, "{}…", visible(beginning)),
            None => f.write_str(&visible(self.0)),
        }
    }
}

/// The text with escapes for what can't be seen: `\n`, `\u{1b}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if !is_invisible(character) {
            escaped.push(character);
        } else if character.is_ascii() {
            escaped.extend(character.escape_default());
        } else {
            escaped.extend(character.escape_unicode());
        }
    }
    Cow::Owned(escaped)
}

/// Whether a character can't be seen, or changes how others are shown: control characters, spaces other than the plain
/// one, marks of direction, and what joins or separates letters without a width of its own.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || character != ' ' && character.is_whitespace()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// What an invisible character is called: "a no-break space (U+00A0)".
pub(crate) fn name_of_invisible(character: char) -> String {
    let name = match character {
        '\u{a0}' => "a no-break space",
        '\t' => "a tab",
        '\n' | '\r' => "a line break",
        '\u{200b}' => "a zero-width space",
        '\u{feff}' => "a byte-order mark",
        _ if character.is_control() => "a control character",
        _ if character.is_whitespace() => "a space of another width",
        _ => "an invisible character",
    };
    format!("{name} (U+{:04X})", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_is_one_short_visible_line() {
        let long = "x".repeat(1000);
        let cut = format!("`{}…`", "x".repeat(100));
        for (text, quoted) in [
            ("größe 😀", "`größe 😀`"),
            ("a\nb\tc", r"`a\nb\tc`"),
            ("\u{1b}[31m", r"`\u{1b}[31m`"),
            ("\u{9b}2J\u{7f}", r"`\u{9b}2J\u{7f}`"),
            ("on\u{a0}", r"`on\u{a0}`"),
            ("a\u{202e}b\u{2028}", r"`a\u{202e}b\u{2028}`"),
            ("", "``"),
            (&long, &cut),
        ] {
            assert_eq!(Quoted(text).to_string(), quoted);
        }
    }
}
