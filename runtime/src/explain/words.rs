//! Pieces of documents and of contexts as one line that steers no terminal.

use core::fmt::Write as _;

/// How many characters of a piece are shown.
const SHOWN: usize = 120;

/// A piece of a document: blanks and line breaks become one blank, and what can't be seen is escaped.
pub(super) fn line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            push(&mut line, c);
        }
        if line.len() > SHOWN * 4 {
            break;
        }
    }
    cut(line)
}

/// A text of a context, in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars().take(SHOWN + 1) {
        match c {
            '"' | '\\' => line.extend(['\\', c]),
            c => push(&mut line, c),
        }
    }
    format!("\"{}\"", cut(line))
}

fn push(line: &mut String, c: char) {
    // What has to be escaped in Rust's literals is all that can't be seen, and the quotation marks.
    if matches!(c, '"' | '\'' | '\\') {
        line.push(c);
    } else {
        // Writing to a string can't fail.
        _ = write!(line, "{}", c.escape_debug());
    }
}

fn cut(mut line: String) -> String {
    if let Some((end, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// "`a`", "`a` or `b`", for names.
pub(super) fn alternatives<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    line(&names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_one_line_without_surprises() {
        for (text, shown) in [
            ("plan: premium", "plan: premium"),
            ("in:\n      - a\n      - b", "in: - a - b"),
            ("equals: \"größe\"", "equals: \"größe\""),
            ("equals: \u{1b}[2J", "equals: \\u{1b}[2J"),
            ("a\u{202e}b", "a\\u{202e}b"),
        ] {
            assert_eq!(line(text), shown);
        }
        assert_eq!(quoted("a \"b\"\\\n"), r#""a \"b\"\\\n""#);
        let long = "x".repeat(500);
        for shown in [line(&long), quoted(&long), line(&"y ".repeat(500))] {
            assert!(
                shown.chars().count() < SHOWN + 5 && shown.contains('…'),
                "{shown}"
            );
        }
    }
}
