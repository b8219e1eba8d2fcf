//! Gates on functions of every kind: each is asked with its flag off and on.

#![deny(warnings, clippy::all, clippy::pedantic)]
#![allow(
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "gated functions panic and leave parameters alone, as functions do"
)]

mod arguments;
mod contexts;
mod generics;
mod others;
mod patterns;
mod variants;

use core::cell::RefCell;
use core::fmt::{Debug, Display};

use fixture_shop::flags::{self, Flags, Theme};
use flagstone::feature_gate;

/// What a question gives with the flag off, and on.
fn both<T>(ask: impl Fn() -> T) -> (T, T) {
    let off = ask();
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    (off, ask())
}

fn text(off: &str, on: &str) -> (String, String) {
    (off.to_owned(), on.to_owned())
}
