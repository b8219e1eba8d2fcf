//! Feature flags that the compiler checks, that cost next to nothing to ask, and that change in production without a deploy.
//!
//! Flags are declared in `flags.yaml`:
//!
//! ```yaml
//! version: 1
//! context:
//!   targeting_key: user_id
//!   attributes:
//!     user_id: string
//!     plan: { type: string, values: [free, premium] }
//! flags:
//!   new_dashboard: { description: The rebuilt dashboard, rollout: 25% }
//!   new_checkout: { rules: [{ if: { plan: premium }, serve: on }] }
//!   button_color: { variants: { control: blue, treatment: green }, baseline: control, split: { control: 50, treatment: 50 } }
//! ```
//!
//! A build script makes typed Rust of them: `flagstone_build::generate("flags.yaml")` in `build.rs`, and
//! `flagstone::include_flags!()` at the root of the crate. Then:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
//! use flagstone::feature_gate;
//! use flags::{ButtonColor, Context, Flags, Plan};
//!
//! #[feature_gate("new_checkout", fallback = old_checkout)]
//! fn checkout(basket: u32) -> String {
//!     format!("{basket} in the new checkout")
//! }
//!
//! fn old_checkout(basket: u32) -> String {
//!     format!("{basket} in the old checkout")
//! }
//!
//! fn main() -> Result<(), flagstone::Error> {
//!     // Follows the file until it is dropped. Without it, the flags are those of the build.
//!     let _live = flags::live().file("flags.yaml").start()?;
//!
//!     // One scope for each request or message: what is gated inside asks about this user.
//!     let context = Context::new("u-17").plan(Plan::Premium);
//!     let page = flags::scope(&context).run(|| checkout(3));
//!     assert_eq!(page, "3 in the new checkout");
//!
//!     // Or ask outright.
//!     let free = Context::new("u-18").plan(Plan::Free);
//!     assert!(!Flags::NEW_CHECKOUT.is_enabled_for(&free));
//!     let _color = match Flags::BUTTON_COLOR.variant_for(&free) {
//!         ButtonColor::Control => "blue",
//!         ButtonColor::Treatment => "green",
//!     };
//!     Ok(())
//! }
//! ```
//!
//! | to | look at |
//! | --- | --- |
//! | gate a function | [`feature_gate`] |
//! | ask a flag, or force it in a test | [`Flag`] |
//! | ask about a request without handing a context around | [`Scope`], [`FutureExt`], [`in_current_scope`] |
//! | follow files and other sources, with a disk cache behind them | [`LiveBuilder`], [`Live`], [`Start`] |
//! | bring documents from elsewhere | [`Source`], [`Feed`], [`Control::publish`] |
//! | see what is in force, and steer it | [`Status`], [`Control`] |
//! | hear of changes | [`Changes`] |
//! | keep a document out with which an answer is wrong | [`Probe`] |
//! | ask by key, as tools do | [`Snapshot`], [`Attributes`] |
//! | hear why a flag answers what it answers | [`Snapshot::explain`], [`explain`] |
//!
//! # What holds
//!
//! - The document that the program was built with is in the program, so every flag answers from the first call.
//! - Nothing that arrives while the program runs can panic, block or stop a question. What is wrong is refused and reported, flag by
//!   flag; the last good form stays, and never expires by itself.
//! - The same snapshot, context and time give the same answer on every machine.
//! - A scope sees one snapshot and one time.
//! - A question takes no lock, allocates nothing, and reads the clock only where a flag depends on it. One that has the same answer
//!   for everyone costs a load and two comparisons.

mod answer;
mod ask;
mod bucket;
mod clock;
mod compile;
mod context;
mod decision;
mod error;
mod evaluate;
mod evaluation;
pub mod explain;
mod flag;
mod include;
mod live;
mod scope;
mod set;
mod snapshot;
mod status;
mod text_set;
mod thread;
mod value;
mod variant;

#[doc(hidden)]
#[path = "rt.rs"]
pub mod __rt;

pub use answer::{Answer, AnswerRule};
pub use clock::{Clock, SystemClock};
pub use compile::{Misfit, StoredValue};
pub use context::{
    AttributeValue, Attributes, Context, JsonContext, OwnedContext, SemverArgument, Slot, Slots,
    Texts, Unit,
};
pub use decision::{Decision, ErrorCode, Reason, RuleIndex};
pub use error::Error;
pub use evaluate::Now;
pub use evaluation::{Evaluation, RuleRef};
pub use explain::Explanation;
pub use flag::{ContextFor, Flag, OverrideGuard, Schema};
pub use flagstone_macros::feature_gate;
pub use flagstone_model::{Timestamp, Version, load};
pub use live::{
    Alarm, Changed, Feed, Files, Intake, Live, LiveBuilder, Probe, ReadError, Source, Start, Wake,
    Watch,
};
#[cfg(feature = "http")]
pub use live::{Http, HttpError, HttpReply, HttpRequest, InvalidUrl, Network, NetworkError};
pub use scope::{FutureExt, InScope, Scope, in_current_scope};
pub use set::{Change, Changes, Control, Event, FlagSet};
pub use snapshot::{
    AttributeTable, Decode, Digest, EmbeddedAttribute, EmbeddedFlag, Loading, Problem, Program,
    Refusal, Snapshot, TableEntry, UnknownEnvironment,
};
pub use status::{Failure, Origin, SourceState, SourceStatus, Status};
pub use value::{Value, ValueError, ValueKind};
pub use variant::Variant;
