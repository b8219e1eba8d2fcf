//! What a program was built with. Generated code writes it down; a document that arrives has to fit it.

use core::any::Any;
use std::sync::Arc;

use flagstone_model::{AttributeType, ValueType};

/// Turns a flag's JSON into the flag's `rust_type`, or says why it can't.
pub type Decode = fn(&serde_json::Value) -> Result<Arc<dyn Any + Send + Sync>, String>;

/// What a program was built with.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// The flags by index.
    pub flags: &'static [EmbeddedFlag],
    /// The attributes of a context by slot.
    pub attributes: &'static [EmbeddedAttribute],
    /// The slot of the attribute that identifies the unit.
    pub targeting_key: u32,
}

/// A flag of a program.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedFlag {
    /// Its key.
    pub key: &'static str,
    /// The type of its values.
    pub ty: ValueType,
    /// The names of its variants by ordinal; `off` and `on` for a boolean.
    pub variants: &'static [&'static str],
    /// The ordinal of what the program answers when it knows nothing better.
    pub baseline: u32,
    /// How the flag's `rust_type` is made, where it has one.
    pub decode: Option<Decode>,
}

impl EmbeddedFlag {
    /// A boolean flag, which has `off` and `on`.
    #[must_use]
    pub const fn boolean(key: &'static str, baseline: u32) -> Self {
        Self {
            key,
            ty: ValueType::Boolean,
            variants: &["off", "on"],
            baseline,
            decode: None,
        }
    }
}

/// An attribute of a program's context.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedAttribute {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub ty: AttributeType,
}
