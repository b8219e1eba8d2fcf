//! What flags answer to everyone, in memory that a thread can refer to for as long as it likes.

use super::ASK;
use super::sync::{AtomicU8, Mutex, MutexGuard, Ordering, PoisonError};
use crate::snapshot::Snapshot;

/// A byte for each flag of a program: the ordinal of what it answers to everyone, or [`ASK`].
///
/// It is lent by [`Lender`] for as long as the state that it belongs to may be pinned, and used again afterwards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdicts(&'static [AtomicU8]);

impl Verdicts {
    /// Of a set without flags.
    pub(crate) const NONE: Self = Self(&[]);

    #[inline]
    pub(crate) fn get(self, index: u32) -> u8 {
        let verdict = self.0.get(index as usize);
        verdict.map_or(ASK, |verdict| verdict.load(Ordering::Relaxed))
    }

    /// Makes every question take a longer look.
    pub(super) fn withdraw(self) {
        for verdict in self.0 {
            verdict.store(ASK, Ordering::Relaxed);
        }
    }
}

/// Lends memory for verdicts.
///
/// Threads refer to verdicts without counting, so the memory is never given back to the system. There is as much of it as
/// there were ever states pinned at the same time, a byte a flag for each.
///
/// Reading them takes no ordering: a thread got them from a state that it holds or that its scope does, so they were written before
/// it had them, and they come back with the last reference to that state. Letting go of a reference is released, and whoever lets go
/// of the last one acquires that, so every read comes before the next loan's writes.
#[derive(Debug)]
pub(super) struct Lender {
    free: Mutex<Vec<Verdicts>>,
    flags: usize,
}

impl Lender {
    pub(super) fn new(flags: usize) -> Self {
        Self {
            free: Mutex::new(Vec::new()),
            flags,
        }
    }

    pub(super) fn lend(&self, snapshot: &Snapshot) -> Verdicts {
        let free = self.free().pop();
        let verdicts = free.unwrap_or_else(|| {
            let made: Box<[AtomicU8]> = (0..self.flags).map(|_| AtomicU8::new(ASK)).collect();
            Verdicts(Box::leak(made))
        });
        for (verdict, index) in verdicts.0.iter().zip(0..) {
            verdict.store(snapshot.verdict(index), Ordering::Relaxed);
        }
        verdicts
    }

    pub(super) fn take_back(&self, verdicts: Verdicts) {
        self.free().push(verdicts);
    }

    fn free(&self) -> MutexGuard<'_, Vec<Verdicts>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
