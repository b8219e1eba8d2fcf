//! The files of the runtime as they are.

/// What `super::sync` is to them here.
mod sync {
    pub(super) use std::sync::{Arc, PoisonError};

    pub(super) use loom::sync::atomic::{AtomicU8, AtomicU64, Ordering, fence};
    pub(super) use loom::sync::{Mutex, MutexGuard};

    pub(super) use crate::stand_in::Swapped as ArcSwap;
}

const ASK: u8 = 0xFF;

#[path = "property/kill.rs"]
mod kill;
#[path = "../../../runtime/src/set/publish.rs"]
mod publish;
#[path = "property/publishing.rs"]
mod publishing;
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
fn a_scope_that_sees_a_kill_finds_it() {
    kill::is_found_by_who_sees_the_count();
}

#[test]
fn a_kill_reaches_open_scopes_before_it_returns_and_stays() {
    kill::reaches_open_scopes(kill::Publisher::KnowsAllOutgoing);
}

#[test]
#[should_panic(expected = "the kill arrived")]
fn a_kill_that_forgets_an_older_state_is_noticed() {
    kill::reaches_open_scopes(kill::Publisher::ForgetsOlder);
}

#[test]
fn two_that_publish_leave_the_bytes_of_what_is_in_force() {
    publishing::bytes_are_of_one_state(publishing::Lock::Taken);
}

#[test]
#[should_panic(expected = "bytes of another state")]
fn publishing_without_the_lock_is_noticed() {
    publishing::bytes_are_of_one_state(publishing::Lock::Forgotten);
}

#[test]
fn what_was_published_is_seen_by_every_later_question() {
    publishing::is_seen_later(loom::sync::atomic::Ordering::Release);
}

#[test]
#[should_panic(expected = "the byte is new")]
fn a_question_that_is_not_later_is_noticed() {
    publishing::is_seen_later(loom::sync::atomic::Ordering::Relaxed);
}

#[test]
fn verdicts_stay_while_a_scope_reads_them() {
    reuse::waits_for_scopes(reuse::Return::WithTheLastReference);
}

#[test]
#[should_panic(expected = "verdicts of another state")]
fn verdicts_returned_too_early_are_noticed() {
    reuse::waits_for_scopes(reuse::Return::WhenReplaced);
}

#[test]
fn words_are_read_whole_or_not_at_all() {
    whole::words_belong_together();
}

#[test]
fn words_that_were_published_are_seen_by_every_later_question() {
    whole::are_seen_later(loom::sync::atomic::Ordering::Release);
}

#[test]
#[should_panic(expected = "the words are new")]
fn words_that_are_not_asked_for_later_are_noticed() {
    whole::are_seen_later(loom::sync::atomic::Ordering::Relaxed);
}
