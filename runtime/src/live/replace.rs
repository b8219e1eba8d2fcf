//! Putting a file in the place of another in one step.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How old a temporary file has to be before it is taken for one whose writer is gone.
const ABANDONED: Duration = Duration::from_hours(1);

/// Writes a file beside the other, flushes it to disk, and renames it over the other. Whoever reads sees the
/// old file or the new one, also after the power went. The directory is made if it isn't there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path
        .parent()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no directory"))?;
    fs::create_dir_all(directory)?;
    let prefix = prefix(path);
    let temporary = Temporary::new(directory, &prefix)?;
    temporary.fill(bytes)?;
    temporary.rename(path)?;
    flush_directory(directory)?;
    sweep(directory, &prefix);
    Ok(())
}

/// What the names of temporary files begin with.
fn prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.writing-")
}

/// A file on its way to its place; removed where it doesn't get there.
struct Temporary {
    path: PathBuf,
    file: Option<File>,
}

impl Temporary {
    fn new(directory: &Path, prefix: &str) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = directory.join(format!("{prefix}{}-{count}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    return Ok(Self {
                        path,
                        file: Some(file),
                    });
                }
                // A process of the same number left it, or writes elsewhere in its own container.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn fill(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(mut self, path: &Path) -> io::Result<()> {
        // Some systems rename no file that is open.
        drop(self.file.take());
        fs::rename(&self.path, path)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            drop(self.file.take());
            // Where this fails too, it is swept later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the renaming last.
#[cfg(unix)]
fn flush_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
fn flush_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes what crashed writers left. Others may be writing at this moment, so only what is old goes.
fn sweep(directory: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let is_temporary = entry.file_name().to_string_lossy().starts_with(prefix);
        if is_temporary && is_abandoned(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_abandoned(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    age.is_some_and(|age| age > ABANDONED)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn the_new_file_is_in_place_and_nothing_else_is_left() {
        let directory =
            std::env::temp_dir().join(format!("flagstone-replace-{}", std::process::id()));
        let path = directory.join("deeper/state");
        let names = || -> Vec<String> {
            let entries = fs::read_dir(directory.join("deeper")).unwrap();
            let mut names: Vec<String> = entries
                .map(|entry| entry.unwrap().file_name().display().to_string())
                .collect();
            names.sort();
            names
        };
        replace(&path, b"old").unwrap();
        let leftover = directory.join("deeper/.state.writing-1-1");
        let young = directory.join("deeper/.state.writing-1-2");
        for file in [&leftover, &young] {
            fs::write(file, "torn").unwrap();
        }
        let hours_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(1);
        let file = OpenOptions::new().write(true).open(&leftover).unwrap();
        file.set_modified(hours_ago).unwrap();
        drop(file);
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(), [".state.writing-1-2", "state"]);

        // Where it can't be put in place, the file that was written goes too.
        let taken = directory.join("deeper/taken");
        fs::create_dir_all(taken.join("full")).unwrap();
        assert!(replace(&taken, b"new").is_err());
        assert_eq!(names(), [".state.writing-1-2", "state", "taken"]);
        fs::remove_dir_all(&directory).unwrap();
    }
}
