//! Several sources, what starting waits for, probes, subscriptions and the status.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::time::Duration;

use flagstone::{SourceState, Status};

include!("../flags/mod.rs");

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
#[path = "../world/mod.rs"]
mod world;

use world::Step;

/// Flags of its own for each test, since only one handle of a set lives at a time.
macro_rules! own {
    ($($name:ident),*) => {
        $(mod $name {
            include!("../flags/mod.rs");
        })*
    };
}

mod delivery;
mod events;
mod starting;

/// Long enough for whatever is going to happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A document in which a color says where it comes from.
fn document(color: &str) -> String {
    flags::DOCUMENT.replace("control: blue", &format!("control: {color}"))
}

fn offer(color: &str) -> Step {
    Step::Offer(document(color))
}

fn states(status: &Status) -> Vec<SourceState> {
    status.sources.iter().map(|source| source.state).collect()
}
