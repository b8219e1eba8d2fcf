//! Files that are written only when their text changes, so that nothing is compiled again for nothing.

use std::io;
use std::path::Path;

/// Makes the file have this text.
pub(crate) fn if_changed(path: &Path, text: &str) -> io::Result<()> {
    match std::fs::read(path) {
        Ok(present) if present == text.as_bytes() => Ok(()),
        _ => std::fs::write(path, text),
    }
}
