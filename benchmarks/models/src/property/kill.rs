//! Kills by hand, as scopes that are open see them.

use std::sync::Arc;

use loom::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use loom::thread;

use super::ASK;
use super::publish::{Outgoing, Shown, State, is_pierced};
use super::sync::ArcSwap;
use super::verdicts::{Lender, Verdicts};
use crate::snapshot::Snapshot;

/// What one flag answers: 1 before it is killed, 0 afterwards.
struct InForce {
    verdicts: Verdicts,
    answer: u8,
    kills: u64,
}

impl State for InForce {
    fn verdicts(&self) -> Verdicts {
        self.verdicts
    }

    fn rollout(&self, _: u32) -> Option<[u64; 3]> {
        None
    }

    fn kills(&self) -> u64 {
        self.kills
    }
}

struct Set {
    lender: Lender,
    current: ArcSwap<InForce>,
    kills: AtomicU64,
    states: [AtomicU8; 1],
}

impl Set {
    fn new() -> Self {
        let lender = Lender::new(1);
        let first = state(&lender, 0);
        Self {
            lender,
            current: ArcSwap::new(first),
            kills: AtomicU64::new(0),
            states: [AtomicU8::new(ASK)],
        }
    }

    fn publish(&self, outgoing: &mut Outgoing<InForce>, kills: u64) {
        let shown = Shown {
            current: &self.current,
            states: &self.states,
            rollouts: &[],
            kills: &self.kills,
        };
        outgoing.publish(&shown, state(&self.lender, kills), |_, _| {});
    }

    /// What a question in a scope answers that pins this: see `ask.rs`.
    fn ask(&self, pinned: &InForce) -> u8 {
        match pinned.verdicts.get(0) {
            ASK if is_pierced(pinned, &self.kills) => self.current.load().answer,
            ASK => pinned.answer,
            verdict => verdict,
        }
    }
}

fn state(lender: &Lender, kills: u64) -> InForce {
    let answers: &[u8] = if kills == 0 { &[1] } else { &[0] };
    InForce {
        verdicts: lender.lend(&Snapshot(answers)),
        answer: answers[0],
        kills,
    }
}

/// A scope that sees that something was killed must find what.
pub(super) fn is_found_by_who_sees_the_count() {
    loom::model(|| {
        let set = Arc::new(Set::new());
        let pinned = set.current.load();
        let killing = {
            let set = Arc::clone(&set);
            thread::spawn(move || set.publish(&mut Outgoing::default(), 1))
        };
        if is_pierced(&*pinned, &set.kills) {
            assert_eq!(set.current.load().kills, 1, "the kill is there");
        }
        killing.join().expect("it published");
    });
}

/// Who kills.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Publisher {
    /// As in the runtime, where one list outlives every change.
    KnowsAllOutgoing,
    /// It withdraws only what it replaces.
    #[allow(dead_code, reason = "one of the two trees tries it")]
    ForgetsOlder,
}

/// A scope pinned what was in force before a reload; then comes a kill. Whoever asks after the kill returned sees it, and so does
/// every question that follows one that saw it.
pub(super) fn reaches_open_scopes(publisher: Publisher) {
    loom::model(move || {
        let set = Arc::new(Set::new());
        let returned = Arc::new(AtomicBool::new(false));
        let pinned = set.current.load();
        let killing = {
            let (set, returned) = (Arc::clone(&set), Arc::clone(&returned));
            thread::spawn(move || {
                let mut outgoing = Outgoing::default();
                set.publish(&mut outgoing, 0);
                if publisher == Publisher::ForgetsOlder {
                    outgoing = Outgoing::default();
                }
                set.publish(&mut outgoing, 1);
                returned.store(true, Ordering::Release);
            })
        };
        let has_returned = returned.load(Ordering::Acquire);
        let first = set.ask(&pinned);
        let second = set.ask(&pinned);
        assert!(!has_returned || first == 0, "the kill arrived");
        assert!(second <= first, "no answer comes back");
        killing.join().expect("it published");
        assert_eq!(set.ask(&pinned), 0, "the kill arrived");
    });
}
