//! Lines around a mistake, as far as one can tell what is on them without parsing.

use core::ops::Range;

/// A line with its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) text: &'s str,
    pub(super) start: usize,
}

impl<'s> Line<'s> {
    /// The line that an offset is on.
    pub(super) fn at(text: &'s str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or("");
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = text.get(start..).unwrap_or("");
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Self {
            text: rest.get(..end).unwrap_or(""),
            start,
        }
    }

    /// The nearest line above that isn't empty and no comment.
    pub(super) fn above(self, text: &'s str) -> Option<Self> {
        let mut line = self;
        while let Some(end) = line.start.checked_sub(1) {
            line = Self::at(text, end);
            let trimmed = line.text.trim_start();
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// How many spaces it begins with.
    pub(super) fn indentation(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The word that the line begins with, behind dashes, as a place in the text; and what stands behind it.
    pub(super) fn key(self) -> Option<(Range<usize>, &'s str)> {
        let mut rest = self.text.trim_start_matches(' ');
        while let Some(behind) = rest.strip_prefix("- ") {
            rest = behind.trim_start_matches(' ');
        }
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        let start = self.start + self.text.len() - rest.len();
        let behind = rest.get(length..)?.trim_end();
        (length > 0).then_some((start..start + length, behind))
    }
}

/// The quotation mark that opens text in which an offset lies, as far as lines tell.
pub(super) fn open_quote(text: &str, offset: usize) -> Option<usize> {
    let mut line = Line::at(text, offset);
    loop {
        let until = offset.saturating_sub(line.start);
        if let Some(place) = unclosed(line.text).filter(|place| *place <= until) {
            return Some(line.start + place);
        }
        line = line.above(text)?;
    }
}

/// The last quotation mark of a line that opens text and isn't closed on the line.
fn unclosed(line: &str) -> Option<usize> {
    let mut characters = line.char_indices().peekable();
    let mut open: Option<(usize, char)> = None;
    let mut before = ':';
    while let Some((place, character)) = characters.next() {
        match open {
            Some((_, '"')) if character == '\\' => {
                characters.next();
            }
            Some((_, quote)) if character == quote => {
                let is_escaped = quote == '\'' && characters.next_if(|(_, c)| *c == '\'').is_some();
                if !is_escaped {
                    open = None;
                    before = quote;
                }
            }
            Some(_) => {}
            None if character == '#'
                && line.get(..place).is_some_and(|line| line.ends_with(' ')) =>
            {
                return None;
            }
            None => {
                // A mark opens text only where a value or a key can begin; elsewhere it is part of a word.
                let can_open = matches!(before, ':' | ',' | '[' | '{' | '-' | '?');
                if matches!(character, '"' | '\'') && can_open {
                    open = Some((place, character));
                }
                if character != ' ' {
                    before = character;
                }
            }
        }
    }
    open.map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_quotation_mark_is_found() {
        for (text, place) in [
            ("a: \"b\n  c: d\n", Some(3)),
            ("a: 'it''s\nb: 1", Some(3)),
            ("a: [\"x\", \"y\n]", Some(9)),
            ("a: \"b\\\"\n# it's\nc: it's 'x' # \"\n", Some(3)),
            ("a: 'b'\nc: it's\n", None),
        ] {
            assert_eq!(open_quote(text, text.len()), place, "{text:?}");
        }
    }

    #[test]
    fn keys_are_found_behind_indentation_and_dashes() {
        for (text, found) in [
            ("  - if: x ", Some((4..6, ": x"))),
            ("rollout:5%", Some((0..7, ":5%"))),
            ("word", Some((0..4, ""))),
            ("{ a: b }", None),
        ] {
            assert_eq!(Line::at(text, 0).key(), found, "{text:?}");
        }
    }
}
