//! Counting, while those who count end and others add up.

use std::sync::Arc;

use loom::thread;

use super::tally::{Tally, add_one};

/// A thread counts and ends, while another adds up: nothing is lost, whenever the list lets go of the thread's counter.
pub(super) fn ends_with_the_thread() {
    loom::model(|| {
        let tally = Arc::new(Tally::default());
        let counter = tally.counter();
        let asking = thread::spawn(move || {
            add_one(&counter);
            add_one(&counter);
            drop(counter);
        });
        assert!(tally.total() <= 2, "none was counted twice");
        asking.join().expect("it counted");
        assert_eq!(tally.total(), 2, "each was counted");
    });
}

/// What [`add_one`] forbids.
#[allow(dead_code, reason = "one of the two trees tries it")]
pub(super) fn is_shared() {
    loom::model(|| {
        let tally = Arc::new(Tally::default());
        let counter = tally.counter();
        let other = counter.clone();
        let asking = thread::spawn(move || add_one(&counter));
        add_one(&other);
        asking.join().expect("it counted");
        drop(other);
        assert_eq!(tally.total(), 2, "each was counted");
    });
}
