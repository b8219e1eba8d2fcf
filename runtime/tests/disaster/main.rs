//! What happened elsewhere, and must not happen here: each disaster is a test of its name.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

include!("../flags/mod.rs");

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
#[path = "../directory/mod.rs"]
mod directory;
#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
#[path = "../world/mod.rs"]
mod world;

/// Flags of its own for each test, since only one handle of a set lives at a time.
macro_rules! own {
    ($($name:ident),*) => {
        $(pub(super) mod $name {
            include!("../flags/mod.rs");
        })*
    };
}

mod disk;
mod documents;
mod restart;
mod storm;
mod time;

/// Long enough for whatever is going to happen.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
