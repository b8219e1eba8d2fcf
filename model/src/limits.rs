//! How large a document may be. Each limit has an error of its own.

/// Bytes of a document: 16 MiB.
pub const DOCUMENT_BYTES: usize = 16 * 1024 * 1024;
/// Flags in a document.
pub const FLAGS: usize = 100_000;
/// Rules of one flag, in its base or in one overlay.
pub const RULES: usize = 1_000;
/// Mappings and lists inside each other, the document itself counted.
pub const DEPTH: usize = 32;
/// Entries of one list.
pub const LIST_ENTRIES: usize = 100_000;
/// Bytes of one regular expression.
pub const PATTERN_BYTES: usize = 1024;
/// Bytes that one compiled regular expression may take.
pub const PATTERN_COMPILED_BYTES: usize = 1024 * 1024;
/// Bytes that all compiled regular expressions of a document may take together, to within a factor of two: 64 MiB.
pub const PATTERNS_COMPILED_BYTES: usize = 64 * 1024 * 1024;
/// Flags and segments in a chain of references, so that answering needs a bounded stack.
pub const CHAIN: usize = 64;
/// Flags and segments that answering one flag may have to look at, each as often as it is referred to,
/// so that a small document can't make an answer slow.
pub const REFERENCES: usize = 100_000;
/// Characters of a name.
pub const NAME_CHARACTERS: usize = 100;
