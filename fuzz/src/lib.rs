//! Documents made from bytes: always well formed, mostly of the language's own words, so that fuzzing reaches the checker
//! and not only the parser.

mod document;
mod words;

pub use document::document;
