//! The thread that follows a file.

use core::time::Duration;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flagstone_model::limits;
use xxhash_rust::xxh3::xxh3_128;

use super::bell::{Bell, Rung};
use super::files::{Changed, Files, Watch};
use super::quiet::Quiet;
use super::read::ReadError;
use crate::error::Error;
use crate::set::{FlagSet, Offer, Session};
use crate::status::Origin;

/// What is followed, and for whom.
pub(super) struct Source {
    pub(super) set: &'static FlagSet,
    pub(super) session: Session,
    pub(super) path: PathBuf,
    pub(super) files: Arc<dyn Files>,
}

/// Follows a file.
pub(super) struct Follower {
    source: Source,
    bell: Arc<Bell>,
    poll: Duration,
    watch: Option<Box<dyn Watch>>,
    quiet: Quiet,
    /// What the last look found.
    seen: Option<Seen>,
}

/// What a look at the file found, as far as it takes to tell whether the next one finds the same.
#[derive(PartialEq, Eq)]
enum Seen {
    Content(u128),
    Failed(io::ErrorKind),
}

impl Follower {
    pub(super) fn new(source: Source, bell: &Arc<Bell>, poll: Duration) -> Self {
        let watch = source.files.watch(&source.path, Changed::new(bell));
        Self {
            source,
            bell: Arc::clone(bell),
            poll,
            watch,
            quiet: Quiet::default(),
            seen: None,
        }
    }

    /// Loads the file for the first time, in the environment that it is to be in.
    pub(super) fn first(&mut self, environment: Option<&str>) -> Result<(), Error> {
        match self.read() {
            Ok((seen, bytes)) => {
                self.seen = Some(seen);
                self.offer(&bytes, environment)
            }
            Err(error) => self.failed(error),
        }
    }

    /// Follows the file until the bell says stop.
    pub(super) fn run(mut self) {
        let bell = Arc::clone(&self.bell);
        self.follow();
        // The watch, which has a thread too, goes before the end is told.
        drop(self);
        bell.stopped();
    }

    fn follow(&mut self) {
        let mut next_poll = Instant::now() + self.poll;
        loop {
            let wake = self.quiet.due().map_or(next_poll, |due| due.min(next_poll));
            let rung = self.bell.wait_until(wake);
            let now = Instant::now();
            match rung {
                Rung::Stop => return,
                Rung::Changed => self.quiet.changed(now),
                Rung::Silence => {}
            }
            if self.quiet.is_due(now) {
                self.guarded(Self::look);
            } else if now >= next_poll {
                self.guarded(Self::glance);
            } else {
                continue;
            }
            next_poll = Instant::now() + self.poll;
        }
    }

    /// Keeps the thread alive whatever happens in code of the program's, such as a logger or a value's `Deserialize`.
    fn guarded(&mut self, step: fn(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| step(self))).is_err() {
            let report = "loading the document panicked; see the panic's message";
            let origin = Origin::File(self.source.path.clone());
            self.source.set.failed(self.source.session, origin, report);
        }
    }

    /// Reads the file and offers what is new.
    fn look(&mut self) {
        match self.read() {
            Ok((seen, bytes)) => {
                if self.seen.as_ref() == Some(&seen) {
                    return;
                }
                self.seen = Some(seen);
                // What is wrong is in the log and in the status.
                let environment = self.source.set.environment();
                let _ = self.offer(&bytes, environment.as_deref());
            }
            Err(error) => {
                let _ = self.failed(error);
            }
        }
    }

    /// Reads the file where nothing says that it changed. What is new is offered when it is still there after a pause,
    /// since it may be half written.
    fn glance(&mut self) {
        let seen = match self.read() {
            Ok((seen, _)) => seen,
            Err(error) => Seen::Failed(error.error.kind()),
        };
        if self.seen.as_ref() != Some(&seen) {
            self.quiet.changed(Instant::now());
        }
    }

    fn read(&mut self) -> Result<(Seen, Vec<u8>), ReadError> {
        // Before the reading, so that what changes during it is noticed.
        if let Some(watch) = &mut self.watch {
            watch.refresh();
        }
        let path = &self.source.path;
        match self.source.files.read(path, limits::DOCUMENT_BYTES) {
            Ok(bytes) => Ok((Seen::Content(xxh3_128(&bytes)), bytes)),
            Err(error) => Err(ReadError {
                path: path.clone(),
                error,
            }),
        }
    }

    fn offer(&self, bytes: &[u8], environment: Option<&str>) -> Result<(), Error> {
        let name = self.source.path.display().to_string();
        let offer = Offer {
            origin: Origin::File(self.source.path.clone()),
            name: &name,
            bytes,
            environment,
        };
        self.source.set.take(Some(self.source.session), &offer)
    }

    /// Reports a file that can't be read, once for each new reason.
    fn failed(&mut self, error: ReadError) -> Result<(), Error> {
        let kind = error.error.kind();
        if kind == io::ErrorKind::WouldBlock {
            self.quiet.changed(Instant::now());
        } else if self.seen != Some(Seen::Failed(kind)) {
            self.seen = Some(Seen::Failed(kind));
            let origin = Origin::File(self.source.path.clone());
            self.source
                .set
                .failed(self.source.session, origin, &error.to_string());
        }
        Err(Error::Unreadable(error))
    }
}
