//! The mistake at which the YAML parser stopped, at the place that has to be changed.
//!
//! A parser often stops one line late, so that its place and its reason would mislead; the lines before it tell more.

mod lines;
mod words;

use granit_parser::{ErrorKind, ScanError};

use super::{refusal, too_deep};
use crate::quoted::{Quoted, is_invisible, name_of_invisible};
use crate::{Code, Diagnostic, LineIndex, Span};

/// An empty document.
pub(super) fn empty() -> Diagnostic {
    refusal(
        Code::EmptyDocument,
        Span::default(),
        "the document is empty",
        "the smallest one is `version: 1` and, on a line of its own, `flags: {}`",
    )
}

/// The mistake at which the parser stopped. `bracket` is where the innermost bracket stands that is open there.
pub(super) fn describe(text: &str, error: &ScanError, bracket: Option<u32>) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let kind = error.kind();
    if *kind == ErrorKind::RecursionLimitExceeded {
        return too_deep(character_at(text, at));
    }
    in_bracket(text, at, kind, bracket)
        .or_else(|| special(text, at, kind))
        .unwrap_or_else(|| {
            let (code, message, help) = words::words(kind);
            let at = if code == Code::Tab {
                tab_near(text, at)
            } else {
                at
            };
            refusal(code, character_at(text, at), message, help)
        })
}

/// The span of one character; empty at the end of a line.
fn character_at(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let character = rest.chars().next().filter(|c| !matches!(c, '\n' | '\r'));
    Span::new(at, at + character.map_or(0, char::len_utf8))
}

/// Inside a bracket that opens on a line above, the closing one is missing before this line, whatever stands in it.
fn in_bracket(text: &str, at: usize, kind: &ErrorKind, bracket: Option<u32>) -> Option<Diagnostic> {
    let bracket = bracket?;
    let is_confused = matches!(
        kind,
        ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::BlockEntryInFlowCollection
    );
    let lines = LineIndex::new(text);
    let line = lines.line(bracket);
    if !is_confused || line == lines.line(u32::try_from(at).unwrap_or(u32::MAX)) {
        return None;
    }
    let open = text.get(bracket as usize..)?.chars().next()?;
    let help = format!("`{open}` on line {line} is not closed before this line");
    let message = "a `,` or the closing bracket is missing";
    let span = character_at(text, at);
    Some(refusal(Code::Syntax, span, message, help))
}

/// Mistakes of which the text around tells more than the parser does.
fn special(text: &str, at: usize, kind: &ErrorKind) -> Option<Diagnostic> {
    match kind {
        ErrorKind::UnclosedFlowCollection { open } => Some(unclosed_bracket(text, at, *open)),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            let message = format!("`{open}` is closed by `{close}`");
            let (code, _, help) = words::words(kind);
            Some(refusal(code, character_at(text, at), message, help))
        }
        ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            let quote = lines::open_quote(text, at)?;
            let message = "this quotation mark is never closed";
            let help = "end the text with the mark it begins with; indent text that goes on over several lines";
            let span = character_at(text, quote);
            Some(refusal(Code::Syntax, span, message, help))
        }
        ErrorKind::UnexpectedCharacter { character } if is_invisible(*character) => {
            Some(invisible_character(text, at, *character))
        }
        ErrorKind::MappingValueNotAllowed => misplaced_colon(text, at),
        _ => None,
    }
}

fn unclosed_bracket(text: &str, at: usize, open: char) -> Diagnostic {
    let rest = text.get(at..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let help = if line.contains(" #") {
        "` #` begins a comment, in which no bracket counts: text that has it needs quotes"
    } else {
        "close each `[` with `]` and each `{` with `}`"
    };
    let message = format!("`{open}` is never closed");
    refusal(Code::Syntax, character_at(text, at), message, help)
}

/// The parser reports some of these characters where the text begins that they are in.
fn invisible_character(text: &str, at: usize, character: char) -> Diagnostic {
    let rest = text.get(at..).unwrap_or("");
    let at = at + rest.find(character).unwrap_or(0);
    let message = format!("text can't have {} in it", name_of_invisible(character));
    let number = u32::from(character);
    let help = format!("delete it, or write it in double quotes, as `\\u{number:04x}`");
    refusal(Code::Syntax, character_at(text, at), message, help)
}

/// A `:` where none can be: the line above is often what is wrong.
fn misplaced_colon(text: &str, at: usize) -> Option<Diagnostic> {
    let line = lines::Line::at(text, at);
    if line.text.get(..at - line.start)?.contains(": ") {
        return None;
    }
    let above = line.above(text)?;
    let (key, rest) = above.key()?;
    if rest.starts_with(": ") && line.indentation() > above.indentation() {
        let start = line.start + line.indentation();
        let message =
            "this line is indented deeper than the line above it, which has a value already";
        let help = "start it in the same column as the keys beside it";
        return Some(refusal(
            Code::Indentation,
            Span::new(start, at),
            message,
            help,
        ));
    }
    let end = key.end;
    let name = text.get(key.clone())?;
    if rest.is_empty() {
        let message = "there is no colon behind this key";
        let help = format!("write `{name}:`");
        return Some(refusal(
            Code::Syntax,
            Span::new(key.start, end),
            message,
            help,
        ));
    }
    let value = rest.strip_prefix(':')?;
    if value.is_empty() || value.starts_with([' ', '\t']) {
        return None;
    }
    let message = "there is no space behind this colon";
    let help = format!("write {}", Quoted(&format!("{name}: {}", value.trim_end())));
    Some(refusal(
        Code::Syntax,
        Span::new(end, end + 1),
        message,
        help,
    ))
}

/// The tab that the parser complains about, which stands beside the place that it names.
fn tab_near(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    if before.ends_with('\t') {
        return at - 1;
    }
    at + text.get(at..).and_then(|rest| rest.find('\t')).unwrap_or(0)
}

/// What is reported for a key that begins or ends with a space that YAML doesn't take for one.
pub(super) fn unusual_space(text: &str, key: Span) -> Option<Diagnostic> {
    let written = text.get(key.range())?;
    let character = written.chars().next().filter(|c| !c.is_ascii())?;
    if !character.is_whitespace() {
        return None;
    }
    let message = format!(
        "{} stands where only plain spaces can",
        name_of_invisible(character)
    );
    let span = Span::new(
        key.start as usize,
        key.start as usize + character.len_utf8(),
    );
    let help = "indent with plain spaces: two for each level";
    Some(refusal(Code::Indentation, span, message, help))
}
