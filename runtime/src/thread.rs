//! What one thread knows: the scope it is in, and the flags that it forces.
//!
//! Nothing here has a destructor, so a question asked in a destructor while the thread ends finds
//! everything in place.

use core::cell::{Cell, RefCell};
use core::mem::ManuallyDrop;
use std::sync::Arc;

use crate::scope::Opened;
use crate::set::{ASK, FlagSet, Verdicts};

/// The word's lowest bit: the thread is in a scope.
const IN_SCOPE: u64 = 1;

/// The bit of the word that says whether a flag may be forced on the thread: each is shared by the flags whose indices are
/// that many apart, so nearly all flags that nobody forces stay on the fast path.
#[inline]
const fn forced_bit(index: u32) -> u64 {
    2 << (index & 31)
}

struct Thread {
    /// [`IN_SCOPE`] and the bits of forced flags, so that the fast path is one comparison. It is only ever written whole: a
    /// processor makes a question wait that reads it whole behind a write of one bit.
    word: Cell<u64>,
    /// The bits of forced flags.
    forced_bits: Cell<u64>,
    /// The scope's own set, where the scope forces none of its flags.
    own: Cell<Option<&'static FlagSet>>,
    /// What flags of that set answer to everyone. Here, it can be read without borrowing the scope.
    verdicts: Cell<Verdicts>,
    scope: RefCell<ManuallyDrop<Option<Arc<Opened>>>>,
    forced: RefCell<ManuallyDrop<Vec<Forced>>>,
    next_id: Cell<u64>,
}

thread_local! {
    static THREAD: Thread = const {
        Thread {
            word: Cell::new(0),
            forced_bits: Cell::new(0),
            own: Cell::new(None),
            verdicts: Cell::new(Verdicts::NONE),
            scope: RefCell::new(ManuallyDrop::new(None)),
            forced: RefCell::new(ManuallyDrop::new(Vec::new())),
            next_id: Cell::new(0),
        }
    };
}

impl Thread {
    /// Whether the thread is in a scope and doesn't force this flag.
    #[inline]
    fn is_in_scope_alone(&self, index: u32) -> bool {
        self.word.get() & (IN_SCOPE | forced_bit(index)) == IN_SCOPE
    }

    fn note_forced(&self, forced: &[Forced]) {
        let bits = forced.iter().map(|entry| forced_bit(entry.index));
        let bits = bits.fold(0, |bits, bit| bits | bit);
        self.forced_bits.set(bits);
        self.word.set(self.word.get() & IN_SCOPE | bits);
    }
}

/// A flag forced to a variant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forced {
    pub(crate) set: &'static FlagSet,
    pub(crate) index: u32,
    pub(crate) ordinal: u32,
    /// Which guard it belongs to; 0 in scopes.
    pub(crate) id: u64,
}

impl Forced {
    /// What a flag is forced to. The youngest entry wins.
    pub(crate) fn find(forced: &[Self], set: &'static FlagSet, index: u32) -> Option<u32> {
        forced
            .iter()
            .rev()
            .find(|entry| entry.index == index && core::ptr::eq(entry.set, set))
            .map(|entry| entry.ordinal)
    }
}

/// Whether the thread has no scope and doesn't force this flag.
#[inline]
pub(crate) fn is_plain_for(index: u32) -> bool {
    THREAD
        .try_with(|thread| thread.word.get() & (IN_SCOPE | forced_bit(index)) == 0)
        .unwrap_or(true)
}

/// The ordinal that a flag answers to everyone in the scope that the thread is in, or [`ASK`] where that takes a longer
/// look.
#[inline]
pub(crate) fn verdict(set: &'static FlagSet, index: u32) -> u8 {
    THREAD
        .try_with(|thread| {
            let own = thread.own.get()?;
            let is_own = thread.is_in_scope_alone(index) && core::ptr::eq(own, set);
            is_own.then(|| thread.verdicts.get().get(index))
        })
        .ok()
        .flatten()
        .unwrap_or(ASK)
}

/// What this thread forces a flag to.
pub(crate) fn forced(set: &'static FlagSet, index: u32) -> Option<u32> {
    THREAD
        .try_with(|thread| {
            if thread.word.get() & forced_bit(index) == 0 {
                return None;
            }
            let forced = thread.forced.try_borrow().ok()?;
            Forced::find(&forced, set, index)
        })
        .ok()
        .flatten()
}

/// Forces a flag on this thread, and gives what [`unforce`] takes back.
pub(crate) fn force(set: &'static FlagSet, index: u32, ordinal: u32) -> u64 {
    THREAD
        .try_with(|thread| {
            let id = thread.next_id.get().wrapping_add(1);
            thread.next_id.set(id);
            if let Ok(mut forced) = thread.forced.try_borrow_mut() {
                forced.push(Forced {
                    set,
                    index,
                    ordinal,
                    id,
                });
                thread.note_forced(&forced);
            }
            id
        })
        .unwrap_or(0)
}

/// Takes back what a call of [`force`] on this thread did, whatever was forced since.
pub(crate) fn unforce(id: u64) {
    let _ = THREAD.try_with(|thread| {
        let Ok(mut forced) = thread.forced.try_borrow_mut() else {
            return;
        };
        let Some(at) = forced.iter().position(|entry| entry.id == id) else {
            return;
        };
        forced.remove(at);
        if forced.is_empty() {
            // Nothing drops the list when the thread ends, so an empty one keeps no memory.
            **forced = Vec::new();
        }
        thread.note_forced(&forced);
    });
}

/// Asks the thread's scope something about a flag that the thread doesn't force.
#[inline]
pub(crate) fn in_scope_alone<R>(index: u32, ask: impl FnOnce(&Opened) -> Option<R>) -> Option<R> {
    THREAD
        .try_with(|thread| {
            if !thread.is_in_scope_alone(index) {
                return None;
            }
            let scope = thread.scope.try_borrow().ok()?;
            ask(scope.as_ref()?)
        })
        .ok()
        .flatten()
}

/// Asks the thread's scope something; `None` where there is no scope.
///
/// What is asked must not call the user's code: it would find the scope lent out.
pub(crate) fn in_scope<R>(ask: impl FnOnce(&Arc<Opened>) -> R) -> Option<R> {
    THREAD
        .try_with(|thread| {
            if thread.word.get() & IN_SCOPE == 0 {
                return None;
            }
            let scope = thread.scope.try_borrow().ok()?;
            scope.as_ref().map(ask)
        })
        .ok()
        .flatten()
}

/// While it lives, the thread is in a scope. Only this crate holds one, on the stack and never across an await.
#[derive(Debug)]
pub(crate) struct Entered<'s> {
    /// The scope that the thread was in before, while this lives; the entered one, before and after.
    slot: &'s mut Option<Arc<Opened>>,
}

impl<'s> Entered<'s> {
    /// Moves a scope into the thread; no count is touched. With `None` the thread's own scope stays.
    #[inline]
    pub(crate) fn new(slot: &'s mut Option<Arc<Opened>>) -> Option<Self> {
        (slot.is_some() && exchange(slot)).then_some(Self { slot })
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        exchange(self.slot);
    }
}

/// Whether the thread's scope was there to be exchanged; it is, but inside a question.
#[inline]
fn exchange(slot: &mut Option<Arc<Opened>>) -> bool {
    THREAD
        .try_with(|thread| {
            let Ok(mut scope) = thread.scope.try_borrow_mut() else {
                return false;
            };
            core::mem::swap(&mut **scope, slot);
            match scope.as_ref().and_then(|scope| scope.verdicts()) {
                Some((set, verdicts)) => {
                    thread.own.set(Some(set));
                    thread.verdicts.set(verdicts);
                }
                None => thread.own.set(None),
            }
            let in_scope = u64::from(scope.is_some());
            thread.word.set(thread.forced_bits.get() | in_scope);
            true
        })
        .unwrap_or(false)
}
