//! Reading a body, whatever is in it: never more bytes than a document may have, never longer than it may take.

use core::fmt;
use core::time::Duration;
use std::io::{self, Read};
use std::time::Instant;

use flagstone_model::limits::DOCUMENT_BYTES;
use flate2::read::MultiGzDecoder;

use super::network::HttpReply;

/// Why a body is no document.
#[derive(Debug)]
pub(super) enum BodyError {
    TooLarge,
    TooSlow,
    Silent,
    /// Nothing tells its end from a connection that broke.
    Unmarked,
    UnknownCoding(String),
    Damaged(io::Error),
    Broken(io::Error),
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(
                f,
                "the document has more than {DOCUMENT_BYTES} bytes, which is the limit, before or after unpacking"
            ),
            Self::TooSlow => f.write_str("the document took too long to arrive"),
            Self::Silent => f.write_str("the server fell silent in the middle of the document"),
            Self::Unmarked => f.write_str(
                "nothing says where the document ends, so that half of one would look like a whole one; \
                 let the server send `Content-Length` or chunks",
            ),
            Self::UnknownCoding(coding) => write!(
                f,
                "the document is packed as `{coding}`; only gzip was asked for"
            ),
            Self::Damaged(error) => write!(f, "the document can't be unpacked: {error}"),
            Self::Broken(error) => write!(f, "the connection broke in the middle of the document: {error}"),
        }
    }
}

/// Reads a whole document.
pub(super) fn read_document(reply: HttpReply, longest: Duration) -> Result<Vec<u8>, BodyError> {
    let announced = reply.header("content-length").map(str::trim);
    let announced = announced.and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > DOCUMENT_BYTES as u64) {
        return Err(BodyError::TooLarge);
    }
    let coding = Coding::of(&reply)?;
    let is_chunked = reply
        .header("transfer-encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    // What gzip packs ends with a checksum.
    if announced.is_none() && !is_chunked && coding == Coding::Plain {
        return Err(BodyError::Unmarked);
    }
    let metered = Metered::new(reply.body, longest, DOCUMENT_BYTES);
    let mut document = Vec::new();
    let limit = DOCUMENT_BYTES as u64 + 1;
    match coding
        .unpack(metered)
        .take(limit)
        .read_to_end(&mut document)
    {
        Ok(_) if document.len() > DOCUMENT_BYTES => Err(BodyError::TooLarge),
        Ok(_) => Ok(document),
        Err(error) => Err(told(error, coding)),
    }
}

/// What went wrong, out of what reading says.
fn told(error: io::Error, coding: Coding) -> BodyError {
    let overrun = error.get_ref().and_then(|inner| inner.downcast_ref());
    match (overrun, error.kind()) {
        (Some(Overrun::Bytes), _) => BodyError::TooLarge,
        (Some(Overrun::Time), _) => BodyError::TooSlow,
        (None, io::ErrorKind::TimedOut) => BodyError::Silent,
        (None, io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
            if coding == Coding::Gzip =>
        {
            BodyError::Damaged(error)
        }
        (None, _) => BodyError::Broken(error),
    }
}

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    Gzip,
}

impl Coding {
    pub(super) fn of(reply: &HttpReply) -> Result<Self, BodyError> {
        let given = reply.header("content-encoding").unwrap_or_default().trim();
        match given.to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            _ => Err(BodyError::UnknownCoding(given.chars().take(40).collect())),
        }
    }

    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        match self {
            Self::Plain => Box::new(packed),
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
        }
    }
}

/// A reader that stops after so many bytes and so much time. It stands below what unpacks, which can go through any
/// number of bytes without giving one.
pub(super) struct Metered {
    packed: Box<dyn Read + Send>,
    end: Instant,
    left: usize,
}

/// Why a [`Metered`] reader stopped.
#[derive(Debug)]
pub(super) enum Overrun {
    Bytes,
    Time,
}

impl fmt::Display for Overrun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "more bytes came than there may be",
            Self::Time => "it took longer than it may",
        })
    }
}

impl core::error::Error for Overrun {}

impl Metered {
    pub(super) fn new(packed: Box<dyn Read + Send>, longest: Duration, bytes: usize) -> Self {
        Self {
            packed,
            end: Instant::now() + longest,
            left: bytes,
        }
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if Instant::now() >= self.end {
            return Err(io::Error::other(Overrun::Time));
        }
        let count = self.packed.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count)
            .ok_or_else(|| io::Error::other(Overrun::Bytes))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
