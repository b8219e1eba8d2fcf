//! The domain form of a document: what it says, with nothing left to get wrong.
//!
//! Only [`check`](crate::check) makes these values, from a document's tree. Names of attributes, segments, environments and variants have
//! become indices into the tables beside them; names of *other flags* stay names, since a program may answer
//! with an older form of that flag than this document's.

mod condition;
mod context;
mod deciding;
mod effective;
mod flag;
mod texts;

pub use condition::{
    AttributeTest, Comparison, Condition, FlagTest, MomentTest, OrderTest, Sample, SegmentRef,
    Test, TextTest, TextsTest,
};
pub use context::{Attribute, AttributeIndex, AttributeType, ContextSchema};
pub use deciding::{
    Arm, Deciding, DecidingSpans, Gives, Override, Prerequisite, Rare, Rollout, Rule, Split, Step,
};
pub use effective::{Distribution, Effective, NothingToGive, Taken};
pub use flag::{About, Expose, Flag, Kind, Value, ValueType, Variant, VariantIndex, Variants};
pub(crate) use texts::TextsBuilder;
pub use texts::{Texts, TextsIter};

use crate::{Date, Name, Span};

/// What a document says. Where it was checked at run time and parts of it were refused, those parts are absent.
#[derive(Debug, Clone)]
pub struct Definition {
    /// What the program knows about a request.
    pub context: ContextSchema,
    /// Reusable audiences.
    pub segments: Vec<Segment>,
    /// The environments that flags may speak of.
    pub environments: Vec<Environment>,
    /// The flags, in the document's order.
    pub flags: Vec<Flag>,
    /// Deleted keys, which can't come back.
    pub retired: Vec<Retired>,
}

impl Definition {
    /// The environment of a name.
    pub fn environment(&self, name: &str) -> Option<EnvironmentIndex> {
        let index = self
            .environments
            .iter()
            .position(|environment| environment.name.as_str() == name)?;
        Some(EnvironmentIndex::new(index))
    }

    /// A segment of this document.
    pub fn segment(&self, index: SegmentIndex) -> Option<&Segment> {
        self.segments.get(index.get())
    }
}

/// A reusable audience: it holds a unit that its members list, or for which its condition holds.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its name.
    pub name: Name,
    /// For people.
    pub description: Option<Box<str>>,
    /// Units that are in it.
    pub members: Texts,
    /// Whoever it holds for is in it too.
    pub condition: Option<Condition>,
    /// Where its name stands.
    pub span: Span,
}

/// An environment that flags may speak of.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name.
    pub name: Name,
    /// For people.
    pub description: Option<Box<str>>,
    /// The emergency stop of every flag.
    pub killed: bool,
    /// Where its name stands.
    pub span: Span,
}

/// The key of a flag that is gone.
#[derive(Debug, Clone)]
pub struct Retired {
    /// The key.
    pub key: Name,
    /// When it went.
    pub date: Date,
    /// Why, and what to use instead.
    pub note: Option<Box<str>>,
    /// Where the key stands.
    pub span: Span,
}

/// Makes a newtype for an index into one of a document's tables.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index of an entry; the tables are far smaller than 32 bits.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The index as a number.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use index;

index! {
    /// Which entry of [`Definition::segments`].
    SegmentIndex
}
index! {
    /// Which entry of [`Definition::environments`].
    EnvironmentIndex
}
