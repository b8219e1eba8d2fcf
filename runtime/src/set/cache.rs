//! What a thread remembers of a set: where what is in force was last seen, which is much cheaper to check than to find out.

use core::cell::RefCell;
use core::ops::Deref;
use core::sync::atomic::AtomicU64;
use std::sync::Arc;

use arc_swap::{ArcSwap, Cache};

use super::tally::add_one;
use super::{FlagSet, InForce};

thread_local! {
    static REMEMBERED: RefCell<All> = const { RefCell::new(All { first: None, others: Vec::new() }) };
}

/// The sets that the thread has asked. Most programs have one, which is found without a search.
struct All {
    first: Option<Remembered>,
    others: Vec<Remembered>,
}

struct Remembered {
    set: &'static FlagSet,
    /// Compared with the shared pointer at every question, relaxed: where they are equal, what it points to was acquired when it was
    /// taken in; where they aren't, it is taken in anew. It can't be an older state at the same place, since this one is held.
    in_force: Cache<&'static ArcSwap<InForce>, Arc<InForce>>,
    /// The same for the scopes that the thread opens, since it opened the last one.
    held: Option<Held>,
    /// This thread's part of [`Tally`](super::tally::Tally), once it counted something.
    lacking: Option<Arc<AtomicU64>>,
}

/// What is in force, for a scope to pin, counted by each thread for itself: threads that open scopes all the time would
/// otherwise write the same count, and take it from each other.
#[derive(Clone)]
pub(crate) struct Held(Arc<Holder>);

struct Holder {
    in_force: Arc<InForce>,
}

impl Held {
    fn new(in_force: Arc<InForce>) -> Self {
        Self(Arc::new(Holder { in_force }))
    }
}

impl Deref for Held {
    type Target = InForce;

    #[inline]
    fn deref(&self) -> &InForce {
        &self.0.in_force
    }
}

/// Holds what is in force.
pub(crate) fn hold(set: &'static FlagSet) -> Held {
    let held = with(set, |remembered| {
        let current = remembered.in_force.load();
        match &remembered.held {
            Some(held) if Arc::ptr_eq(&held.0.in_force, current) => held.clone(),
            _ => {
                let held = Held::new(Arc::clone(current));
                remembered.held.insert(held).clone()
            }
        }
    });
    held.unwrap_or_else(|| Held::new(set.in_force()))
}

/// Asks what is in force.
pub(crate) fn with_current<R>(set: &'static FlagSet, ask: impl Fn(&InForce) -> R) -> R {
    with_remembered(set, &ask).unwrap_or_else(|| ask(&set.in_force()))
}

/// Asks what is in force; `None` where the thread is ending, or this is asked inside a question, by a clock or a context of the
/// program's own.
#[inline]
pub(crate) fn with_remembered<R>(
    set: &'static FlagSet,
    ask: impl FnOnce(&InForce) -> R,
) -> Option<R> {
    with(set, |remembered| ask(remembered.in_force.load()))
}

/// Counts a question of this thread that needed a context and had none.
pub(super) fn count_lacking(set: &'static FlagSet) {
    let registry = &set.running().lacking;
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
        remembered.find(set).map(use_it)
    });
    remembered.ok().flatten()
}

impl All {
    #[inline]
    fn find(&mut self, set: &'static FlagSet) -> Option<&mut Remembered> {
        let is_first = matches!(&self.first, Some(first) if core::ptr::eq(first.set, set));
        if !is_first {
            return self.find_otherwise(set);
        }
        self.first.as_mut()
    }

    /// Finds a set that isn't the first, or takes it in.
    #[cold]
    #[inline(never)]
    fn find_otherwise(&mut self, set: &'static FlagSet) -> Option<&mut Remembered> {
        if self.first.is_none() {
            return Some(self.first.insert(Remembered::new(set)));
        }
        let is_known = |known: &Remembered| core::ptr::eq(known.set, set);
        let place = self.others.iter().position(is_known);
        let place = place.unwrap_or_else(|| {
            self.others.push(Remembered::new(set));
            self.others.len() - 1
        });
        self.others.get_mut(place)
    }
}

impl Remembered {
    #[cold]
    fn new(set: &'static FlagSet) -> Self {
        Self {
            set,
            in_force: Cache::new(&set.running().current),
            held: None,
            lacking: None,
        }
    }
}
