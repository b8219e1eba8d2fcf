//! What is in force and the flags' bytes, as questions outside scopes see them.

use std::sync::Arc;

use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use loom::thread;

use super::ASK;
use super::publish::{Outgoing, Shown, State};
use super::sync::ArcSwap;
use super::verdicts::{Lender, Verdicts};
use crate::snapshot::Snapshot;

struct InForce(Verdicts);

impl State for InForce {
    fn verdicts(&self) -> Verdicts {
        self.0
    }

    fn rollout(&self, _: u32) -> Option<[u64; 3]> {
        None
    }

    fn kills(&self) -> u64 {
        0
    }
}

struct Set {
    lender: Lender,
    current: ArcSwap<InForce>,
    kills: AtomicU64,
    states: [AtomicU8; 1],
    desk: Mutex<Outgoing<InForce>>,
}

impl Set {
    /// A set of which nothing was asked yet.
    fn new() -> Self {
        let lender = Lender::new(1);
        let first = InForce(lender.lend(&Snapshot(&[2])));
        Self {
            lender,
            current: ArcSwap::new(first),
            kills: AtomicU64::new(0),
            states: [AtomicU8::new(ASK)],
            desk: Mutex::default(),
        }
    }

    fn shown(&self) -> Shown<'_, InForce> {
        Shown {
            current: &self.current,
            states: &self.states,
            rollouts: &[],
            kills: &self.kills,
        }
    }

    fn publish(&self, outgoing: &mut Outgoing<InForce>, answers: &'static [u8]) {
        let next = InForce(self.lender.lend(&Snapshot(answers)));
        outgoing.publish(&self.shown(), next, |_, _| {});
    }

    fn byte(&self) -> u8 {
        self.states[0].load(Ordering::Relaxed)
    }
}

/// Whether those who publish take the lock.
#[derive(Clone, Copy)]
pub(super) enum Lock {
    Taken,
    Forgotten,
}

/// One publishes while another asks for the first time; or, without the lock, publishes too. The bytes that stay are those of
/// what is in force.
pub(super) fn bytes_are_of_one_state(lock: Lock) {
    loom::model(move || {
        let set = Arc::new(Set::new());
        let others = [&[0], &[1]].map(|answers: &'static [u8; 1]| {
            let set = Arc::clone(&set);
            thread::spawn(move || match lock {
                Lock::Taken => set.publish(&mut set.desk.lock().expect("sound"), answers),
                Lock::Forgotten => set.publish(&mut Outgoing::default(), answers),
            })
        });
        match lock {
            Lock::Taken => set.shown().write_statics(&set.desk.lock().expect("sound")),
            Lock::Forgotten => set.shown().write_statics(&Outgoing::default()),
        }
        for other in others {
            other.join().expect("it published");
        }
        let in_force = set.current.load().verdicts().get(0);
        assert_eq!(set.byte(), in_force, "bytes of another state");
    });
}

/// A question asked after publishing returned sees what was published, whatever it had seen before. `telling` is how the one thread
/// tells the other that it returned.
pub(super) fn is_seen_later(telling: Ordering) {
    loom::model(move || {
        let set = Arc::new(Set::new());
        let returned = Arc::new(AtomicBool::new(false));
        let publishing = {
            let (set, returned) = (Arc::clone(&set), Arc::clone(&returned));
            thread::spawn(move || {
                set.publish(&mut set.desk.lock().expect("sound"), &[1]);
                returned.store(true, telling);
            })
        };
        let before = set.byte();
        assert!(before == ASK || before == 1, "a state's byte");
        if returned.load(Ordering::Acquire) {
            assert_eq!(set.byte(), 1, "the byte is new");
            let in_force = set.current.load().verdicts().get(0);
            assert_eq!(in_force, 1, "what is in force is new");
        }
        publishing.join().expect("it published");
    });
}
