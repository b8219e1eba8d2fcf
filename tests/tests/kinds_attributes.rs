//! Gates under and over other attributes: each function is asked with its flag off and on, and what the other attribute
//! does is still done.

#![deny(warnings, clippy::all, clippy::pedantic)]
#![allow(clippy::panic, reason = "gated functions panic, as functions do")]

use fixture_shop::flags::{self, Flags};
use flagstone::feature_gate;

/// What a question gives with the flag off, and on.
fn both<T>(ask: impl Fn() -> T) -> (T, T) {
    let off = ask();
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    (off, ask())
}

fn tenfold(a: u32) -> u32 {
    a * 10
}

#[feature_gate("new_dashboard", fallback = tenfold)]
#[tracing::instrument]
fn over_instrument(a: u32) -> u32 {
    a
}

#[tracing::instrument(skip(a))]
#[feature_gate("new_dashboard", fallback = tenfold)]
fn under_instrument(a: u32) -> u32 {
    a
}

#[feature_gate("new_dashboard", fallback = tenfold)]
#[must_use]
fn over_must_use(a: u32) -> u32 {
    a
}

#[must_use]
#[feature_gate("new_dashboard", fallback = tenfold)]
fn under_must_use(a: u32) -> u32 {
    a
}

#[feature_gate("new_dashboard", fallback = tenfold)]
#[inline]
fn over_inline(a: u32) -> u32 {
    a
}

#[inline]
#[feature_gate("new_dashboard", fallback = tenfold)]
fn under_inline(a: u32) -> u32 {
    a
}

/// It stays documented.
#[inline]
#[feature_gate("new_dashboard", fallback = tenfold)]
#[must_use]
#[cold]
fn between(a: u32) -> u32 {
    a
}

#[test]
fn functions_with_other_attributes_are_gated() {
    for (kind, found) in [
        ("over instrument", both(|| over_instrument(2))),
        ("under instrument", both(|| under_instrument(2))),
        ("over must_use", both(|| over_must_use(2))),
        ("under must_use", both(|| under_must_use(2))),
        ("over inline", both(|| over_inline(2))),
        ("under inline", both(|| under_inline(2))),
        ("between", both(|| between(2))),
    ] {
        assert_eq!(found, (20, 2), "{kind}");
    }
}

/// An expectation that nothing fulfils is a warning, so this compiles only where the compiler still asks for the results.
#[test]
fn what_must_be_used_still_must() {
    #[expect(unused_must_use, reason = "it shows that the attribute has an effect")]
    let over = || {
        over_must_use(1);
    };
    #[expect(unused_must_use, reason = "it shows that the attribute has an effect")]
    let under = || {
        under_must_use(1);
    };
    assert_eq!(both(over), both(under));
}

#[feature_gate("new_dashboard", default)]
#[test]
fn over_test() {
    panic!("the flag is off");
}

#[test]
#[feature_gate("new_dashboard", default)]
fn under_test() {
    panic!("the flag is off");
}
