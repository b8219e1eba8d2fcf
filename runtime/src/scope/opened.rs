//! What a scope holds: for each flag set the snapshot that it pins and the context that it has.

use core::fmt;
use std::sync::{Arc, OnceLock};

use flagstone_model::Timestamp;

use crate::context::{OwnedContext, Slots};
use crate::evaluate::Now;
use crate::set::cache::{Held, hold};
use crate::set::{FlagSet, InForce, Verdicts};
use crate::thread::Forced;

/// A scope that was opened.
pub(crate) struct Opened {
    /// Of the flag set whose `scope` made it.
    own: Pin,
    /// Of other sets, from the scope that this one was opened in.
    inherited: Vec<Pin>,
    /// Of sets that the scope was asked about without having a context for them.
    late: OnceLock<Box<Late>>,
    forced: Vec<Forced>,
    /// What the flags of its own set answer to everyone, where it forces none: kept beside the rest, since entering the
    /// scope reads it. `own` holds the state that they belong to, for as long as a thread can be in the scope.
    verdicts: Option<(&'static FlagSet, Verdicts)>,
    /// The scope's time, once something needed it.
    now: OnceLock<Timestamp>,
}

/// A set's place in a scope.
struct Pin {
    set: &'static FlagSet,
    in_force: Held,
    context: Option<OwnedContext>,
    /// The time of the scope that the pin was inherited from.
    at: Option<Timestamp>,
}

/// A list that only grows, so that it can be read without a lock.
struct Late {
    pin: Pin,
    next: OnceLock<Box<Late>>,
}

impl Opened {
    /// A scope inside no other.
    pub(super) fn new(set: &'static FlagSet, context: &impl Slots) -> Self {
        let own = Pin::new(set, Some(set.copy_of(context)));
        Self {
            verdicts: Some((set, own.in_force.verdicts())),
            own,
            inherited: Vec::new(),
            late: OnceLock::new(),
            forced: Vec::new(),
            now: OnceLock::new(),
        }
    }

    /// A scope inside another, of which it keeps what it doesn't bring itself.
    pub(super) fn inside(outer: &Arc<Self>, set: &'static FlagSet, context: &impl Slots) -> Self {
        let mut opened = Self::new(set, context);
        let others = outer.pins().filter(|pin| !core::ptr::eq(pin.set, set));
        opened.inherited = others
            .map(|pin| Pin {
                // The inherited set's time must be the outer scope's, so it is read now if it wasn't yet.
                at: Some(outer.time(pin)),
                ..pin.copy()
            })
            .collect();
        if !outer.forced.is_empty() {
            opened.forced.clone_from(&outer.forced);
            opened.verdicts = None;
        }
        opened
    }

    /// The same scope for a handle of its own.
    pub(super) fn copy(&self) -> Self {
        let (late, now) = (OnceLock::new(), self.now.clone());
        let others = self.pins().skip(1).map(Pin::copy);
        Self {
            own: self.own.copy(),
            inherited: others.collect(),
            late,
            forced: self.forced.clone(),
            verdicts: self.verdicts,
            now,
        }
    }

    pub(super) fn force(&mut self, forced: Forced) {
        self.forced.push(forced);
        self.verdicts = None;
    }

    pub(super) fn stop_clock(&mut self, time: Timestamp) {
        self.now = time.into();
    }

    /// The flags that the scope forces.
    pub(crate) fn forced(&self) -> &[Forced] {
        &self.forced
    }

    /// What the flags of its own set answer to everyone, where it forces none.
    #[inline]
    pub(crate) fn verdicts(&self) -> Option<(&'static FlagSet, Verdicts)> {
        self.verdicts
    }

    /// Hands over what its own set is answered from, where the scope forces no flag and nothing was killed by hand since.
    #[inline]
    pub(crate) fn ask_own<R>(
        &self,
        set: &'static FlagSet,
        ask: impl FnOnce(&InForce, &OwnedContext, &ScopeClock<'_>) -> R,
    ) -> Option<R> {
        let (pin, context) = (&self.own, self.own.context.as_ref()?);
        let is_plain =
            core::ptr::eq(pin.set, set) && self.forced.is_empty() && !set.is_pierced(&pin.in_force);
        let clock = ScopeClock { opened: self, pin };
        is_plain.then(|| ask(&pin.in_force, context, &clock))
    }

    /// Hands over what the scope pins of a set, the context that it has for it, and its clock.
    #[inline]
    pub(crate) fn ask<R>(
        &self,
        set: &'static FlagSet,
        ask: impl FnOnce(&InForce, Option<&OwnedContext>, ScopeClock<'_>) -> R,
    ) -> R {
        let pin = self.pin(set);
        let clock = ScopeClock { opened: self, pin };
        if set.is_pierced(&pin.in_force) {
            let pierced = set.pierce(&pin.in_force);
            return ask(&pierced, pin.context.as_ref(), clock);
        }
        ask(&pin.in_force, pin.context.as_ref(), clock)
    }

    #[inline]
    fn pin(&self, set: &'static FlagSet) -> &Pin {
        if core::ptr::eq(self.own.set, set) {
            return &self.own;
        }
        self.pin_elsewhere(set)
    }

    fn pin_elsewhere(&self, set: &'static FlagSet) -> &Pin {
        let mut inherited = self.inherited.iter();
        if let Some(pin) = inherited.find(|pin| core::ptr::eq(pin.set, set)) {
            return pin;
        }
        let mut place = &self.late;
        let mut pin = None;
        loop {
            if place.get().is_none() && pin.is_none() {
                // Made before the place is held: the set may be asked for the first time, which can take a while.
                pin = Some(Pin::new(set, None));
            }
            let late = place.get_or_init(|| {
                Box::new(Late {
                    pin: pin.take().unwrap_or_else(|| Pin::new(set, None)),
                    next: OnceLock::new(),
                })
            });
            if core::ptr::eq(late.pin.set, set) {
                return &late.pin;
            }
            place = &late.next;
        }
    }

    /// Every pin, the scope's own first.
    fn pins(&self) -> impl Iterator<Item = &Pin> {
        let first = self.late.get();
        let late = core::iter::successors(first, |late| late.next.get());
        core::iter::once(&self.own)
            .chain(&self.inherited)
            .chain(late.map(|late| &late.pin))
    }

    /// The time that a set's flags are answered at.
    fn time(&self, pin: &Pin) -> Timestamp {
        let read = || *self.now.get_or_init(|| pin.in_force.clock().now());
        pin.at.unwrap_or_else(read)
    }
}

impl Pin {
    fn new(set: &'static FlagSet, context: Option<OwnedContext>) -> Self {
        Self {
            set,
            in_force: hold(set),
            context,
            at: None,
        }
    }

    fn copy(&self) -> Self {
        Self {
            set: self.set,
            in_force: self.in_force.clone(),
            context: self.context.as_ref().map(|own| self.set.copy_of(own)),
            at: self.at,
        }
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pins = self.pins().map(|pin| (pin.set.name(), &*pin.in_force));
        f.debug_map().entries(pins).finish()
    }
}

/// A scope's clock: read at most once, when a flag first needs it.
#[derive(Clone, Copy)]
pub(crate) struct ScopeClock<'s> {
    opened: &'s Opened,
    pin: &'s Pin,
}

impl Now for ScopeClock<'_> {
    fn now(&self) -> Timestamp {
        self.opened.time(self.pin)
    }
}
