//! Counting by many threads, each in memory of its own: no thread writes what another one writes.

use super::sync::{Arc, AtomicU64, Mutex, MutexGuard, Ordering, PoisonError};

/// A counter for each thread, and what those counted that have ended.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counters>);

#[derive(Debug, Default)]
struct Counters {
    alive: Vec<Arc<AtomicU64>>,
    /// What threads counted that have ended.
    ended: u64,
}

/// Adds one to a counter of [`Tally::counter`]. Only the thread that it was made for does so, so what was read is still there
/// when it is written.
pub(super) fn add_one(counter: &AtomicU64) {
    let count = counter.load(Ordering::Relaxed);
    counter.store(count.wrapping_add(1), Ordering::Relaxed);
}

impl Tally {
    /// A counter for one thread, which lets go of it when it ends.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        let counter = Arc::new(AtomicU64::new(0));
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

    fn lock(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    /// Adds up what ended threads counted, so that the list doesn't grow with them.
    fn gather(&mut self) {
        let ended = &mut self.ended;
        self.alive.retain_mut(|counter| {
            // Not `strong_count`, which is relaxed: this one acquires what the thread wrote before it let go, so that its last
            // counts aren't missed.
            let has_ended = Arc::get_mut(counter).is_some();
            if has_ended {
                *ended = ended.wrapping_add(counter.load(Ordering::Relaxed));
            }
            !has_ended
        });
    }
}
