//! What questions cost, beside what they can't cost less than.
//!
//! `cargo bench -p flagstone-benchmarks` prints the table, and `cargo test -p flagstone-benchmarks` shows that no question
//! allocates.

pub mod document;

/// What the flag `limits` holds.
#[derive(Debug, serde::Deserialize)]
pub struct Limits {
    /// How many items an order may have.
    pub items: u32,
    /// How heavy it may be, in kilograms.
    pub weight: f64,
}

flagstone::include_flags!();
flagstone::include_flags!(many);

/// A function whose machine code a gate is added to.
#[inline(never)]
#[must_use]
pub fn ungated(price: u32) -> u32 {
    price.wrapping_mul(3)
}

/// The same behind a gate, in the crate that the flag is generated in, as in most programs.
#[flagstone::feature_gate("constant", value = price)]
#[inline(never)]
#[must_use]
pub fn gated(price: u32) -> u32 {
    price.wrapping_mul(3)
}

/// A user who gets what the rules give.
pub const USER: &str = "550e8400-e29b-41d4-a716-446655440000";
/// One of the hundred thousand of the long list.
pub const LISTED: &str = "user-077777";
