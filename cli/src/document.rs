//! A document's bytes and the name that reports give it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use flagstone_model::Loaded;

use crate::failure::Failure;

/// A document that has been read.
#[derive(Debug)]
pub(crate) struct Document {
    name: String,
    bytes: Vec<u8>,
}

impl Document {
    /// Reads a file, or standard input where the path is `-`.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let name = name(path);
        let bytes = if is_standard_input(path) {
            standard_input()
        } else {
            fs::read(path)
        };
        match bytes {
            Ok(bytes) => Ok(Self { name, bytes }),
            Err(source) => Err(Failure::Unreadable { name, source }),
        }
    }

    /// Parses and checks it.
    pub(crate) fn load(&self) -> Loaded<'_> {
        flagstone_model::load(&self.name, &self.bytes)
    }
}

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What reports call a path.
pub(crate) fn name(path: &Path) -> String {
    if is_standard_input(path) {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
