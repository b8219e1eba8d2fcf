//! What questions cost, beside what they can't cost less than.
//!
//! `cargo bench -p flagstone-benchmarks` prints the table, and `cargo test -p flagstone-benchmarks` shows that no question
//! allocates.

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

/// A user who gets what the rules give.
pub const USER: &str = "550e8400-e29b-41d4-a716-446655440000";
/// One of the hundred thousand of the long list.
pub const LISTED: &str = "user-077777";
