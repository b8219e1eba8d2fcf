//! The only place that asks the system what time it is.

use flagstone::Timestamp;

/// The time now.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that may ask the system"
)]
pub(crate) fn now() -> Timestamp {
    std::time::SystemTime::now().into()
}
