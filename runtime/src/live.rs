//! Following a source while the program runs.

mod bell;
mod builder;
mod files;
mod follow;
#[cfg(feature = "http")]
mod http;
mod path;
mod post;
mod probe;
mod quiet;
mod read;
mod replace;
mod source;
mod start;
mod variables;

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

pub use bell::Alarm;
pub(crate) use bell::{Bell, moment_after};
pub use builder::LiveBuilder;
pub use files::{Changed, Files, Watch};
#[cfg(feature = "http")]
pub use http::{Http, HttpError, HttpReply, HttpRequest, InvalidUrl, Network, NetworkError};
pub(crate) use probe::Expectation;
pub use probe::Probe;
pub use read::ReadError;
pub use source::{Feed, Intake, Source, Wake};
pub use start::Start;

use crate::set::{FlagSet, Session};

/// How long dropping the handle waits for its threads.
const PATIENCE: Duration = Duration::from_millis(100);

/// While it lives, a flag set follows its sources: made by `flags::live()…start()`.
///
/// Dropping it ends that within 100 ms; the flags stay as they then are. A thread that is stuck in its work is left
/// behind, and can't change anything any more.
#[must_use = "the flags are followed only while this lives; bind it to a name, as in `let _live = …`, or call `.detach()`"]
pub struct Live {
    set: &'static FlagSet,
    session: Session,
    /// One for each source.
    bells: Vec<Arc<Bell>>,
    detached: bool,
}

impl Live {
    /// Goes on following for as long as the program runs.
    pub fn detach(mut self) {
        self.detached = true;
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if self.detached {
            return;
        }
        self.set.end(self.session);
        for bell in &self.bells {
            bell.stop();
        }
        let end = moment_after(PATIENCE);
        for bell in &self.bells {
            bell.wait_for_end(end);
        }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("set", &self.set.name())
            .field("sources", &self.bells.len())
            .finish_non_exhaustive()
    }
}
