//! Answers while what is in force is swapped as fast as it can be. Every property is checked by a function that also gets something
//! that hasn't the property, and must notice it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs is there, or it fails"
)]

mod kills;
mod one_document;
mod reloads;

use std::sync::{Mutex, MutexGuard, PoisonError};

use fixture_shop::flags::{self, Context, Plan};

/// The set is one for the whole program, so the tests that change it take turns.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many threads ask.
const ASKING: usize = 2;

/// Whom `beta` has a rule for.
fn context() -> Context<'static> {
    Context::new("u-1").plan(Plan::Premium)
}

/// One of the documents that are swapped. In each, `new_dashboard`, which answers everyone alike, and `beta`, which asks about
/// the plan, say the same; `theme` says which of three documents in a row it is.
fn document(number: u32) -> String {
    let serve = if number.is_multiple_of(2) {
        "off"
    } else {
        "on"
    };
    let theme = match number % 3 {
        0 => "light",
        1 => "dark",
        _ => "high-contrast",
    };
    format!(
        "version: 1
context:
  targeting_key: user_id
  attributes: {{ user_id: string, plan: {{ type: string, values: [free, premium, pay as you go] }} }}
flags:
  new_dashboard: {{ serve: {serve} }}
  beta: {{ rules: [{{ if: {{ plan: premium }}, serve: {serve} }}] }}
  theme:
    variants: {{ light: white, dark: black, high-contrast: yellow }}
    baseline: light
    serve: {theme}
"
    )
}

fn publish(number: u32) -> Result<(), flagstone::Error> {
    flags::control().publish("swapped.yaml", document(number))
}
