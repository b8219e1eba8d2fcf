//! Counting, with an `Arc` that is no stronger than the real one.

mod sync {
    pub(super) use std::sync::PoisonError;

    pub(super) use loom::sync::atomic::{AtomicU64, Ordering};
    pub(super) use loom::sync::{Mutex, MutexGuard};

    pub(super) type Arc<T> = crate::stand_in::Counted<T, crate::stand_in::Real>;
}

#[path = "../property/counting.rs"]
mod counting;
#[path = "../../../../runtime/src/set/tally.rs"]
mod tally;

#[test]
fn no_count_is_lost_when_its_thread_ends() {
    counting::ends_with_the_thread();
}

#[test]
#[should_panic(expected = "each was counted")]
fn a_counter_that_two_threads_write_is_noticed() {
    counting::is_shared();
}
