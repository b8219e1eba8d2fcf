//! Why a flag of a document can't be served.

use core::fmt;

use std::sync::Arc;

use flagstone_model::{AttributeType, Name, ValueType};

/// Why this program can't take a flag from a document that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// The flag, or something that it uses, is wrong in the document; the messages of the document's report that hold it back.
    Refused(Vec<String>),
    /// The flag has another type than the one that the program was built with.
    Type {
        /// In the document.
        document: ValueType,
        /// In the program.
        program: ValueType,
    },
    /// The flag has a variant that the program doesn't know.
    UnknownVariant {
        /// The variant.
        variant: Name,
    },
    /// The flag no longer has the variant that is the program's compiled baseline.
    BaselineGone {
        /// The variant.
        variant: Box<str>,
    },
    /// The flag reads an attribute that the program's context doesn't have.
    UnknownAttribute {
        /// The attribute.
        attribute: Arc<str>,
    },
    /// The flag reads an attribute that has another type in the program.
    AttributeType {
        /// The attribute.
        attribute: Arc<str>,
        /// In the document.
        document: AttributeType,
        /// In the program.
        program: AttributeType,
    },
    /// A value doesn't become the flag's `rust_type`.
    Value {
        /// The variant that holds it.
        variant: Name,
        /// The decoder's reason.
        reason: Box<str>,
    },
    /// The flag asks about another flag that isn't in force.
    UnknownFlag {
        /// The other flag.
        flag: Name,
    },
    /// The flag asks for another flag's variant that isn't in force.
    UnknownVariantOf {
        /// The other flag.
        flag: Name,
        /// Its variant.
        variant: Name,
    },
    /// The flag asks about another flag that reads an attribute which the program's context doesn't have.
    UnknownAttributeOf {
        /// The other flag.
        flag: Name,
        /// The attribute.
        attribute: Arc<str>,
    },
    /// The form that the flag keeps closes a circle with newer forms of others, or makes a chain of references too
    /// long, so the flag answers its baseline.
    Circle,
    /// Nothing says what the units get that a rollout takes. A checked document has no such flag.
    NothingToGive,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(messages) if messages.is_empty() => {
                f.write_str("it is wrong in the document")
            }
            Self::Refused(messages) => f.write_str(&messages.join("; ")),
            Self::Type { document, program } => write!(
                f,
                "it has the type {}, and the program was built with {}",
                document.name(),
                program.name()
            ),
            Self::UnknownVariant { variant } => {
                write!(f, "the program was built without its variant `{variant}`")
            }
            Self::BaselineGone { variant } => write!(
                f,
                "its variant `{variant}` is gone, which the program answers when it knows nothing better"
            ),
            Self::UnknownAttribute { attribute } => write!(
                f,
                "it reads the attribute `{attribute}`, which the program's context doesn't have"
            ),
            Self::AttributeType {
                attribute,
                document,
                program,
            } => write!(
                f,
                "it reads the attribute `{attribute}` as {}, and the program was built with {}",
                document.name(),
                program.name()
            ),
            Self::Value { variant, reason } => write!(
                f,
                "the value of its variant `{variant}` doesn't fit the program's type: {reason}"
            ),
            Self::UnknownFlag { flag } => {
                write!(f, "it asks about the flag `{flag}`, which isn't in force")
            }
            Self::UnknownVariantOf { flag, variant } => write!(
                f,
                "it asks for the variant `{variant}` of the flag `{flag}`, which isn't in force"
            ),
            Self::UnknownAttributeOf { flag, attribute } => write!(
                f,
                "it asks about the flag `{flag}`, which reads the attribute `{attribute}`, which the program's context doesn't have"
            ),
            Self::Circle => f.write_str(
                "its last good form closes a circle with newer forms of other flags, so it answers its baseline",
            ),
            Self::NothingToGive => flagstone_model::NothingToGive.fmt(f),
        }
    }
}

impl core::error::Error for Misfit {}
