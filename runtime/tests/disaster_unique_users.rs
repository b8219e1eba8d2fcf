//! One user a request, for ever: memory stays as it is. Alone in its program, since it measures the program's memory.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what a test's own functions need is there, or the test fails"
)]
#![cfg(target_os = "linux")]

use std::fmt::Write;

include!("flags/mod.rs");

/// The program's memory that is neither code nor swapped out, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes
        .expect("a number")
        .parse::<u64>()
        .expect("a number")
        << 10
}

#[test]
fn unique_users() {
    use flags::{Context, Flags, Plan};
    let mut key = String::with_capacity(32);
    let mut on = 0_u64;
    let mut ask = |users: std::ops::Range<u64>| {
        for user in users {
            key.clear();
            write!(key, "u-{user}").expect("memory");
            let context = Context::new(&key).plan(Plan::Premium);
            // Outright and in a scope, decided by a hash and by a rule.
            on += u64::from(Flags::HALF.is_enabled_for(&context));
            if user % 8 == 0 {
                flags::scope(&context).run(|| on += u64::from(Flags::NEW_CHECKOUT.is_enabled()));
            }
        }
    };
    ask(0..100_000);
    let before = memory();
    ask(100_000..10_000_000);
    let grown = memory().saturating_sub(before);
    assert!(grown <= 1 << 20, "{grown} bytes more");
    // Half of the users by the hash, and every eighth by the rule.
    assert!((6_240_000..6_260_000).contains(&on), "{on}");
}
