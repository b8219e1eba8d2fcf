//! What the YAML parser says, in words for people who don't know YAML: one table.

use granit_parser::ErrorKind;

use crate::Code;

/// Code, message and remedy.
pub(super) type Words = (Code, &'static str, &'static str);

/// The words for a kind of mistake.
pub(super) fn words(kind: &ErrorKind) -> Words {
    of_lines(kind)
        .or_else(|| of_brackets(kind))
        .or_else(|| of_scalars(kind))
        .or_else(|| of_foreign(kind))
        .unwrap_or((
            Code::Syntax,
            "this can't be read",
            "see the line above it too: a missing quotation mark or bracket is often found one line late",
        ))
}

/// Lines, their indentation, and the keys on them.
fn of_lines(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as K;

    let words = match kind {
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
        K::InvalidBlockEntryWhitespace => (
            Code::Syntax,
            "what stands behind this dash can't",
            "write `- value`, with a space behind the dash",
        ),
        K::ExpectedWhitespace
        | K::InvalidMappingValueWhitespace
        | K::FlowMappingValueAdjacentCollection => (
            Code::Syntax,
            "a space is missing here",
            "put a space behind each colon and each dash",
        ),
        _ => return None,
    };
    Some(words)
}

/// Brackets.
fn of_brackets(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as K;

    let words = match kind {
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
        K::BlockEntryInFlowCollection | K::PlainScalarStartsWithDashFlowIndicator => (
            Code::Syntax,
            "a `-` stands inside brackets",
            "inside `[` and `]` elements are separated by commas, without dashes",
        ),
        _ => return None,
    };
    Some(words)
}

/// Text, in quotes and without, and comments.
fn of_scalars(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as K;

    let words = match kind {
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
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => (
            Code::Syntax,
            "there is no such escape in these double quotes",
            "write `\\\\` for a backslash, or use single quotes, in which nothing is escaped",
        ),
        K::UnexpectedCharacter { character: '%' } => (
            Code::Syntax,
            "text can't start with `%` without quotes",
            "a percentage is written `25%`; other text that starts with `%` needs quotes",
        ),
        K::UnexpectedCharacter { .. } => (
            Code::Syntax,
            "text can't start with this character without quotes",
            "put the text in quotes",
        ),
        K::ZeroBlockScalarIndent | K::InvalidBlockScalarHeader => (
            Code::Syntax,
            "something stands behind the `|` or `>`",
            "begin the text on the next line, indented; text that begins with `|` or `>` needs quotes",
        ),
        K::CommentInterceptedScalar => (
            Code::Syntax,
            "a comment stands in the middle of text",
            "text that goes on behind ` #` or in the next line needs quotes",
        ),
        K::CommentNotSeparated => (
            Code::Syntax,
            "there is no space before this `#`",
            "put a space before a comment; text that has `#` in it can be put in quotes",
        ),
        _ => return None,
    };
    Some(words)
}

/// What YAML has and the language doesn't.
fn of_foreign(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as K;

    let words = match kind {
        K::BomInsideDocument => (
            Code::ByteOrderMark,
            "a byte-order mark (an invisible character) inside the document",
            "delete it",
        ),
        K::UndeclaredTagHandle
        | K::ExpectedTagBang
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::InvalidTagUtf8LeadingByte
        | K::InvalidTagUtf8TrailingByte
        | K::InvalidTagUtf8 => (
            Code::Tag,
            "the language has no tags (`!name`)",
            "remove the tag; text that begins with `!` needs quotes",
        ),
        K::MissingAnchorOrAliasName => (
            Code::Anchor,
            "the language has no anchors and aliases (`&name`, `*name`)",
            "put text that begins with `&` or `*` in quotes",
        ),
        K::DuplicateVersionDirective
        | K::UnsupportedYamlMajorVersion
        | K::DuplicateTagDirective
        | K::ExpectedDocumentStart
        | K::MissingDocumentEndBeforeDirective
        | K::ExpectedTagDirectiveBang
        | K::InvalidDocumentEnd
        | K::InvalidDirectiveTerminator
        | K::DirectiveDisallowed
        | K::MissingYamlVersionSeparator
        | K::MissingDirectiveName
        | K::InvalidDirectiveName
        | K::DirectiveByteLimitExceeded { .. }
        | K::TooManyReservedDirectiveParams { .. }
        | K::YamlVersionTooLong
        | K::MissingYamlVersion
        | K::InvalidTagDirectiveTerminator => (
            Code::Syntax,
            "a document can't begin or go on like this",
            "begin it with `version: 1`; it needs no line `%…` and no `---`",
        ),
        _ => return None,
    };
    Some(words)
}
