//! From a document's definition to flags that answer by borrowing: names resolved to slots and ordinals, sets and seeds built.

mod canon;
mod condition;
mod constant;
mod digest;
mod distribution;
mod document;
mod flag;
mod form;
mod misfit;
mod operators;
mod resolve;
mod segments;
mod values;

pub(crate) use canon::Canon;
pub(crate) use condition::{
    Condition, OrderSet, OrderTest, Ordered, Sample, Segment, Test, TextTest,
};
pub(crate) use constant::constant;
pub(crate) use distribution::{Distribution, Outcome, Share};
pub(crate) use flag::Compiler;
use form::More;
pub(crate) use form::{Form, Override, Overrides, Reference, Rule};
pub use misfit::Misfit;
pub use values::StoredValue;
pub(crate) use values::Variants;
