//! The language of `flags.yaml`: parsed with positions, checked, every mistake reported at its place.

mod check;
mod code;
mod definition;
mod diagnostic;
#[cfg(feature = "tools")]
mod difference;
#[cfg(feature = "tools")]
mod edit;
mod kills;
pub mod limits;
#[cfg(feature = "tools")]
mod lint;
mod name;
mod nearest;
mod pattern;
mod percent;
mod quoted;
mod render;
pub mod rust_name;
#[cfg(feature = "tools")]
mod schema;
#[cfg(feature = "tools")]
mod shape;
mod source;
mod span;
mod time;
mod tree;
mod version;
#[cfg(feature = "tools")]
mod words;

pub use check::{Checked, Loaded, check, load};
pub use code::Code;
pub use definition::{
    About, Arm, Attribute, AttributeIndex, AttributeTest, AttributeType, Comparison, Condition,
    ContextSchema, Deciding, DecidingSpans, Definition, Distribution, Effective, Environment,
    EnvironmentIndex, Expose, Flag, FlagTest, Gives, Kind, MomentTest, NothingToGive, OrderTest,
    Override, Prerequisite, Rare, Retired, Rollout, Rule, Sample, Segment, SegmentIndex,
    SegmentRef, Split, Step, Taken, Test, TextTest, Texts, TextsIter, TextsTest, Value, ValueType,
    Variant, VariantIndex, Variants,
};
pub use diagnostic::{Diagnostic, HoldsBack, Severity};
#[cfg(feature = "tools")]
pub use difference::{Change, Place, Severe, Subject, difference};
#[cfg(feature = "tools")]
pub use edit::{EditError, FormatError, format, set, unset};
pub use kills::{FlagKills, Kills};
#[cfg(feature = "tools")]
pub use lint::lint;
pub use name::{InvalidName, Name, RESERVED};
pub use pattern::{InvalidPattern, Pattern};
pub use percent::{InvalidPercent, MicroPercent};
pub use render::{SHOWN, Style, render, render_one};
#[cfg(feature = "tools")]
pub use schema::json_schema;
pub use source::{LineIndex, Source};
pub use span::{Position, Span};
pub use time::{Date, InvalidDate, InvalidTimestamp, Timestamp};
pub use tree::{Content, Entries, Items, Node, Scalar, ScalarKind, Tree, parse};
pub use version::{InvalidVersion, Version, VersionRef};
#[cfg(feature = "tools")]
pub use words::{Aspect, Part, Standing, State, age, state};
