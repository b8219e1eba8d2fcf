//! The disk cache: the state in force, for the next start.

mod format;
mod restore;

use core::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub(super) use format::Stored;
use xxhash_rust::xxh3::xxh3_64;

use super::running::Taken;
use crate::live::Files;

/// The greatest cache that is written or read, in bytes: some documents of the greatest size.
const LIMIT: usize = 256 << 20;

/// Whose state it is: the set that a module of a program has for a document. It stays the same when the document changes, so
/// that a new version of a program finds what the last one kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner {
    /// With its crate, as in `shop::flags`.
    module: &'static str,
    document: &'static str,
}

impl Owner {
    /// The owner whose schema has a path.
    pub(crate) fn new(schema: &'static str, document: &'static str) -> Self {
        let module = schema
            .rsplit_once("::")
            .map_or(schema, |(module, _)| module);
        Self { module, document }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.document, self.module)
    }
}

/// The cache of one flag set.
pub(crate) struct Disk {
    folder: PathBuf,
    owner: Owner,
    files: Arc<dyn Files>,
    /// What was written last.
    written: Mutex<Option<State>>,
}

/// A state that is to be written.
#[derive(Clone)]
pub(super) struct State {
    taken: Taken,
    /// Later states have a greater one.
    serial: u64,
}

impl Disk {
    pub(crate) fn new(folder: PathBuf, owner: Owner, files: Arc<dyn Files>) -> Self {
        Self {
            folder,
            owner,
            files,
            written: Mutex::default(),
        }
    }

    /// The file of an environment.
    pub(super) fn path(&self, environment: Option<&str>) -> PathBuf {
        // The readable part may be the same for two; the number isn't.
        let identity = format!("{}\0{environment:?}", self.owner);
        let mut name = readable(self.owner.module);
        for part in [Some(file_name(self.owner.document)), environment]
            .into_iter()
            .flatten()
        {
            name.push('.');
            name.push_str(&readable(part));
        }
        let number = xxh3_64(identity.as_bytes());
        self.folder.join(format!("{name}.{number:016x}.flagstone"))
    }

    /// Writes a state, unless it is the one that was written last, or older.
    pub(super) fn save(&self, state: &State) -> Option<io::Result<()>> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = written.as_ref().is_some_and(|last| {
            last.taken.environment == state.taken.environment
                && (last.serial > state.serial
                    || Arc::ptr_eq(&last.taken.snapshot, &state.taken.snapshot))
        });
        if is_known {
            return None;
        }
        let result = self.write(&state.taken);
        if result.is_ok() {
            *written = Some(state.clone());
        }
        Some(result)
    }

    fn write(&self, taken: &Taken) -> io::Result<()> {
        let stored = Stored::of(&self.owner.to_string(), taken);
        if stored.size() > LIMIT {
            let message = format!("the state is larger than {LIMIT} bytes, so it isn't kept");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        let path = self.path(taken.environment.as_deref());
        self.files.replace(&path, &stored.encode())
    }

    /// Reads what was written for an environment; nothing where there is nothing.
    ///
    /// # Errors
    ///
    /// Why it can't be used.
    pub(super) fn read(&self, environment: Option<&str>) -> Result<Option<Stored>, String> {
        let path = self.path(environment);
        let bytes = match self.files.read(&path, LIMIT) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{} can't be read: {error}", path.display())),
        };
        let stored = Stored::decode(&bytes)
            .and_then(|stored| stored.belongs_to(&self.owner.to_string(), environment))
            .map_err(|why| format!("{} isn't used: {why}", path.display()))?;
        Ok(Some(stored))
    }
}

/// A path's last part.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A name as far as every file system takes it.
fn readable(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars()
        .take(60)
        .map(|c| if allowed(c) { c } else { '_' })
        .collect()
}
