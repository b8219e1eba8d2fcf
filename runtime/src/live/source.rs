//! Where documents come from while a program runs, and how they are handed over.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use flagstone_model::Timestamp;

use crate::error::Error;

/// A place that documents come from: what [`LiveBuilder::source`](crate::LiveBuilder::source) takes.
///
/// It runs on a thread of its own and may block there as it likes; dropping the handle of `start()` doesn't wait for
/// it longer than 100 ms, and what it delivers later has no effect. One that panics, or returns before it is told to
/// stop, is reported and not started again; what it delivered stays in force.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
/// use std::time::Duration;
///
/// use flagstone::{Feed, Source, Start, Wake};
/// use flags::Flags;
///
/// #[derive(Debug)]
/// struct Table;
///
/// impl Table {
///     fn read(&self) -> Result<&'static str, &'static str> {
///         Ok("version: 1\nflags: { new_dashboard: { serve: on } }")
///     }
/// }
///
/// impl Source for Table {
///     fn name(&self) -> String {
///         "the table of flags".to_owned()
///     }
///
///     fn follow(&mut self, feed: &Feed) {
///         loop {
///             match self.read() {
///                 // What is wrong with the document is logged, and in the status.
///                 Ok(document) => drop(feed.offer(document.as_bytes())),
///                 Err(report) => feed.failed(report),
///             }
///             if feed.wait(Duration::from_secs(30)) == Wake::Stop {
///                 return;
///             }
///         }
///     }
/// }
///
/// fn main() -> Result<(), flagstone::Error> {
///     let live = flags::live().source(Table).policy(Start::Fresh(Duration::from_secs(10)));
///     let _live = live.start()?;
///     assert!(Flags::NEW_DASHBOARD.is_enabled());
///     Ok(())
/// }
/// ```
pub trait Source: fmt::Debug + Send + 'static {
    /// What reports and the status call it: a path, a URL without its credentials.
    fn name(&self) -> String;

    /// Whether the source can be followed at all. `start()` asks before it changes anything, and fails with the answer: this is for
    /// settings that no waiting mends, such as a secret that isn't there. That something can't be reached just now belongs to
    /// [`Feed::failed`]. If not said otherwise, it can.
    ///
    /// # Errors
    ///
    /// What is wrong, and what to do about it; no secret.
    fn check(&self) -> Result<(), Box<dyn core::error::Error + Send + Sync>> {
        Ok(())
    }

    /// Delivers documents until [`Feed::wait`] says stop.
    fn follow(&mut self, feed: &Feed);
}

/// What a [`Source`] delivers to, and what tells it to go on.
///
/// It can be cloned and handed to other threads of the source.
#[derive(Debug, Clone)]
pub struct Feed(Arc<dyn Intake>);

/// Why [`Feed::wait`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a source that doesn't stop when it is told to is left behind with its thread"]
pub enum Wake {
    /// It is time to end.
    Stop,
    /// [`Control::reload`](crate::Control::reload) asks for a look now.
    Reload,
    /// As much time went by as was to be waited.
    Elapsed,
}

impl Feed {
    /// A feed that delivers elsewhere than to a flag set, to test a source with.
    pub fn to(intake: impl Intake) -> Self {
        Self(Arc::new(intake))
    }

    /// Delivers a document, in JSON or YAML. When this returns, it is in force, unless it was refused or a source that is
    /// preferred has delivered one. The same document again has no effect but that of [`unchanged`](Self::unchanged).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`], [`Error::UnknownEnvironment`] and [`Error::Probe`]: the last good state stays, and the log and the status
    /// have the report already. There is no error after the end, and no effect.
    pub fn offer(&self, document: &[u8]) -> Result<(), Error> {
        self.0.offer(document)
    }

    /// The source was asked and has nothing new, so that what it delivered is fresh.
    pub fn unchanged(&self) {
        self.0.unchanged();
    }

    /// An attempt to get a document failed. Every one is counted; the report is logged when it isn't that of the attempt
    /// before. What the source delivered is stale from the first of them until something succeeds.
    pub fn failed(&self, report: &str) {
        self.0.failed(report);
    }

    /// Waits until there is something to do, but no longer than this. Who was asked to look, and reports or waits again,
    /// has looked.
    pub fn wait(&self, at_most: Duration) -> Wake {
        self.0.wait(at_most)
    }

    /// Whether it is time to end.
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }

    /// The time, by the clock of the set.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// What stands behind a [`Feed`]: the flag set in a program, and what a test likes in a test of a source.
pub trait Intake: fmt::Debug + Send + Sync + 'static {
    /// See [`Feed::offer`].
    ///
    /// # Errors
    ///
    /// Why the document was refused.
    fn offer(&self, document: &[u8]) -> Result<(), Error>;

    /// See [`Feed::unchanged`].
    fn unchanged(&self);

    /// See [`Feed::failed`].
    fn failed(&self, report: &str);

    /// See [`Feed::wait`].
    fn wait(&self, at_most: Duration) -> Wake;

    /// See [`Feed::is_stopped`].
    fn is_stopped(&self) -> bool;

    /// See [`Feed::now`].
    fn now(&self) -> Timestamp;
}
