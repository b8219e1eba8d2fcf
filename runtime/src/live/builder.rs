//! Saying what to follow.

use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use super::Live;
use super::files::{FileSystem, Files};
use super::probe::{Expectation, Probe};
use super::source::Source;
use super::start::{self, Plan, Start, Wanted};
use crate::clock::{Clock, SystemClock};
use crate::error::Error;
use crate::flag::Schema;

/// How often a file is read where nothing says that it changed.
const POLL: Duration = Duration::from_secs(2);

/// What a flag set is to follow: `flags::live()`.
///
/// ```no_run
/// # use flagstone::{Error, Live, LiveBuilder, Schema};
/// # fn f<S: Schema>() -> Result<(), Error> {
/// # mod flags { pub fn live<S: flagstone::Schema>() -> flagstone::LiveBuilder<S> { flagstone::LiveBuilder::new() } }
/// # let live: LiveBuilder<S> =
/// flags::live().file("flags.yaml").environment("production")
/// # ;
/// # let _live =
/// #    live
///     .start()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is followed before `.start()`"]
pub struct LiveBuilder<S> {
    /// The most preferred first.
    pub(super) sources: Vec<Wanted>,
    pub(super) environment: Option<String>,
    policy: Start,
    pub(super) cache: Option<PathBuf>,
    probes: Vec<Expectation>,
    poll: Duration,
    files: Arc<dyn Files>,
    clock: Arc<dyn Clock>,
    /// What was wrong in what the builder was given; `start` says so.
    pub(super) wrong: Option<Error>,
    set: PhantomData<fn() -> S>,
}

impl<S: Schema> LiveBuilder<S> {
    /// Follows nothing yet.
    #[expect(
        clippy::new_without_default,
        reason = "`flags::live()` is the way to get one"
    )]
    pub fn new() -> Self {
        Self {
            sources: Vec::new(),
            environment: None,
            policy: Start::default(),
            cache: None,
            probes: Vec::new(),
            poll: POLL,
            files: Arc::new(FileSystem),
            clock: Arc::new(SystemClock),
            wrong: None,
            set: PhantomData,
        }
    }

    /// Follows a file: what is written into it takes effect within half a second, however it is written (in place,
    /// by a file renamed over it, by swapping a link on the way to it).
    ///
    /// A file that is missing or wrong changes nothing: the last good state stays, the [log](log) has the report, and
    /// so has [`Status::last_error`](crate::Status::last_error). That holds for `start()` too, where the last good state is the disk cache's, or the document in the binary.
    ///
    /// It is a source like others: see [`source`](Self::source) for what holds where there are several.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.sources.push(Wanted::File(path.into()));
        self
    }

    /// Follows a source of the program's own.
    ///
    /// There may be several, in order of preference: the first that was given is preferred. Each runs on a thread of its
    /// own. In force is what the most preferred one of those delivered last that have delivered a document which could be
    /// taken. So a less preferred source fills in until a better one delivers, and then only stands by; a source that
    /// fails later takes nothing away, since what it delivered never expires.
    ///
    /// A kill always arrives from a document that counts, however wrong the rest of it is. It isn't taken from a
    /// source that stands by, since that may be a copy that nobody looks after.
    pub fn source(mut self, source: impl Source) -> Self {
        self.sources.push(Wanted::Custom(Box::new(source)));
        self
    }

    /// Keeps every state that was accepted in a folder, so that a restart answers as before, whatever can be reached then.
    ///
    /// There is one file for each flag set and environment, which tells sets apart by the crate and module that includes their flags and the
    /// name of their document. It has the document in force, what flags that are refused in it
    /// keep from earlier ones, and what documents killed. It never expires. What is torn, or not what it says it is, isn't used;
    /// [`Status::cache_error`](crate::Status::cache_error) says why. What was done by hand with [`Control`](crate::Control) isn't
    /// in it, but for the documents that were published.
    ///
    /// A document that a source delivers, a file included, replaces what the cache restored. A state is written on the thread that
    /// brings it, after it is in force; that it can't be written stops nothing, is in the status, and is tried again with the
    /// next state.
    ///
    /// The folder is made if it isn't there. Several processes may share it, and so may several programs, unless their
    /// crates have the same name. A program that is built anew finds what its last version kept.
    pub fn cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }

    /// What `start()` waits for; [`Start::Embedded`], which is nothing, if not said otherwise.
    pub fn policy(mut self, policy: Start) -> Self {
        self.policy = policy;
        self
    }

    /// Answers that every document has to give before it is put in force: see [`Probe`].
    pub fn probe(mut self, probe: Probe<S>) -> Self {
        self.probes.extend(probe.into_expectations());
        self
    }

    /// Chooses the environment, whose overlays the flags then answer with.
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.environment = Some(name.into());
        self
    }

    /// How often files are read where nothing says that they changed; every 2 s if not said otherwise.
    ///
    /// It is a backstop for places without events, such as network mounts; a small file costs some microseconds.
    pub fn poll_every(mut self, interval: Duration) -> Self {
        self.poll = interval;
        self
    }

    /// Takes files from elsewhere than the file system. For tests.
    pub fn files(mut self, files: impl Files) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// Takes the time from another clock than the system's, for loading and for all questions. For tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Puts in force what there is, waits as the [policy](Self::policy) says, and follows the sources until the
    /// handle is dropped. Files are read before it returns.
    ///
    /// # Errors
    ///
    /// Whatever it is, the flags stay as they were.
    ///
    /// - [`Error::AlreadyLive`] while another handle of this set lives, or was detached.
    /// - [`Error::Source`] where a source can't be followed as it was set up: see [`Source::check`].
    /// - [`Error::UnknownEnvironment`] where the environment isn't declared by a file, and the disk cache has no state of it; or,
    ///   if nothing else could be taken, by the document in the binary.
    /// - [`Error::EmbeddedValue`] where the binary's own values don't fit a `rust_type`.
    /// - [`Error::Probe`] where a probe doesn't hold with the document in the binary.
    /// - [`Error::NotFresh`] where the policy waits, and nothing came.
    /// - [`Error::NotUnicode`], [`Error::Thread`].
    pub fn start(self) -> Result<Live, Error> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let plan = Plan {
            sources: self.sources,
            environment: self.environment,
            policy: self.policy,
            cache: self.cache,
            probes: self.probes,
            poll: self.poll,
            files: self.files,
            clock: self.clock,
        };
        start::start(S::set(), core::any::type_name::<S>(), plan)
    }
}

impl<S> fmt::Debug for LiveBuilder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveBuilder")
            .field("sources", &self.sources)
            .field("environment", &self.environment)
            .field("policy", &self.policy)
            .field("cache", &self.cache)
            .field("poll", &self.poll)
            .finish_non_exhaustive()
    }
}
