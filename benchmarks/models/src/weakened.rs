//! The files of the runtime with every ordering relaxed: what an ordering carries must fail here.

mod sync {
    pub(super) use std::sync::{Arc, PoisonError};

    pub(super) use loom::sync::atomic::{AtomicU8, AtomicU64};
    pub(super) use loom::sync::{Mutex, MutexGuard};

    pub(super) use crate::stand_in::Swapped as ArcSwap;

    /// A fence of the weakest ordering is none.
    pub(super) fn fence(_: loom::sync::atomic::Ordering) {}

    /// Every ordering is the weakest one.
    pub(super) enum Ordering {}

    #[expect(non_upper_case_globals, reason = "they are named as the real ones")]
    impl Ordering {
        pub(in super::super) const Relaxed: loom::sync::atomic::Ordering =
            loom::sync::atomic::Ordering::Relaxed;
        pub(in super::super) const Acquire: loom::sync::atomic::Ordering = Self::Relaxed;
        pub(in super::super) const Release: loom::sync::atomic::Ordering = Self::Relaxed;
    }
}

const ASK: u8 = 0xFF;

#[path = "property/kill.rs"]
mod kill;
#[path = "../../../runtime/src/set/publish.rs"]
mod publish;
#[path = "property/reuse.rs"]
mod reuse;
#[expect(unreachable_pub, reason = "generated code names it in the runtime")]
#[path = "../../../runtime/src/set/seqlock.rs"]
mod seqlock;
mod tallying;
#[expect(dead_code, reason = "threads in no scope have none")]
#[path = "../../../runtime/src/set/verdicts.rs"]
mod verdicts;
#[path = "property/whole.rs"]
mod whole;

#[test]
#[should_panic(expected = "the kill is there")]
fn a_count_that_is_not_released_is_noticed() {
    kill::is_found_by_who_sees_the_count();
}

#[test]
fn a_kill_that_returned_is_seen_by_the_order_of_whoever_asks_later() {
    kill::reaches_open_scopes(kill::Publisher::KnowsAllOutgoing);
}

#[test]
fn verdicts_are_kept_apart_by_the_count_of_references_alone() {
    reuse::waits_for_scopes(reuse::Return::WithTheLastReference);
}

#[test]
#[should_panic(expected = "words of two writings")]
fn words_without_fences_are_noticed() {
    whole::words_belong_together();
}

#[test]
fn words_are_seen_later_by_the_order_of_whoever_asks() {
    whole::are_seen_later(loom::sync::atomic::Ordering::Release);
}
