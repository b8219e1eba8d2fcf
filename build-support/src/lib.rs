//! Build scripts call it: reads `flags.yaml`, reports its mistakes, writes typed flags.
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     flagstone_build::generate("flags.yaml");
//! }
//! ```
//!
//! `flagstone::include_flags!();` at the root of the crate then makes `mod flags`, with `Flags`, `Context` and an enum for each
//! flag with variants and each closed list of values.
//!
//! Every mistake of the file is an error of the build, at its line, all of them in one build. The script asks to be run
//! again when the file changes, and for nothing else.

#![expect(
    clippy::needless_doctest_main,
    reason = "a build script is nothing but its `main`"
)]

mod builder;
mod paths;
mod render;
mod report;
mod write;

pub use builder::{Builder, generate};
