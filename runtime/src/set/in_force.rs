//! What questions are answered from: a snapshot, the kills by hand, and a clock.

use core::fmt;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use super::hand::ByHand;
use super::verdicts::{Lender, Verdicts};
use crate::clock::Clock;
use crate::compile::StoredValue;
use crate::context::Slots;
use crate::decision::{Decision, RuleIndex};
use crate::evaluate::Now;
use crate::snapshot::{Digest, Percentage, Shortcut, Snapshot};

/// What is in force, or was when a scope pinned it.
pub(crate) struct InForce {
    /// What the documents say.
    plain: Arc<Snapshot>,
    /// The same with what was killed by hand.
    snapshot: Arc<Snapshot>,
    /// The snapshot's own, here without a step in between.
    shortcuts: Arc<[Shortcut]>,
    by_hand: Arc<ByHand>,
    /// How often something had been killed or revived by hand.
    kills: u64,
    clock: Arc<dyn Clock>,
    verdicts: Verdicts,
    lender: Arc<Lender>,
    /// The same documents with what was killed by hand later, for scopes that are open then.
    pierced: ArcSwapOption<Self>,
}

impl InForce {
    pub(super) fn new(
        plain: Arc<Snapshot>,
        by_hand: Arc<ByHand>,
        clock: Arc<dyn Clock>,
        lender: Arc<Lender>,
    ) -> Self {
        let snapshot = by_hand.applied_to(&plain, &*clock);
        Self {
            kills: by_hand.count(),
            verdicts: lender.lend(&snapshot),
            shortcuts: snapshot.shortcuts(),
            lender,
            plain,
            snapshot,
            by_hand,
            clock,
            pierced: ArcSwapOption::empty(),
        }
    }

    /// This state with what is killed by hand in another one. Made once for each of the other's kills, by whoever kills; a
    /// question makes it only where it comes in between.
    #[cold]
    pub(super) fn pierced_by(&self, newer: &Self) -> Arc<Self> {
        if let Some(known) = self.pierced.load_full()
            && known.kills() == newer.kills()
        {
            return known;
        }
        let pierced = Arc::new(Self::new(
            Arc::clone(&self.plain),
            Arc::clone(&newer.by_hand),
            Arc::clone(&self.clock),
            Arc::clone(&self.lender),
        ));
        self.pierced.store(Some(Arc::clone(&pierced)));
        pierced
    }

    /// How often something had been killed or revived by hand.
    #[inline]
    pub(super) fn kills(&self) -> u64 {
        self.kills
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot)
    }

    pub(super) fn as_snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// What flags answer to everyone. They may be read until this is dropped.
    #[inline]
    pub(crate) fn verdicts(&self) -> Verdicts {
        self.verdicts
    }

    /// The percentage that alone decides on a flag.
    pub(super) fn percentage(&self, index: u32) -> Option<&Percentage> {
        match self.shortcuts.get(index as usize)? {
            Shortcut::Percentage(percentage) => Some(percentage),
            _ => None,
        }
    }

    /// The ordinal of what a flag answers, which is all that most questions want: the same as [`decide`](Self::decide) gives.
    #[inline]
    pub(crate) fn ordinal(&self, index: u32, context: &impl Slots, now: &impl Now) -> u32 {
        Shortcut::ordinal(&self.shortcuts, &self.snapshot, index, context, now)
    }

    #[inline]
    pub(crate) fn decide(&self, index: u32, context: &impl Slots, now: &impl Now) -> Decision {
        self.snapshot.decide(index, context, now)
    }

    pub(crate) fn value(&self, index: u32, ordinal: u32) -> Option<&StoredValue> {
        self.snapshot.value(index, ordinal)
    }

    pub(crate) fn rule_name(&self, index: u32, rule: RuleIndex) -> Option<Arc<str>> {
        let name = self.snapshot.rule_name(index, rule)?;
        Some(name.to_arc())
    }

    pub(crate) fn digest(&self) -> Digest {
        self.snapshot.digest()
    }
}

impl Drop for InForce {
    fn drop(&mut self) {
        self.lender.take_back(self.verdicts);
    }
}

impl fmt::Debug for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.snapshot.fmt(f)
    }
}
