//! Stand-ins with the guarantees of the originals and no more, for what loom doesn't know or knows too well.

mod counted;
mod swapped;

pub(crate) use counted::Counted;
pub(crate) use swapped::Swapped;

/// How strong a stand-in is.
pub(crate) trait Strength: 'static {
    /// `Acquire`, or what is to be tried instead.
    const ACQUIRE: loom::sync::atomic::Ordering;
}

/// As the original.
pub(crate) enum Real {}

impl Strength for Real {
    const ACQUIRE: loom::sync::atomic::Ordering = loom::sync::atomic::Ordering::Acquire;
}

/// As if `strong_count` had been asked.
pub(crate) enum Weakened {}

impl Strength for Weakened {
    const ACQUIRE: loom::sync::atomic::Ordering = loom::sync::atomic::Ordering::Relaxed;
}
