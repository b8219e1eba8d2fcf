//! Documents for engines that read files only.

use std::io::{Result, Write};

use tempfile::NamedTempFile;

/// A file with a text, deleted when it is dropped.
///
/// # Errors
///
/// What the file system says.
#[allow(
    dead_code,
    reason = "only engines that read files need it, and each is a cargo feature"
)]
pub fn written(text: &str) -> Result<NamedTempFile> {
    let mut file = NamedTempFile::with_suffix(".json")?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}
