//! Where something stands in a document.

/// A range of bytes in a document, `start..end`.
///
/// Documents are at most 16 MiB (see [`limits::DOCUMENT_BYTES`](crate::limits::DOCUMENT_BYTES)), so 32 bits hold any
/// offset. [`Source::position`](crate::Source::position) turns an offset into a line and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; offsets that no document can have are cut to the largest that 32 bits hold.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// The span as a range that indexes text.
    pub fn range(self) -> core::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place for people: line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}
