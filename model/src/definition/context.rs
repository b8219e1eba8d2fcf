//! What the program knows about a request.

use super::index;
use crate::{Name, Span};

index! {
    /// Which entry of [`ContextSchema::attributes`].
    AttributeIndex
}

/// The attributes of a context and the one that identifies the unit.
#[derive(Debug, Clone)]
pub struct ContextSchema {
    /// The attribute whose text is the unit. It is always among [`attributes`](Self::attributes), as a `string` where it isn't declared.
    pub targeting_key: AttributeIndex,
    /// The attributes in the document's order.
    pub attributes: Vec<Attribute>,
}

impl ContextSchema {
    /// An attribute of this context.
    pub fn attribute(&self, index: AttributeIndex) -> Option<&Attribute> {
        self.attributes.get(index.get())
    }

    /// The index of an attribute's name.
    pub fn find(&self, name: &str) -> Option<AttributeIndex> {
        let index = self
            .attributes
            .iter()
            .position(|attribute| attribute.name.as_str() == name)?;
        Some(AttributeIndex::new(index))
    }
}

/// One thing that the program knows about a request.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// What its values are.
    pub ty: AttributeType,
    /// The closed list of its values, where there is one; only a `string` has one.
    pub values: Option<Vec<Box<str>>>,
    /// A context in Rust that lacks it is a compile error.
    pub required: bool,
    /// Its value stays out of logs, traces, exposures, exports and error texts.
    pub private: bool,
    /// For people.
    pub description: Option<Box<str>>,
    /// Where its name stands; empty where the targeting key isn't declared.
    pub span: Span,
}

/// What an attribute's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// Text.
    String,
    /// A whole number of 64 bits, with sign.
    Integer,
    /// A finite floating-point number of 64 bits.
    Number,
    /// True or false.
    Boolean,
    /// A moment, or a day, taken as its midnight in UTC.
    Timestamp,
    /// A version.
    Semver,
    /// A list of texts.
    Strings,
}

impl AttributeType {
    /// Every type, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Timestamp,
        Self::Semver,
        Self::Strings,
    ];

    /// The type's name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Timestamp => "timestamp",
            Self::Semver => "semver",
            Self::Strings => "strings",
        }
    }

    /// Whether a distribution can bucket by it.
    pub const fn can_bucket(self) -> bool {
        matches!(self, Self::String | Self::Integer)
    }
}
