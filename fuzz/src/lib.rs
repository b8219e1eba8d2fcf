//! Documents made from bytes: always well formed, mostly of the language's own words, so that fuzzing reaches the checker
//! and not only the parser.

mod context;
mod document;
mod words;

pub use context::context;
pub use document::document;
