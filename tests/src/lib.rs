//! What the tests that cross flagstone's crates share: known answers, a slow second opinion, and random documents.
//!
//! - [`answers`] reads the known answers in `conformance/`.
//! - [`evaluate`] is an evaluator that shares no code with flagstone and is obvious rather than fast.
//! - [`Case`] is a random valid document with questions about it; [`damage_document`] and [`damage_text`] make
//!   wrong ones of it.

mod answer;
mod conformance;
mod generate;
mod reference;
mod yaml;

pub use answer::Answer;
pub use conformance::{KnownAnswer, KnownDocument, Unreadable, answers};
pub use generate::{Case, Random, damage_document, damage_text};
pub use reference::{evaluate, fits, milliseconds};
pub use yaml::{from_yaml, to_json, to_yaml};
