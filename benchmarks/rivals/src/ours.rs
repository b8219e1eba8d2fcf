//! flagstone, asked in the ways that its documentation shows.

mod by_key;
mod in_scope;
mod parsed_version;
mod typed;

pub use by_key::{Json, Yaml};
pub use in_scope::InScope;
pub use parsed_version::ParsedVersion;
pub use typed::Typed;
