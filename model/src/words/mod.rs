//! What a document says, in words for people: whom a flag answers what, at a time and in an environment.
//!
//! Everything that tells people of a flag's state, or of what changed in it, takes its words from here.

mod age;
mod condition;
mod share;
mod state;

pub use age::age;
pub use state::{Aspect, Part, Standing, State, state};

pub(crate) use condition::{Speaker, text};
pub(crate) use share::{arms, bare_rollout, percent};
