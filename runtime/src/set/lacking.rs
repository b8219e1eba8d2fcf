//! Counting the questions that needed a context and had none.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{FlagSet, cache};

/// A counter for each thread, so that counting writes to no memory that another thread writes.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    counters: Mutex<Counters>,
    is_logged: AtomicBool,
}

#[derive(Debug, Default)]
struct Counters {
    alive: Vec<Arc<AtomicU64>>,
    /// What threads counted that have ended.
    ended: u64,
}

impl Lacking {
    /// A counter for one thread.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        let counter = Arc::<AtomicU64>::default();
        let mut counters = self.lock();
        counters.gather();
        counters.alive.push(Arc::clone(&counter));
        counter
    }

    /// All that was counted.
    pub(super) fn total(&self) -> u64 {
        let mut counters = self.lock();
        counters.gather();
        let alive = counters.alive.iter();
        let alive: u64 = alive.map(|counter| counter.load(Ordering::Relaxed)).sum();
        counters.ended.wrapping_add(alive)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    /// Adds up what ended threads counted, so that the list doesn't grow with them.
    fn gather(&mut self) {
        let ended = &mut self.ended;
        self.alive.retain(|counter| {
            let is_alive = Arc::strong_count(counter) > 1;
            if !is_alive {
                *ended = ended.wrapping_add(counter.load(Ordering::Relaxed));
            }
            is_alive
        });
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
