//! Saying what to follow.

use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::bell::Bell;
use super::files::{FileSystem, Files};
use super::follow::Follower;
use super::{Live, follow};
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
    file: Option<PathBuf>,
    environment: Option<String>,
    poll: Duration,
    files: Arc<dyn Files>,
    clock: Arc<dyn Clock>,
    /// What was wrong in what the builder was given; `start` says so.
    wrong: Option<Error>,
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
            file: None,
            environment: None,
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
    /// so has [`Status::last_error`](crate::Status::last_error). That holds for `start()` too, where the last good state is the document in the binary.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Chooses the environment, whose overlays the flags then answer with.
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.environment = Some(name.into());
        self
    }

    /// Reads `FLAGSTONE_ENVIRONMENT`, the environment's name, and `FLAGSTONE_FLAGS`, the file's path. One that isn't
    /// set, or is empty, leaves what was said before.
    pub fn from_env(self) -> Self {
        self.with_variables(std::env::var_os)
    }

    fn with_variables(mut self, read: impl Fn(&'static str) -> Option<OsString>) -> Self {
        let read = |variable| read(variable).filter(|value| !value.is_empty());
        if let Some(path) = read("FLAGSTONE_FLAGS") {
            self.file = Some(path.into());
        }
        let variable = "FLAGSTONE_ENVIRONMENT";
        match read(variable).map(OsString::into_string) {
            Some(Ok(name)) => self.environment = Some(name),
            Some(Err(_)) => self.wrong = Some(Error::NotUnicode { variable }),
            None => {}
        }
        self
    }

    /// How often the file is read where nothing says that it changed; every 2 s if not said otherwise.
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

    /// Loads the file, and follows it on a thread of its own until the handle is dropped.
    ///
    /// # Errors
    ///
    /// - [`Error::AlreadyLive`] while another handle of this set lives, or was detached.
    /// - [`Error::UnknownEnvironment`] where the environment isn't declared, by the file or, if that can't be taken, by
    ///   the document in the binary.
    /// - [`Error::EmbeddedValue`] where the binary's own values don't fit a `rust_type`.
    /// - [`Error::NotUnicode`], [`Error::Thread`].
    pub fn start(self) -> Result<Live, Error> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let set = S::set();
        let session = set.begin(self.clock)?;
        // From here on an error drops the handle, which ends the session.
        let mut live = Live {
            set,
            session,
            bell: None,
            detached: false,
        };
        let before = set.taken();
        let embedded = set.start_embedded(self.environment.as_deref());
        let Some(path) = self.file else {
            return embedded.map(|()| live);
        };
        let bell = Arc::new(Bell::default());
        let source = follow::Source {
            set,
            session,
            path,
            files: self.files,
        };
        let mut follower = Follower::new(source, &bell, self.poll);
        let first = follower.first(self.environment.as_deref());
        match (first, embedded) {
            (Err(error @ Error::UnknownEnvironment { .. }), _) | (Err(_), Err(error)) => {
                set.take_back(before);
                return Err(error);
            }
            _ => {}
        }
        std::thread::Builder::new()
            .name("flagstone".to_owned())
            .spawn(move || follower.run())
            .map_err(Error::Thread)?;
        live.bell = Some(bell);
        Ok(live)
    }
}

impl<S> fmt::Debug for LiveBuilder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveBuilder")
            .field("file", &self.file)
            .field("environment", &self.environment)
            .field("poll", &self.poll)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicU8;

    use super::*;
    use crate::set::{Embedded, FlagSet, NO_STATE};
    use crate::snapshot::Program;

    enum Empty {}

    static SET: FlagSet = FlagSet::new(
        Embedded {
            name: "flags.yaml",
            text: "version: 1\nflags: {}\n",
            program: Program {
                flags: &[],
                attributes: &[],
                targeting_key: 0,
            },
        },
        &[],
    );

    impl Schema for Empty {
        fn set() -> &'static FlagSet {
            &SET
        }

        fn state(_: u32) -> &'static AtomicU8 {
            &NO_STATE
        }
    }

    #[test]
    fn variables_say_what_to_follow_where_they_are_set() {
        let row = |flags: Option<&str>, environment: Option<&str>| {
            let builder = LiveBuilder::<Empty>::new().file("a").environment("b");
            let builder = builder.with_variables(|variable| match variable {
                "FLAGSTONE_FLAGS" => flags.map(OsString::from),
                "FLAGSTONE_ENVIRONMENT" => environment.map(OsString::from),
                _ => None,
            });
            let file = builder.file.map(|file| file.display().to_string());
            (
                file.unwrap_or_default(),
                builder.environment.unwrap_or_default(),
            )
        };
        for (flags, environment, file, chosen) in [
            (None, None, "a", "b"),
            (Some(""), Some(""), "a", "b"),
            (Some("c/d.yaml"), None, "c/d.yaml", "b"),
            (None, Some("staging"), "a", "staging"),
        ] {
            assert_eq!(
                row(flags, environment),
                (file.to_owned(), chosen.to_owned())
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_environment_that_is_no_text_is_an_error_of_start() {
        use std::os::unix::ffi::OsStringExt;
        let builder = LiveBuilder::<Empty>::new();
        let builder = builder.with_variables(|variable| {
            (variable == "FLAGSTONE_ENVIRONMENT").then(|| OsString::from_vec(vec![0xff]))
        });
        let error = builder.start().map(drop).unwrap_err();
        let message = "the environment variable FLAGSTONE_ENVIRONMENT is no Unicode text";
        assert_eq!(error.to_string(), message);
    }
}
