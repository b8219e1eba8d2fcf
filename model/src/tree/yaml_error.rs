//! What the YAML parser says, in words for people who don't know YAML.

use granit_parser::{ErrorKind, ScanError};

use super::{refusal, too_deep};
use crate::{Code, Diagnostic, Span};

/// An empty document.
pub(super) fn empty() -> Diagnostic {
    refusal(
        Code::EmptyDocument,
        Span::default(),
        "the document is empty",
        "the smallest one is `version: 1` and, on a line of its own, `flags: {}`",
    )
}

/// The mistake at which the parser stopped.
pub(super) fn describe(text: &str, error: &ScanError) -> Diagnostic {
    let start = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let width = text
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .filter(|c| *c != '\n')
        .map_or(0, char::len_utf8);
    let span = Span::new(start, start + width);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(span);
    }
    let (code, message, help) = words(error.kind());
    let (message, help) = match error.kind() {
        ErrorKind::UnclosedFlowCollection { open } => (format!("`{open}` is never closed"), help),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("`{open}` is closed by `{close}`"), help)
        }
        _ if starts_with_percent(text, start) => (
            "text can't start with `%` without quotes".to_owned(),
            "put the text in quotes",
        ),
        _ => (message.to_owned(), help),
    };
    let message = if code == Code::Syntax && message.is_empty() {
        error.info()
    } else {
        message
    };
    refusal(code, span, message, help)
}

fn starts_with_percent(text: &str, start: usize) -> bool {
    text.get(start..).is_some_and(|rest| rest.starts_with('%'))
}

/// Code, message and remedy; an empty message stands for the parser's own.
fn words(kind: &ErrorKind) -> (Code, &'static str, &'static str) {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar => (
            Code::Tab,
            "a tab stands where only spaces can",
            "indent with spaces: two for each level",
        ),
        K::InvalidIndentation
        | K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed
        | K::InvalidBlockScalarIndent
        | K::InvalidQuotedScalarIndent
        | K::InvalidFlowScalarIndent => (
            Code::Indentation,
            "this line doesn't line up with the lines before it",
            "keys of one mapping, and the dashes of one list, start in the same column; indent what belongs to a key by two spaces",
        ),
        K::MappingKeyNotAllowed | K::MappingValueNotAllowed | K::InvalidColonPlacement => (
            Code::Syntax,
            "there is a `:` where none can be",
            "put text that has `: ` in it in quotes, and check that the line is indented as the ones beside it",
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey => (
            Code::Syntax,
            "this line is no `key: value`",
            "write `key: value`, with a space behind the colon, or `- value` in a list",
        ),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping => (
            Code::Syntax,
            "a bracket is never closed",
            "close each `[` with `]` and each `{` with `}`",
        ),
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => (
            Code::Syntax,
            "a `,` or the closing bracket is missing",
            "separate the entries by commas, and close each `[` with `]` and each `{` with `}`",
        ),
        K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => (
            Code::Syntax,
            "this bracket closes nothing",
            "close each `[` with `]` and each `{` with `}`, in the order in which they open",
        ),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => (
            Code::Syntax,
            "a quotation mark is never closed",
            "end the text with the mark it begins with",
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            Code::Syntax,
            "something stands behind the closing quotation mark",
            "put all of the text between the marks; inside single ones write `''` for `'`, inside double ones `\\\"`",
        ),
        K::UnknownQuotedScalarEscape => (
            Code::Syntax,
            "no such escape in double quotes",
            "write `\\\\` for a backslash, or use single quotes, in which nothing is escaped",
        ),
        K::BomInsideDocument => (
            Code::ByteOrderMark,
            "a byte-order mark (an invisible character) inside the document",
            "delete it",
        ),
        K::UndeclaredTagHandle => (
            Code::Tag,
            "the language has no tags (`!name`)",
            "remove the tag; text that begins with `!` needs quotes",
        ),
        K::MissingAnchorOrAliasName => (
            Code::Anchor,
            "the language has no anchors and aliases (`&name`, `*name`)",
            "put text that begins with `&` or `*` in quotes",
        ),
        K::UnexpectedCharacter {
            character: '@' | '`',
        } => (
            Code::Syntax,
            "text can't start with this character without quotes",
            "put the text in quotes",
        ),
        _ => (
            Code::Syntax,
            "",
            "see the line above it too: a missing quotation mark or bracket is often found one line late",
        ),
    }
}
