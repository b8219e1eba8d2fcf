//! Evaluation: a snapshot, a context and a time give an answer. It borrows everything, allocates nothing, can't fail on
//! data, and asks for the time only where a flag needs it.

mod condition;
mod observer;
mod past;
mod test;
mod walk;

use flagstone_model::Timestamp;
pub(crate) use observer::{Observer, Silent};
pub(crate) use past::StepByStep;
pub(crate) use walk::Walk;

/// Where the time of an evaluation comes from. It is asked only where a flag needs it, perhaps more than once, and
/// then it must give the same time again.
pub trait Now {
    /// The time.
    fn now(&self) -> Timestamp;
}

impl Now for Timestamp {
    #[inline]
    fn now(&self) -> Timestamp {
        *self
    }
}

impl<N: Now + ?Sized> Now for &N {
    #[inline]
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}
