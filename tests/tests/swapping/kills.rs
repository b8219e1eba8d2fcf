//! A kill by hand is seen in scopes that were open before, by every question that is asked after it returned.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use fixture_shop::flags::{self, Flags, Schema};
use flagstone::{Attributes, Schema as _, Timestamp};

use super::{context, publish, turn};

/// How often something is killed.
const ROUNDS: u32 = 200;

/// Kills while a scope is open that pinned what was in force two documents before, and counts the rounds in which that scope didn't
/// hear of it. `open` is called before the kill, and what it gives asks.
fn missed_kills(open: impl Fn() -> Box<dyn Fn() -> bool> + Sync) -> u32 {
    let (killed, missed, ready) = (AtomicU32::new(0), AtomicU32::new(0), Barrier::new(2));
    let control = flags::control();
    let asking = || {
        for round in 1..=ROUNDS {
            ready.wait();
            flags::scope(&context()).run(|| {
                let is_on = open();
                ready.wait();
                while killed.load(Ordering::Acquire) < round {
                    std::hint::black_box(is_on());
                }
                missed.fetch_add(u32::from(is_on()), Ordering::Relaxed);
            });
            ready.wait();
        }
    };
    let results = thread::scope(|threads| {
        threads.spawn(asking);
        let rounds = (1..=ROUNDS).map(|round| {
            control.revive_all();
            let first = publish(1);
            ready.wait();
            ready.wait();
            let later = publish(3).and(publish(5));
            control.kill_all();
            killed.store(round, Ordering::Release);
            ready.wait();
            first.and(later)
        });
        rounds.collect::<Vec<_>>()
    });
    control.revive_all();
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    missed.into_inner()
}

#[test]
fn kills_reach_scopes_that_are_open() {
    let _turn = turn();
    for ask in [
        || Flags::NEW_DASHBOARD.is_enabled(),
        || Flags::BETA.is_enabled(),
    ] {
        assert_eq!(missed_kills(|| Box::new(ask)), 0);
    }
}

/// A snapshot that a tool holds is what it is, whatever is killed.
#[test]
fn what_is_held_is_seen_to_miss_every_kill() {
    let _turn = turn();
    let held = || -> Box<dyn Fn() -> bool> {
        let snapshot = Schema::set().snapshot();
        let now = Timestamp::from_milliseconds(i64::MAX);
        let nobody = Attributes::new();
        Box::new(move || snapshot.evaluate("new_dashboard", &nobody, now).variant == Some("on"))
    };
    assert_eq!(missed_kills(held), ROUNDS);
}
