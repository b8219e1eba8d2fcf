//! The only place that asks the system what time it is.

use core::fmt::Debug;
use core::time::Duration;
use std::sync::LazyLock;
use std::time::Instant;

use flagstone_model::Timestamp;

use crate::live::Alarm;

/// What tells the time.
///
/// Programs use the system's clock, which is the default; a test brings one of its own, and moves it.
///
/// ```
/// use flagstone::{Clock, Timestamp};
///
/// #[derive(Debug)]
/// struct Stopped(Timestamp);
///
/// impl Clock for Stopped {
///     fn now(&self) -> Timestamp {
///         self.0
///     }
/// }
///
/// let clock = Stopped(Timestamp::from_milliseconds(5));
/// assert_eq!(clock.now().milliseconds(), 5);
/// ```
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// The time since a moment that stays the same while the program runs. It never goes backwards, and doesn't jump when
    /// the system's time is set; intervals are measured with it.
    ///
    /// A clock that is moved by hand moves this too.
    fn elapsed(&self) -> Duration {
        static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
        FIRST.elapsed()
    }

    /// Blocks until the alarm rings, or until about this much time went by; it may return too early. Every thread of this
    /// crate waits here, so that a clock which is moved by hand decides how long that takes: it keeps the alarm,
    /// calls [`Alarm::wait`] for a very long time, and [`Alarm::wake`] when its own time has come.
    fn wait(&self, alarm: &Alarm, at_most: Duration) {
        alarm.wait(at_most);
    }
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask the system"
    )]
    fn now(&self) -> Timestamp {
        std::time::SystemTime::now().into()
    }
}
