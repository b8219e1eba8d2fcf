//! Scopes: the context that gates ask about where none is given.

mod future;
mod opened;

use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

use flagstone_model::Timestamp;
pub use future::{FutureExt, InScope};
pub(crate) use opened::{Opened, ScopeClock};

use crate::flag::{ContextFor, Flag, Schema};
use crate::thread::{Entered, Forced, in_scope};
use crate::variant::Variant;

/// What the questions of one request see: one context, one snapshot and one time, however often the flags change
/// meanwhile. A kill by hand is the one thing that reaches into it.
///
/// `flags::scope(&context)` makes one. It copies the context, so it may outlive what that borrows. Open one for each
/// request or message: an old scope answers from an old snapshot, for as long as it lives.
///
/// Scopes nest. The inner one brings its own context and a fresh snapshot for its flag set; of other flag sets, those
/// that libraries bring with them, it keeps the outer one's contexts, snapshots and times. A set that no scope has a context for is asked
/// with an empty context, and its snapshot is pinned when the scope first asks it.
///
/// A clone is the same scope. It can be sent to other threads and entered on many at a time.
#[must_use = "a scope does nothing until something is run in it"]
pub struct Scope<S> {
    opened: Arc<Opened>,
    set: PhantomData<fn() -> S>,
}

impl<S: Schema> Scope<S> {
    /// Pins what is in force, and copies the context.
    pub fn new<C: ContextFor<S>>(context: &C) -> Self {
        let set = S::set();
        let opened = in_scope(|outer| Opened::inside(outer, set, context.slots()));
        Self::of(opened.unwrap_or_else(|| Opened::new(set, context.slots())))
    }

    fn of(opened: Opened) -> Self {
        Self {
            opened: Arc::new(opened),
            set: PhantomData,
        }
    }

    /// Runs a closure in the scope, on this thread.
    ///
    /// The thread is in its former scope again when the closure returns or panics.
    pub fn run<R>(self, body: impl FnOnce() -> R) -> R {
        let mut slot = Some(self.opened);
        let _entered = Entered::new(&mut slot);
        body()
    }

    /// The future, in the scope at every poll and when it is dropped, on whichever threads that happens.
    ///
    /// A task that the future spawns is on its own; give it the scope with [`FutureExt::in_current_scope`].
    pub fn in_scope<F: Future>(self, future: F) -> InScope<F> {
        InScope::new(Some(self.opened), future)
    }

    /// Forces what a flag answers in this scope, on every thread that enters it. For tests.
    ///
    /// It doesn't change what flags answer that depend on this one. Where a thread forces the flag too
    /// ([`Flag::override_here`]), the thread wins.
    pub fn with<V: Variant, T: Schema>(self, flag: Flag<V, T>, variant: V) -> Self {
        let forced = Forced {
            set: T::set(),
            index: flag.index(),
            ordinal: variant.ordinal(),
            id: 0,
        };
        self.change(|opened| opened.force(forced))
    }

    /// Answers as at a certain time, instead of reading the clock when a flag first needs it. For tests.
    pub fn at(self, time: Timestamp) -> Self {
        self.change(|opened| opened.stop_clock(time))
    }

    /// Changes this handle's scope; clones of it stay as they are.
    fn change(mut self, change: impl FnOnce(&mut Opened)) -> Self {
        if let Some(opened) = Arc::get_mut(&mut self.opened) {
            change(opened);
            return self;
        }
        let mut opened = self.opened.copy();
        change(&mut opened);
        Self::of(opened)
    }
}

impl<S> Clone for Scope<S> {
    fn clone(&self) -> Self {
        Self {
            opened: Arc::clone(&self.opened),
            set: PhantomData,
        }
    }
}

/// Says which snapshots are pinned; no attribute's value.
impl<S> fmt::Debug for Scope<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scope").field(&self.opened).finish()
    }
}

/// The closure, in the scope that this call is made in, on whichever thread it runs: for threads, thread pools and `spawn_blocking`.
///
/// Where the call is in no scope, the closure runs in that of its caller, if there is one.
pub fn in_current_scope<R>(body: impl FnOnce() -> R) -> impl FnOnce() -> R {
    let mut slot = in_scope(Arc::clone);
    move || {
        let _entered = Entered::new(&mut slot);
        body()
    }
}
