//! The order in which a state comes into force, and what those who ask may conclude from what they read.
//!
//! Publishing goes by steps, under a lock that no question takes: the pointer, the flags' bytes and rollouts, what open scopes need of a
//! kill, the count of kills, then the verdicts of the states that they may pin. A question that comes in between finds some of
//! it new and some of it old, and each step is such that this can't do harm:
//!
//! - A byte of the old state beside the new pointer is what the flag answered a moment ago. Outside scopes nothing says which
//!   of two questions asked during a change sees it first. All bytes are written before the lock is let go, so what stays is
//!   of one state.
//! - A rollout is read only where the byte says that it takes more than the byte. It is whole or it isn't there
//!   ([`SeqLock`](super::seqlock::SeqLock)), and where it isn't, the question goes by the pointer.
//! - Whoever reads the new count finds a pointer that knows these kills: the pointer is written before the count, which is
//!   released and acquired. So a scope that is pierced never looks for a kill in vain.
//! - Verdicts of old states are withdrawn after the count was raised. Whoever reads the withdrawn byte before it can read the count
//!   still answers from what it pinned, as it did a moment ago; whoever asks after the kill returned sees both.
//!
//! `benchmarks/models` tries every order of these steps and of what readers see of them.

use super::seqlock::PublishedRollout;
use super::sync::{Arc, ArcSwap, AtomicU8, AtomicU64, Ordering};
use super::verdicts::Verdicts;

/// What can be in force.
pub(super) trait State {
    /// What flags answer to everyone.
    fn verdicts(&self) -> Verdicts;

    /// The percentage that alone decides on a flag.
    fn rollout(&self, index: u32) -> Option<[u64; 3]>;

    /// How often something had been killed or revived by hand.
    fn kills(&self) -> u64;

    /// Makes ready what questions need in scopes that pinned this, once they see the kills that a newer state knows.
    fn prepare(&self, _newer: &Self) {}
}

/// What questions read.
pub(super) struct Shown<'s, S> {
    /// What is in force.
    pub(super) current: &'s ArcSwap<S>,
    /// A byte for each flag, for questions outside scopes.
    pub(super) states: &'s [AtomicU8],
    /// A percentage for each flag on which nothing else decides, for the same questions.
    pub(super) rollouts: &'s [PublishedRollout],
    /// How often something was killed or revived by hand, for scopes to compare with what they pin.
    pub(super) kills: &'s AtomicU64,
}

impl<S: State> Shown<'_, S> {
    /// Writes what is in force where questions look first. Whoever does so holds the lock that [`Outgoing`] lies behind: two that
    /// wrote at the same time could leave bytes of the older state.
    pub(super) fn write_statics(&self, _lock: &Outgoing<S>) {
        let current = self.current.load();
        let verdicts = current.verdicts();
        for (state, index) in self.states.iter().zip(0..) {
            state.store(verdicts.get(index), Ordering::Relaxed);
        }
        for (rollout, index) in self.rollouts.iter().zip(0..) {
            rollout.publish(current.rollout(index));
        }
    }
}

/// Whether something was killed or revived by hand that a pinned state doesn't know. Where it is so, what is in force knows it.
#[inline]
pub(super) fn is_pierced(pinned: &impl State, kills: &AtomicU64) -> bool {
    pinned.kills() != kills.load(Ordering::Acquire)
}

/// What was in force before and may still be in use. Kept, so that whoever drops it last isn't a thread that asks, and so
/// that kills reach what open scopes pin.
pub(super) struct Outgoing<S>(Vec<Arc<S>>);

impl<S> Default for Outgoing<S> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<S: State> Outgoing<S> {
    /// Puts a state in force for every question asked from now on, then tells of it: `tell(old, new)`.
    pub(super) fn publish(&mut self, shown: &Shown<'_, S>, next: S, tell: impl FnOnce(&S, &S)) {
        let kills = next.kills();
        let outgoing = shown.current.swap(Arc::new(next));
        shown.write_statics(self);
        self.0.push(outgoing);
        let current = shown.current.load();
        for old in self.0.iter().filter(|old| old.kills() != kills) {
            // Before the count, so that a scope that sees it needn't.
            old.prepare(&current);
        }
        // After the pointer, so that a scope that sees the count also finds the kills.
        if shown.kills.swap(kills, Ordering::Release) != kills {
            for old in &self.0 {
                // Open scopes compare the counts from now on.
                old.verdicts().withdraw();
            }
        }
        if let Some(old) = self.0.last() {
            tell(old, &current);
        }
        // Exact, since nobody finds them any more who doesn't hold one already: swapping the pointer accounted for all who were
        // about to.
        self.0.retain(|old| Arc::strong_count(old) > 1);
    }
}
