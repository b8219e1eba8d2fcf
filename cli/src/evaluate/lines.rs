//! Whole lines, as many at a time as have arrived.

use std::io::{self, ErrorKind, Result};

/// How long a line may be.
pub(super) const LINE_BYTES: usize = 16 << 20;

/// What was read.
#[derive(Debug)]
pub(super) enum Read<'b> {
    /// Whole lines.
    Lines(&'b [u8]),
    /// A line that is longer than [`LINE_BYTES`], of which nothing is kept.
    TooLong,
}

/// Reads whole lines into a buffer that is used again and again. Lines that have arrived aren't kept waiting for more.
pub(super) struct Lines<R> {
    from: R,
    buffer: Vec<u8>,
    /// How many bytes are asked for at a time.
    size: usize,
    /// Where what hasn't been handed out begins and ends.
    start: usize,
    end: usize,
}

impl<R: io::Read> Lines<R> {
    /// Takes what the lines come from, and how many bytes to ask it for at a time.
    pub(super) fn new(from: R, size: usize) -> Self {
        Self {
            from,
            buffer: vec![0; size.max(1)],
            size: size.max(1),
            start: 0,
            end: 0,
        }
    }

    /// The next whole lines, each with its line break but for the very last, which may lack it. `None` at the end.
    pub(super) fn more(&mut self) -> Result<Option<Read<'_>>> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        loop {
            let before = self.end;
            let count = self.fill()?;
            if let Some(next) = self.behind_too_long(before) {
                self.start = next;
                return Ok(Some(Read::TooLong));
            }
            let arrived = self.buffer.get(before..self.end).unwrap_or_default();
            let whole = match arrived.iter().rposition(|byte| *byte == b'\n') {
                Some(place) => before + place + 1,
                None if count == 0 => self.end,
                None if self.end > LINE_BYTES => return self.skip_line(),
                None => continue,
            };
            self.start = whole;
            let lines = self.buffer.get(..whole).filter(|lines| !lines.is_empty());
            return Ok(lines.map(Read::Lines));
        }
    }

    /// Where the next line begins, if the first one there is has ended, and is too long.
    fn behind_too_long(&self, before: usize) -> Option<usize> {
        if self.end <= LINE_BYTES {
            return None;
        }
        let arrived = self.buffer.get(before..self.end)?;
        let next = before + arrived.iter().position(|byte| *byte == b'\n')? + 1;
        (next > LINE_BYTES + 1).then_some(next)
    }

    /// Drops what is there, which is the beginning of too long a line, and what follows up to the line's end.
    fn skip_line(&mut self) -> Result<Option<Read<'_>>> {
        loop {
            self.start = 0;
            self.end = 0;
            let count = self.fill()?;
            let arrived = self.buffer.get(..self.end).unwrap_or_default();
            if let Some(place) = arrived.iter().position(|byte| *byte == b'\n') {
                self.start = place + 1;
                return Ok(Some(Read::TooLong));
            }
            if count == 0 {
                return Ok(Some(Read::TooLong));
            }
        }
    }

    /// Reads what has arrived behind what is there already, and says how much it was: nothing at the end.
    fn fill(&mut self) -> Result<usize> {
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            let free = self.buffer.get_mut(self.end..).unwrap_or_default();
            let asked = free.len().min(self.size);
            let free = free.get_mut(..asked).unwrap_or_default();
            match self.from.read(free) {
                Ok(count) => {
                    self.end += count;
                    return Ok(count);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, and is interrupted in between.
    struct Drip<'b> {
        rest: &'b [u8],
        size: usize,
        is_interrupted: bool,
    }

    impl io::Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> Result<usize> {
            self.is_interrupted = !self.is_interrupted;
            if self.is_interrupted {
                return Err(ErrorKind::Interrupted.into());
            }
            let count = self.size.min(into.len()).min(self.rest.len());
            let (given, rest) = self.rest.split_at(count);
            into[..count].copy_from_slice(given);
            self.rest = rest;
            Ok(count)
        }
    }

    #[test]
    fn lines_arrive_whole_however_they_are_cut() {
        for text in [
            "",
            "\n",
            "a",
            "a\n",
            "a\nbb\n\nccc",
            "a\r\nlonger than the buffer\nb\n",
        ] {
            for size in 1..=text.len() + 1 {
                let mut lines = Lines::new(
                    Drip {
                        rest: text.as_bytes(),
                        size,
                        is_interrupted: false,
                    },
                    4,
                );
                let mut read = String::new();
                while let Some(Read::Lines(some)) = lines.more().unwrap() {
                    read.push_str(std::str::from_utf8(some).unwrap());
                    assert!(
                        some.ends_with(b"\n") || read.len() == text.len(),
                        "{text:?}"
                    );
                }
                assert_eq!(read, text);
                assert!(lines.more().unwrap().is_none(), "the end stays the end");
            }
        }
    }

    #[test]
    fn too_long_a_line_is_skipped_and_told_of() {
        let long = "x".repeat(LINE_BYTES + 1);
        for (text, expected) in [
            (format!("a\n{long}\nb\nc"), vec!["a\n", "too long", "b\nc"]),
            (long.clone(), vec!["too long"]),
            (format!("{long}\n"), vec!["too long"]),
        ] {
            let mut lines = Lines::new(text.as_bytes(), 1 << 16);
            let mut read: Vec<String> = Vec::new();
            while let Some(some) = lines.more().unwrap() {
                let some = match some {
                    Read::Lines(some) => std::str::from_utf8(some).unwrap(),
                    Read::TooLong => "too long",
                };
                match read.last_mut() {
                    Some(last) if last != "too long" && some != "too long" => last.push_str(some),
                    _ => read.push(some.to_owned()),
                }
            }
            assert_eq!(read, expected);
        }
    }
}
