//! To come.

mod bucket;
mod compile;
mod context;
mod decision;
mod evaluate;
mod evaluation;
mod snapshot;
mod text_set;

pub use compile::{Misfit, StoredValue};
pub use context::{
    AttributeValue, Attributes, Context, JsonContext, OwnedContext, SemverArgument, Slot, Slots,
    Texts, Unit,
};
pub use decision::{Decision, ErrorCode, Reason, RuleIndex};
pub use evaluate::Now;
pub use evaluation::{Evaluation, RuleRef};
pub use flagstone_model::{Timestamp, Version, load};
pub use snapshot::{
    AttributeTable, Decode, Digest, EmbeddedAttribute, EmbeddedFlag, Loading, Problem, Program,
    Refusal, Snapshot, TableEntry, UnknownEnvironment,
};
