//! The memory of verdicts, which is used again and read without being counted.

use std::sync::atomic::{AtomicBool, Ordering};

use loom::sync::Arc;
use loom::thread;

use super::verdicts::{Lender, Verdicts};
use crate::snapshot::Snapshot;

/// When a state gives its verdicts back.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Return {
    /// As in the runtime.
    WithTheLastReference,
    #[allow(dead_code, reason = "one of the two trees tries it")]
    WhenReplaced,
}

/// A state that scopes pin, as far as its verdicts go: see `in_force.rs`.
struct Pinned {
    verdicts: Verdicts,
    lender: std::sync::Arc<Lender>,
    is_returned: bool,
}

impl Drop for Pinned {
    fn drop(&mut self) {
        if !self.is_returned {
            self.lender.take_back(self.verdicts);
        }
    }
}

/// A thread in a scope reads verdicts by a plain reference, while the state is replaced by one that may get the same memory.
pub(super) fn waits_for_scopes(giving_back: Return) {
    static WAS_REUSED: AtomicBool = AtomicBool::new(false);
    loom::model(move || {
        let lender = std::sync::Arc::new(Lender::new(1));
        let first = Arc::new(Pinned {
            verdicts: lender.lend(&Snapshot(&[1])),
            lender: std::sync::Arc::clone(&lender),
            is_returned: giving_back == Return::WhenReplaced,
        });
        let memory = first.verdicts;
        let scope = Arc::clone(&first);
        let asking = thread::spawn(move || {
            // What the thread keeps beside its scope.
            let verdicts = scope.verdicts;
            for _ in 0..2 {
                assert_eq!(verdicts.get(0), 1, "verdicts of another state");
            }
            drop(scope);
        });
        if giving_back == Return::WhenReplaced {
            lender.take_back(first.verdicts);
        }
        drop(first);
        let second = lender.lend(&Snapshot(&[0]));
        assert_eq!(second.get(0), 0, "its own verdict");
        WAS_REUSED.fetch_or(memory.get(0) == 0, Ordering::Relaxed);
        asking.join().expect("it asked");
        assert_eq!(second.get(0), 0, "its own verdict");
    });
    assert!(WAS_REUSED.load(Ordering::Relaxed), "memory is used again");
}
