//! The way of a question that a flag's byte can't answer: forced flags, then the scope, then what is in force.
//!
//! All that one question reads is of one state, which doesn't change: the one that the scope pins, with what was killed by hand since, or
//! the one that the thread's cached pointer leads to. `set/publish.rs` says what a question may meet while states are replaced.

use core::cell::Cell;

use flagstone_model::Timestamp;

use crate::context::{OwnedContext, Slot, Slots};
use crate::decision::{Decision, Reason};
use crate::evaluate::Now;
use crate::scope::ScopeClock;
use crate::set::{ASK, FlagSet, InForce, PublishedRollout, cache};
use crate::snapshot::Percentage;
use crate::thread;

/// The ordinal of what a flag answers in the thread's scope.
#[inline(never)]
pub(crate) fn ordinal_in_scope(set: &'static FlagSet, index: u32) -> u32 {
    match thread::verdict(set, index) {
        ASK => evaluated_in_scope(set, index),
        ordinal => u32::from(ordinal),
    }
}

/// Whether a flag is on in the thread's scope.
#[inline(never)]
pub(crate) fn is_enabled_in_scope(set: &'static FlagSet, index: u32) -> bool {
    match thread::verdict(set, index) {
        ASK => evaluated_in_scope(set, index) == 1,
        ordinal => ordinal == 1,
    }
}

/// Whether a flag is on where there is neither a scope nor a context.
#[inline(never)]
pub(crate) fn is_enabled_for_nobody(set: &'static FlagSet, index: u32) -> bool {
    ordinal_of_nobody(set, index) == 1
}

/// Kept out of [`ordinal_in_scope`], so that a verdict is read without setting up what evaluating takes.
#[inline(never)]
fn evaluated_in_scope(set: &'static FlagSet, index: u32) -> u32 {
    in_scope(set, index, None::<&()>, |_, ordinal| ordinal)
}

/// The ordinal of what a flag answers where there is neither a scope nor a context.
#[inline(never)]
pub(crate) fn ordinal_of_nobody(set: &'static FlagSet, index: u32) -> u32 {
    with_any(set, index, None::<&()>, |_, ordinal| ordinal)
}

/// The ordinal of what a flag answers for a context, in a scope or where the thread forces flags.
#[inline(never)]
pub(crate) fn ordinal_in_scope_for(set: &'static FlagSet, index: u32, context: &impl Slots) -> u32 {
    in_scope(set, index, Some(context), |_, ordinal| ordinal)
}

/// The ordinal of what a flag answers for a context, outside scopes and where the thread doesn't force it.
#[inline(never)]
pub(crate) fn ordinal_for(
    rollout: &'static PublishedRollout,
    set: &'static FlagSet,
    index: u32,
    context: &impl Slots,
) -> u32 {
    match rollout.read() {
        Some(words) => Percentage::of_words(words).ordinal(context),
        None => ordinal_in_force_for(set, index, context),
    }
}

/// The same where no percentage is published that alone decides.
#[inline(never)]
fn ordinal_in_force_for(set: &'static FlagSet, index: u32, context: &impl Slots) -> u32 {
    plainly(set, index, context, |_, ordinal| ordinal)
}

/// The ordinal of what a flag answers, with what answered: as [`with_answer`], by the shortest way.
#[inline]
pub(crate) fn with_ordinal<R>(
    set: &'static FlagSet,
    index: u32,
    context: Option<&impl Slots>,
    read: impl Fn(&InForce, u32) -> R,
) -> R {
    match context {
        Some(context) if thread::is_plain_for(index) => plainly(set, index, context, read),
        _ => in_scope(set, index, context, read),
    }
}

/// Outside scopes.
#[inline]
fn plainly<R>(
    set: &'static FlagSet,
    index: u32,
    context: &impl Slots,
    read: impl Fn(&InForce, u32) -> R,
) -> R {
    let answer = cache::with_remembered(set, |in_force| {
        let clock = AskedClock::of(in_force);
        read(in_force, in_force.ordinal(index, context, &clock))
    });
    answer.unwrap_or_else(|| with_any(set, index, Some(context), read))
}

/// In a scope of the flag's own set.
#[inline]
fn in_scope<R>(
    set: &'static FlagSet,
    index: u32,
    context: Option<&impl Slots>,
    read: impl Fn(&InForce, u32) -> R,
) -> R {
    let answer = thread::in_scope_alone(index, |opened| {
        opened.ask_own(set, |in_force, own, clock| {
            let ordinal = match context {
                Some(context) => in_force.ordinal(index, context, clock),
                None => in_force.ordinal(index, own, clock),
            };
            read(in_force, ordinal)
        })
    });
    answer.unwrap_or_else(|| with_any(set, index, context, read))
}

/// The same where something is special about the thread or its scope.
#[cold]
#[inline(never)]
fn with_any<R>(
    set: &'static FlagSet,
    index: u32,
    context: Option<&impl Slots>,
    read: impl Fn(&InForce, u32) -> R,
) -> R {
    with_answer(set, index, context, |in_force, decision| {
        read(in_force, decision.variant)
    })
}

/// What a flag answers and why, with what answered. Without a context it is the scope's.
pub(crate) fn with_answer<R>(
    set: &'static FlagSet,
    index: u32,
    context: Option<&impl Slots>,
    read: impl Fn(&InForce, Decision) -> R,
) -> R {
    let forced_here = thread::forced(set, index);
    ask(set, |ground| {
        let forced = forced_here.or_else(|| ground.forced(set, index));
        let decision = match forced {
            Some(ordinal) => Decision::new(ordinal, Reason::Override),
            None => ground.decide(index, context),
        };
        read(ground.in_force, decision)
    })
}

/// Finds what a question is answered from: what the thread's scope pins, or what is in force.
#[inline]
fn ask<R>(set: &'static FlagSet, question: impl Fn(&Ground<'_>) -> R) -> R {
    let lacked_context = Cell::new(false);
    let lacked_context = &lacked_context;
    let in_scope = thread::in_scope(|opened| {
        opened.ask(set, |in_force, context, clock| {
            question(&Ground {
                in_force,
                context,
                clock: AskedClock::Scope(clock),
                forced: opened.forced(),
                lacked_context,
            })
        })
    });
    let answer = in_scope.unwrap_or_else(|| {
        cache::with_current(set, |in_force| {
            question(&Ground {
                in_force,
                context: None,
                clock: AskedClock::of(in_force),
                forced: &[],
                lacked_context,
            })
        })
    });
    if lacked_context.get() {
        // Only here, where nothing is lent out: a logger may ask flags of its own.
        set.note_lacking_context();
    }
    answer
}

/// What a question is answered from.
struct Ground<'g> {
    in_force: &'g InForce,
    /// What the scope knows for this set.
    context: Option<&'g OwnedContext>,
    clock: AskedClock<'g>,
    forced: &'g [thread::Forced],
    /// Set when a flag needed a context and there was none.
    lacked_context: &'g Cell<bool>,
}

impl Ground<'_> {
    fn forced(&self, set: &'static FlagSet, index: u32) -> Option<u32> {
        if self.forced.is_empty() {
            return None;
        }
        thread::Forced::find(self.forced, set, index)
    }

    fn decide(&self, index: u32, given: Option<&impl Slots>) -> Decision {
        let (in_force, clock) = (self.in_force, &self.clock);
        match (given, self.context) {
            (Some(given), _) => in_force.decide(index, given, clock),
            (None, Some(context)) => in_force.decide(index, context, clock),
            (None, None) => in_force.decide(index, &Nothing(self.lacked_context), clock),
        }
    }
}

/// The time of a scope, or of the moment.
enum AskedClock<'g> {
    Scope(ScopeClock<'g>),
    /// Read once, since one question has one time.
    Set(&'g InForce, Cell<Option<Timestamp>>),
}

impl<'g> AskedClock<'g> {
    #[inline]
    fn of(in_force: &'g InForce) -> Self {
        Self::Set(in_force, Cell::new(None))
    }
}

impl Now for AskedClock<'_> {
    fn now(&self) -> Timestamp {
        match self {
            Self::Scope(clock) => clock.now(),
            Self::Set(in_force, read) => {
                let time = read.get().unwrap_or_else(|| in_force.clock().now());
                read.set(Some(time));
                time
            }
        }
    }
}

/// The empty context, which notices that it was asked for something.
struct Nothing<'g>(&'g Cell<bool>);

impl Slots for Nothing<'_> {
    fn slot(&self, _: usize) -> Slot<'_> {
        self.0.set(true);
        Slot::Missing
    }
}
