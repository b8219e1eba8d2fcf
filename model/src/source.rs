//! A document's text with its name and its lines.

use std::sync::OnceLock;

use crate::{Position, Span};

/// The text of a document, the name it goes by in reports, and where its lines begin.
///
/// ```
/// use flagstone_model::{Position, Source};
///
/// let source = Source::new("flags.yaml", "version: 1\nflags: {}\n");
/// assert_eq!(source.position(11), Position { line: 2, column: 1 });
/// assert_eq!(source.line(2), "flags: {}");
/// ```
#[derive(Debug, Clone)]
pub struct Source<'s> {
    name: &'s str,
    text: &'s str,
    /// Found when the first place is asked for: of a document with which nothing is wrong none is.
    lines: OnceLock<LineIndex>,
}

impl<'s> Source<'s> {
    /// Takes a document under the name that reports shall give it, usually its path.
    pub fn new(name: &'s str, text: &'s str) -> Self {
        Self {
            name,
            text,
            lines: OnceLock::new(),
        }
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }

    /// The name that reports give the document.
    pub fn name(&self) -> &'s str {
        self.name
    }

    /// The whole text.
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// The text of a span; empty where the span isn't in the document.
    pub fn slice(&self, span: Span) -> &'s str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The place of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let lines = self.lines();
        let line = lines.line(offset);
        let start = lines.start(line) as usize;
        let bytes = self.text.as_bytes();
        let end = (offset as usize).clamp(start, bytes.len().max(start));
        let before = lines.characters(bytes, end) - lines.characters(bytes, start);
        Position {
            line,
            column: before.saturating_add(1),
        }
    }

    /// The line of a byte offset, from 1. The column costs more: characters before it are counted.
    pub(crate) fn line_of(&self, offset: u32) -> u32 {
        self.lines().line(offset)
    }

    /// The byte offset of a line's first character. Lines count from 1.
    pub(crate) fn line_start(&self, line: u32) -> usize {
        self.lines().start(line) as usize
    }

    /// A line without its line break; empty where there is no such line. Lines count from 1.
    pub fn line(&self, line: u32) -> &'s str {
        let start = self.lines().start(line) as usize;
        let rest = self.text.get(start..).unwrap_or("");
        rest.split(['\n', '\r']).next().unwrap_or("")
    }
}

/// Where the lines of a text begin, kept where the text itself is not.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// The offset of each line's first byte; the first is 0.
    starts: Box<[u32]>,
    /// The characters before each block of bytes, so that finding a column on a line of 16 MiB is as fast as elsewhere.
    blocks: Box<[u32]>,
}

/// Bytes of a block.
const BLOCK: usize = 4096;

impl LineIndex {
    /// Finds the lines of a text. A line ends with `\n`, with `\r\n`, or with `\r` alone, as YAML has it.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_break = |index: usize| match bytes.get(index) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        };
        let behind_breaks = (0..bytes.len())
            .zip(1_u32..)
            .filter(|(index, _)| is_break(*index))
            .map(|(_, next)| next);
        Self {
            starts: core::iter::once(0).chain(behind_breaks).collect(),
            blocks: bytes
                .chunks(BLOCK)
                .scan(0, |before, block| {
                    let this = *before;
                    *before += characters(block);
                    Some(this)
                })
                .collect(),
        }
    }

    /// The line, from 1, in which an offset lies.
    pub fn line(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// How many characters begin before an offset of the text.
    fn characters(&self, text: &[u8], offset: usize) -> u32 {
        let block = offset / BLOCK;
        let rest = text.get(block * BLOCK..offset).unwrap_or_default();
        let before = match self.blocks.get(block) {
            Some(before) => *before,
            // The end of a text that fills its last block.
            None => return characters(text.get(..offset).unwrap_or(text)),
        };
        before + characters(rest)
    }

    /// The offset of a line's first byte.
    fn start(&self, line: u32) -> u32 {
        let index = (line as usize).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(0)
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    let begins = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80);
    u32::try_from(begins.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_characters_and_lines_from_one() {
        let source = Source::new("x", "a: größe\r\nb: 1\n");
        for (offset, line, column) in [
            (0, 1, 1),
            (3, 1, 4),
            (9, 1, 8),
            (12, 2, 1),
            (15, 2, 4),
            (16, 2, 5),
        ] {
            assert_eq!(
                source.position(offset),
                Position { line, column },
                "offset {offset}"
            );
        }
        assert_eq!(source.line(1), "a: größe");
        assert_eq!(source.line(3), "");
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line_too() {
        let source = Source::new("x", "a: 1\rb: 2\r\nc: 3\r\rd");
        let lines: Vec<&str> = (1..=5).map(|line| source.line(line)).collect();
        assert_eq!(lines, ["a: 1", "b: 2", "c: 3", "", "d"]);
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
    }
}
