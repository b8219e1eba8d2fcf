//! What generated code and the expansion of `#[feature_gate]` name. It is no part of the API.

#[path = "rt/either.rs"]
mod either;
#[path = "rt/same.rs"]
mod same;

use core::any::Any;
use std::sync::Arc;

pub use either::Either;
pub use flagstone_macros::{__error, __respan, __unknown, __variants};
pub use flagstone_model::{AttributeType, Timestamp, ValueType};
pub use same::SameAs;
use serde_core::de::DeserializeOwned;

pub use crate::context::{Context, SemverArgument, Slot, Texts};
pub use crate::flag::{ContextFor, Flag, Schema};
pub use crate::set::{ASK, Embedded, FlagSet, NO_ROLLOUT, NO_STATE, PublishedRollout};
pub use crate::snapshot::{EmbeddedAttribute, EmbeddedFlag, Program};
pub use crate::value::{Json, Text, Typed};
pub use crate::variant::Variant;

/// Whether a gated function runs, in the thread's scope.
#[inline]
pub fn gate<S: Schema>(flag: Flag<bool, S>) -> bool {
    flag.is_enabled()
}

/// Whether a gated function runs for a context.
#[inline]
pub fn gate_for<S: Schema, C: ContextFor<S> + ?Sized>(flag: Flag<bool, S>, context: &C) -> bool {
    flag.is_enabled_for(context)
}

/// Which of a function's variants runs, in the thread's scope.
#[inline]
pub fn variant<V: Variant, S: Schema>(flag: Flag<V, S>) -> V {
    flag.variant()
}

/// Which of a function's variants runs for a context.
#[inline]
pub fn variant_for<V: Variant, S: Schema, C: ContextFor<S> + ?Sized>(
    flag: Flag<V, S>,
    context: &C,
) -> V {
    flag.variant_for(context)
}

/// Makes a flag's `rust_type` from its JSON.
///
/// # Errors
///
/// What the type's `Deserialize` says.
pub fn decode<T: DeserializeOwned + Send + Sync + 'static>(
    json: &serde_json::Value,
) -> Result<Arc<dyn Any + Send + Sync>, String> {
    match T::deserialize(json) {
        Ok(value) => Ok(Arc::new(value)),
        Err(error) => Err(error.to_string()),
    }
}

/// Compares the version of the build script that wrote the flags with this one's. The two share a private protocol.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_version {
    ("0.1.0") => {};
    ($version:literal) => {
        ::core::compile_error!(::core::concat!(
            "these flags were written by flagstone-build ",
            $version,
            ", and this is flagstone 0.1.0; give both the same version in Cargo.toml"
        ));
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_that_is_asserted_is_the_packages() {
        assert_eq!(
            env!("CARGO_PKG_VERSION"),
            "0.1.0",
            "change it in `__assert_version!` too"
        );
    }
}
