//! Counting the questions that needed a context and had none.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;

use super::tally::Tally;
use super::{FlagSet, cache};

/// How often a context was lacking, and whether that was said.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    tally: Tally,
    is_logged: AtomicBool,
}

impl Lacking {
    /// A counter for one thread.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        self.tally.counter()
    }

    /// All that was counted.
    pub(super) fn total(&self) -> u64 {
        self.tally.total()
    }
}

impl FlagSet {
    /// Counts a question that needed a context and had none; the first is logged.
    #[cold]
    pub(crate) fn note_lacking_context(&'static self) {
        let lacking = &self.running().lacking;
        cache::count_lacking(self);
        if lacking.is_logged.load(Ordering::Relaxed)
            || lacking.is_logged.swap(true, Ordering::Relaxed)
        {
            return;
        }
        log::warn!(
            "a flag of {} that depends on the context was asked in no scope that has one, and answered as for an empty context; \
             enter `flags::scope(&context)` around each request, or ask with `…_for(&context)` (this is logged once; `flags::status()` counts)",
            self.name()
        );
    }
}
