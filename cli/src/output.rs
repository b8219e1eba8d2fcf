//! Standard output: written in large pieces, and coloured only where someone looks.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use flagstone_model::Style;

use crate::failure::Failure;

/// Lines on their way to a writer.
pub(crate) struct Output<W> {
    buffer: Vec<u8>,
    to: W,
}

/// How much is gathered before it is written.
const PIECE: usize = 1 << 16;

impl Output<io::StdoutLock<'static>> {
    pub(crate) fn standard() -> Self {
        Self::new(io::stdout().lock())
    }
}

impl<W: Write> Output<W> {
    pub(crate) fn new(to: W) -> Self {
        Self {
            buffer: Vec::with_capacity(PIECE * 2),
            to,
        }
    }

    /// Adds a piece of a line.
    pub(crate) fn push(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Adds a piece of a line that has to be formatted.
    pub(crate) fn format(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a vector can't fail.
        _ = self.buffer.write_fmt(text);
    }

    /// Ends a line, and hands over what has gathered when it is enough.
    pub(crate) fn end_line(&mut self) -> Result<(), Failure> {
        self.buffer.push(b'\n');
        if self.buffer.len() < PIECE {
            return Ok(());
        }
        self.write()
    }

    /// Hands over everything.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.write()?;
        self.to.flush().map_err(Failure::Unwritable)
    }

    fn write(&mut self) -> Result<(), Failure> {
        self.to
            .write_all(&self.buffer)
            .map_err(Failure::Unwritable)?;
        self.buffer.clear();
        Ok(())
    }
}

/// Text of a document on one line, with what could steer a terminal escaped.
pub(crate) fn visible(text: &str) -> String {
    let is_plain = |c: char| c == ' ' || !(c.is_control() || c.is_whitespace() || is_direction(c));
    let escaped = text.chars().map(|c| {
        if is_plain(c) {
            c.to_string()
        } else {
            c.escape_default().to_string()
        }
    });
    escaped.collect()
}

/// Whether a character changes how others are shown, or can't be seen.
fn is_direction(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// How a report to this stream is written: coloured on a terminal, unless `NO_COLOR` or its like says otherwise.
pub(crate) fn style(stream: &(impl IsTerminal + anstream::stream::RawStream)) -> Style {
    match AutoStream::choice(stream) {
        ColorChoice::Never => Style::Plain,
        _ => Style::Coloured,
    }
}
