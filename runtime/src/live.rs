//! Following a source while the program runs.

mod bell;
mod builder;
mod files;
mod follow;
mod path;
mod quiet;
mod read;

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use bell::Bell;
pub use builder::LiveBuilder;
pub use files::{Changed, Files, Watch};
pub use read::ReadError;

use crate::set::{FlagSet, Session};

/// How long dropping the handle waits for its thread.
const PATIENCE: Duration = Duration::from_millis(100);

/// While it lives, a flag set follows its source: made by `flags::live()…start()`.
///
/// Dropping it ends that within 100 ms; the flags stay as they then are. A thread that is stuck in reading is left
/// behind, and can't change anything any more.
#[must_use = "the flags are followed only while this lives; bind it to a name, as in `let _live = …`, or call `.detach()`"]
pub struct Live {
    set: &'static FlagSet,
    session: Session,
    /// There is none where nothing is followed, only the environment chosen.
    bell: Option<Arc<Bell>>,
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
        if let Some(bell) = &self.bell {
            bell.stop();
            bell.wait_for_end(PATIENCE);
        }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("set", &self.set.name())
            .field("follows", &self.bell.is_some())
            .finish_non_exhaustive()
    }
}
