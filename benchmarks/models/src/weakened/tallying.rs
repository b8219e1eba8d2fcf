//! Counting, with an `Arc` that says it is the last one without acquiring what the others did.

mod sync {
    pub(super) use std::sync::PoisonError;

    pub(super) use loom::sync::atomic::{AtomicU64, Ordering};
    pub(super) use loom::sync::{Mutex, MutexGuard};

    pub(super) type Arc<T> = crate::stand_in::Counted<T, crate::stand_in::Weakened>;
}

#[path = "../property/counting.rs"]
mod counting;
#[path = "../../../../runtime/src/set/tally.rs"]
mod tally;

#[test]
#[should_panic(expected = "each was counted")]
fn asking_how_many_there_are_is_noticed() {
    counting::ends_with_the_thread();
}
