//! Why a source could not be read.

use core::fmt;
use std::io;
use std::path::PathBuf;

/// A file that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} can't be read", self.path.display())?;
        if self.error.kind() == io::ErrorKind::NotFound {
            // The usual reason is another working directory than the one that was meant.
            if let Ok(absolute) = std::path::absolute(&self.path)
                && absolute != self.path
            {
                return write!(f, ": there is no file {}", absolute.display());
            }
        }
        write!(f, ": {}", self.error)
    }
}

impl core::error::Error for ReadError {}
