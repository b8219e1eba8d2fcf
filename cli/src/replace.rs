//! A file that takes another's place in one step, so that whoever reads it sees the old text or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces a file's text. A symbolic link stays one, and what it leads to keeps its permissions.
///
/// # Errors
///
/// Where the folder or the file can't be written; the file is as it was then.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(path)?;
    let permissions = fs::metadata(&target)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is read-only",
        ));
    }
    let (mut file, beside) = beside(&target)?;
    let written = write(&mut file, text, permissions).and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        // The mistake that matters has been made; at worst a file is left over.
        _ = fs::remove_file(&beside);
    }
    written?;
    sync_folder(&target)
}

fn write(file: &mut File, text: &str, permissions: fs::Permissions) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// A new file in the same folder, since only within a file system a file can take another's place in one step.
fn beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..16 {
        let process = std::process::id();
        let beside = target.with_file_name(format!(".{name}.{process}-{attempt}.new"));
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Makes the new name last where folders can be synchronised; elsewhere there is nothing to do.
#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_target: &Path) -> io::Result<()> {
    Ok(())
}
