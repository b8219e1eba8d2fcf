//! `arc_swap::ArcSwap`, which has no hooks for loom.

use std::sync::{Arc, Mutex, PoisonError};

use loom::sync::atomic::{AtomicUsize, Ordering};

/// A pointer that can be read while it is replaced. What was done before a value was stored is seen by whoever loads it, and a
/// load may be as late as the memory model allows; that is all that `ArcSwap` says about order.
///
/// Values are numbered instead of pointed to, and none is freed before the model ends: when `ArcSwap` may free one is its own
/// affair.
pub(crate) struct Swapped<T> {
    /// Never held while loom may go to another thread.
    values: Mutex<Vec<Arc<T>>>,
    current: AtomicUsize,
}

impl<T> Swapped<T> {
    pub(crate) fn new(first: T) -> Self {
        Self {
            values: Mutex::new(vec![Arc::new(first)]),
            current: AtomicUsize::new(0),
        }
    }

    pub(crate) fn load(&self) -> Arc<T> {
        let number = self.current.load(Ordering::Acquire);
        self.value(number)
    }

    pub(crate) fn swap(&self, next: Arc<T>) -> Arc<T> {
        let number = {
            let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
            values.push(next);
            values.len() - 1
        };
        let before = self.current.swap(number, Ordering::AcqRel);
        self.value(before)
    }

    fn value(&self, number: usize) -> Arc<T> {
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&values[number])
    }
}
