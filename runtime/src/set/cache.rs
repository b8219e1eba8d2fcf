//! What a thread remembers of a set: where what is in force was last seen, which is much cheaper to check than to find out.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use arc_swap::{ArcSwap, Cache};

use super::{FlagSet, InForce};

thread_local! {
    static REMEMBERED: RefCell<Vec<Remembered>> = const { RefCell::new(Vec::new()) };
}

struct Remembered {
    set: &'static FlagSet,
    in_force: Cache<&'static ArcSwap<InForce>, Arc<InForce>>,
    /// This thread's part of [`Lacking`](super::lacking::Lacking), once it counted something.
    lacking: Option<Arc<AtomicU64>>,
}

/// Asks what is in force.
#[inline]
pub(crate) fn with_current<R>(set: &'static FlagSet, ask: impl Fn(&InForce) -> R) -> R {
    with(set, |remembered| ask(remembered.in_force.load()))
        // The thread is ending, or this is asked inside a question, by a clock or a context of the program's own.
        .unwrap_or_else(|| ask(&set.in_force()))
}

/// Counts a question of this thread that needed a context and had none.
pub(super) fn count_lacking(set: &'static FlagSet) {
    let registry = &set.running().lacking;
    let add_one = |counter: &AtomicU64| {
        // Only this thread writes it.
        let count = counter.load(Ordering::Relaxed);
        counter.store(count.wrapping_add(1), Ordering::Relaxed);
    };
    let counted = with(set, |remembered| {
        add_one(remembered.lacking.get_or_insert_with(|| registry.counter()));
    });
    if counted.is_none() {
        add_one(&registry.counter());
    }
}

#[inline]
fn with<R>(set: &'static FlagSet, use_it: impl FnOnce(&mut Remembered) -> R) -> Option<R> {
    let remembered = REMEMBERED.try_with(|remembered| {
        let mut remembered = remembered.try_borrow_mut().ok()?;
        let known = remembered
            .iter()
            .position(|known| core::ptr::eq(known.set, set));
        if known.is_none() {
            remembered.push(Remembered::new(set));
        }
        let place = match known {
            Some(place) => remembered.get_mut(place),
            None => remembered.last_mut(),
        };
        place.map(use_it)
    });
    remembered.ok().flatten()
}

impl Remembered {
    #[cold]
    fn new(set: &'static FlagSet) -> Self {
        Self {
            set,
            in_force: Cache::new(&set.running().current),
            lacking: None,
        }
    }
}
