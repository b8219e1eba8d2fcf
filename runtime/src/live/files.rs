//! Reading files and noticing that they change.

use core::fmt;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::bell::Bell;
use super::path::directories;
use super::replace::replace;

/// Where files come from, and where the disk cache is kept.
///
/// Programs use the file system, which is the default; a test brings files of its own.
pub trait Files: fmt::Debug + Send + Sync + 'static {
    /// Reads a whole file, or as much of it as makes more than `limit` bytes.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from being read. [`io::ErrorKind::WouldBlock`] says that it is being written just now: it is
    /// read again soon, and nothing is reported.
    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>>;

    /// Starts to say when a file may have changed, until the watch is dropped. `None` where nothing can say so; the
    /// file is then read every few seconds.
    fn watch(&self, path: &Path, changed: Changed) -> Option<Box<dyn Watch>>;

    /// Puts a file in the place of another in one step, for the disk cache: whoever reads sees the old one or the new one,
    /// whole. If it isn't said otherwise, it is done on the file system.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from being written; the old file is still there then.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        replace(path, bytes)
    }
}

/// A file that is being watched.
pub trait Watch: Send {
    /// Called before every reading, and so every few seconds: time to see whether the path leads elsewhere now.
    fn refresh(&mut self) {}
}

/// Says that a file may have changed.
#[derive(Debug, Clone)]
pub struct Changed(Arc<Bell>);

impl Changed {
    pub(super) fn new(bell: &Arc<Bell>) -> Self {
        Self(Arc::clone(bell))
    }

    /// The file may have changed. Cheap, never blocks, and may be called once too often.
    pub fn notify(&self) {
        self.0.changed();
    }
}

/// The file system.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FileSystem;

impl Files for FileSystem {
    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            // Opening a pipe would wait for its writer.
            let what = if metadata.is_dir() {
                "it is a directory; name the file in it"
            } else {
                "it is a pipe or a device; name a file"
            };
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        let mut file = File::open(path)?;
        let before = file.metadata()?;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        Read::by_ref(&mut file)
            .take(limit)
            .read_to_end(&mut bytes)?;
        let after = file.metadata()?;
        if before.len() != after.len() || before.modified().ok() != after.modified().ok() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(bytes)
    }

    fn watch(&self, path: &Path, changed: Changed) -> Option<Box<dyn Watch>> {
        let handler = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !may_change(event.kind)) {
                return;
            }
            changed.notify();
        };
        let watcher = notify::recommended_watcher(handler)
            .inspect_err(|error| {
                log::warn!("{}: no events, so it is polled: {error}", path.display());
            })
            .ok()?;
        let mut watch = DirectoryWatch {
            path: path.to_owned(),
            watcher,
            watched: BTreeMap::new(),
        };
        watch.refresh();
        Some(Box::new(watch))
    }
}

/// Whether an event can mean new content. Reading the file makes events too, and must not lead to reading it again.
fn may_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Watches directories and never the file itself, since that watch would stay with a file that was renamed over.
struct DirectoryWatch {
    path: PathBuf,
    watcher: RecommendedWatcher,
    watched: BTreeMap<PathBuf, Identity>,
}

impl Watch for DirectoryWatch {
    fn refresh(&mut self) {
        let wanted: BTreeMap<PathBuf, Identity> = directories(&self.path)
            .into_iter()
            .filter_map(|directory| Identity::of(&directory).map(|identity| (directory, identity)))
            .collect();
        let outdated = self.watched.extract_if(.., |directory, identity| {
            wanted.get(directory) != Some(identity)
        });
        for (directory, _) in outdated {
            // It may be gone already, and its watch with it.
            let _ = self.watcher.unwatch(&directory);
        }
        for (directory, identity) in wanted {
            if self.watched.contains_key(&directory) {
                continue;
            }
            let watched = self.watcher.watch(&directory, RecursiveMode::NonRecursive);
            if watched.is_ok() {
                self.watched.insert(directory, identity);
            }
        }
    }
}

/// Tells a directory from another one that took its name later.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    /// Inode numbers are used again, so the time of its making is part of it.
    made: Option<SystemTime>,
    #[cfg(unix)]
    place: (u64, u64),
}

impl Identity {
    fn of(directory: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(directory).ok()?;
        Some(Self {
            made: metadata.created().ok(),
            #[cfg(unix)]
            place: {
                use std::os::unix::fs::MetadataExt;
                (metadata.dev(), metadata.ino())
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, ModifyKind, RemoveKind};

    use super::*;

    #[test]
    fn reading_a_file_is_no_reason_to_read_it_again() {
        for (kind, expected) in [
            (EventKind::Any, true),
            (EventKind::Other, true),
            (EventKind::Create(CreateKind::Any), true),
            (EventKind::Modify(ModifyKind::Any), true),
            (EventKind::Remove(RemoveKind::Any), true),
            (
                EventKind::Access(AccessKind::Close(AccessMode::Write)),
                true,
            ),
            (
                EventKind::Access(AccessKind::Close(AccessMode::Read)),
                false,
            ),
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), false),
            (EventKind::Access(AccessKind::Read), false),
        ] {
            assert_eq!(may_change(kind), expected, "{kind:?}");
        }
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let directory = std::env::temp_dir();
        let error = FileSystem.read(&directory, 10).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    }
}
