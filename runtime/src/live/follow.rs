//! The thread that follows a file.

use core::time::Duration;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use flagstone_model::limits;
use xxhash_rust::xxh3::xxh3_128;

use super::bell::{Bell, Rung};
use super::files::{Changed, Files, Watch};
use super::post::Post;
use super::quiet::Quiet;
use super::read::ReadError;
use super::source::Intake;
use crate::error::Error;

/// Follows a file.
pub(super) struct Follower {
    post: Post,
    path: PathBuf,
    files: Arc<dyn Files>,
    poll: Duration,
    watch: Option<Box<dyn Watch>>,
    quiet: Quiet,
    /// What the last look found.
    seen: Option<Seen>,
    /// Why the file could not be read, where it could not.
    trouble: String,
}

/// What a look at the file found, as far as it takes to tell whether the next one finds the same.
#[derive(PartialEq, Eq)]
enum Seen {
    Content(u128),
    Failed(io::ErrorKind),
}

impl Follower {
    pub(super) fn new(post: Post, path: PathBuf, files: Arc<dyn Files>, poll: Duration) -> Self {
        let watch = files.watch(&path, Changed::new(&post.bell));
        Self {
            post,
            path,
            files,
            poll,
            watch,
            quiet: Quiet::default(),
            seen: None,
            trouble: String::new(),
        }
    }

    /// Loads the file for the first time.
    pub(super) fn first(&mut self) -> Result<(), Error> {
        match self.read() {
            Ok((seen, bytes)) => {
                self.seen = Some(seen);
                self.post.offer(&bytes)
            }
            Err(error) => self.failed(error),
        }
    }

    pub(super) fn bell(&self) -> Arc<Bell> {
        Arc::clone(&self.post.bell)
    }

    /// Follows the file until the bell says stop.
    pub(super) fn run(mut self) {
        let post = self.post.clone();
        let followed = catch_unwind(AssertUnwindSafe(|| self.follow()));
        if followed.is_err() {
            post.ended(
                "following the file panicked, and it isn't read any more; see the panic's message",
            );
        }
        // The watch, which has a thread too, goes before the end is told.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(self)));
        post.bell.stopped();
    }

    fn follow(&mut self) {
        let mut next_poll = self.now().saturating_add(self.poll);
        loop {
            let wake = self.quiet.due().map_or(next_poll, |due| due.min(next_poll));
            let rung = self.post.bell.wait_until(&*self.post.clock, wake);
            let now = self.now();
            match rung {
                Rung::Stop => return,
                Rung::Changed => self.quiet.changed(now),
                Rung::Asked => {
                    self.guarded(Self::look);
                    // Whatever became of the look, there was one.
                    self.post.bell.answer();
                }
                Rung::Silence => {}
            }
            if self.quiet.is_due(now) {
                self.guarded(Self::look);
            } else if now >= next_poll {
                self.guarded(Self::glance);
            } else {
                continue;
            }
            next_poll = self.now().saturating_add(self.poll);
        }
    }

    fn now(&self) -> Duration {
        self.post.clock.elapsed()
    }

    /// Keeps the thread alive whatever happens in code of the program's, such as a logger or a value's `Deserialize`.
    fn guarded(&mut self, step: fn(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| step(self))).is_err() {
            let report = "loading the document panicked; see the panic's message";
            self.post.failed(report);
        }
    }

    /// Reads the file and offers what is new.
    fn look(&mut self) {
        match self.read() {
            Ok((seen, bytes)) => {
                if self.seen.as_ref() == Some(&seen) {
                    self.post.unchanged();
                    return;
                }
                self.seen = Some(seen);
                // What is wrong is in the log and in the status.
                let _ = self.post.offer(&bytes);
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
            self.quiet.changed(self.now());
            return;
        }
        match seen {
            Seen::Content(_) => self.post.unchanged(),
            Seen::Failed(_) => self.post.failed(&self.trouble),
        }
    }

    fn read(&mut self) -> Result<(Seen, Vec<u8>), ReadError> {
        // Before the reading, so that what changes during it is noticed.
        if let Some(watch) = &mut self.watch {
            watch.refresh();
        }
        match self.files.read(&self.path, limits::DOCUMENT_BYTES) {
            Ok(bytes) => Ok((Seen::Content(xxh3_128(&bytes)), bytes)),
            Err(error) => Err(ReadError {
                path: self.path.clone(),
                error,
            }),
        }
    }

    /// Reports a file that can't be read.
    fn failed(&mut self, error: ReadError) -> Result<(), Error> {
        let kind = error.error.kind();
        if kind == io::ErrorKind::WouldBlock {
            self.quiet.changed(self.now());
        } else {
            self.seen = Some(Seen::Failed(kind));
            self.trouble = error.to_string();
            self.post.failed(&self.trouble);
        }
        Err(Error::Unreadable(error))
    }
}
