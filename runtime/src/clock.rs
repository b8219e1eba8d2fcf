//! The only place that asks the system what time it is.

use core::fmt::Debug;

use flagstone_model::Timestamp;

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
