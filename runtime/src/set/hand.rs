//! What was killed by hand. It holds through reloads until it is taken back.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::clock::Clock;
use crate::snapshot::Snapshot;

/// What is killed by hand.
#[derive(Debug, Clone, Default)]
pub(super) struct ByHand {
    all: bool,
    /// Every flag answers its baseline, whatever is killed and revived.
    baseline: bool,
    flags: BTreeSet<u32>,
    /// How often something was killed or revived, so that scopes can tell whether they know the newest.
    count: u64,
}

impl ByHand {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The same after a change.
    pub(super) fn changed(&self, change: Change) -> Self {
        let mut next = self.clone();
        next.count = self.count.wrapping_add(1);
        match change {
            Change::Kill(index) => {
                next.flags.insert(index);
            }
            Change::Revive(index) => {
                next.flags.remove(&index);
            }
            Change::Baseline(holds) => next.baseline = holds,
            Change::KillAll => next.all = true,
            Change::ReviveAll => {
                next.all = false;
                next.flags.clear();
            }
        }
        next
    }

    /// A snapshot in which all that is killed answers its baseline.
    pub(super) fn applied_to(&self, plain: &Arc<Snapshot>, clock: &dyn Clock) -> Arc<Snapshot> {
        let everything = self.all || self.baseline;
        if !everything && self.flags.is_empty() {
            return Arc::clone(plain);
        }
        let is_killed = |index| everything || self.flags.contains(&index);
        Arc::new(plain.killed_by_hand(is_killed, clock.now()))
    }
}

/// A change by hand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    /// A flag of the program.
    Kill(u32),
    Revive(u32),
    /// Every flag, those that the program doesn't know too.
    KillAll,
    ReviveAll,
    /// Every flag answers its baseline, or does so no more.
    Baseline(bool),
}
