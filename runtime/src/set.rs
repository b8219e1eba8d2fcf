//! A flag set: what one `flags.yaml` was compiled to, and what is in force of it while the program runs.

pub(crate) mod cache;
mod changes;
mod control;
mod disk;
mod environment;
mod follow;
mod hand;
mod in_force;
mod lacking;
mod load;
mod note;
mod publish;
mod running;
mod seqlock;
mod session;
mod statics;
mod status;
mod sync;
mod tally;
mod verdicts;

use core::fmt;
use core::sync::atomic::AtomicU8;
use std::sync::{Arc, OnceLock};

pub use changes::{Change, Changes, Event};
pub use control::Control;
pub(crate) use disk::{Disk, Owner};
use hand::Change as ByHandChange;
pub(crate) use in_force::InForce;
pub(crate) use load::{Offer, Within};
use running::Running;
pub use seqlock::PublishedRollout;
pub(crate) use session::{Beginning, Newcomer, Place, Session};
use statics::Statics;
pub use statics::{NO_ROLLOUT, NO_STATE};
pub(crate) use verdicts::Verdicts;

use crate::compile::StoredValue;
use crate::context::{OwnedContext, Slots};
use crate::snapshot::{EmbeddedFlag, Problem, Program, Snapshot};
use crate::status::{Origin, Status};

/// A flag's byte while its answer depends on the context or the time, or nothing has been asked yet.
pub const ASK: u8 = 0xFF;

/// The document that a program was built with, as the build script writes it down.
#[derive(Debug, Clone, Copy)]
pub struct Embedded {
    /// The document's name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// What the build script made of it.
    pub program: Program,
}

/// The flags of one `flags.yaml` in a program. Generated code holds the only one there is, in a `static`.
///
/// It is never uninitialised: the first question reads the document in the binary.
pub struct FlagSet {
    embedded: Embedded,
    statics: Statics,
    running: OnceLock<Running>,
}

impl FlagSet {
    /// The set of a document, with a byte for each flag, all of them [`ASK`], and a rollout for each, none of them published.
    /// Only generated code calls it.
    #[must_use]
    pub const fn new(
        embedded: Embedded,
        states: &'static [AtomicU8],
        rollouts: &'static [PublishedRollout],
    ) -> Self {
        Self {
            embedded,
            statics: Statics { states, rollouts },
            running: OnceLock::new(),
        }
    }

    /// The snapshot in force.
    pub fn snapshot(&'static self) -> Arc<Snapshot> {
        self.in_force().snapshot()
    }

    /// What is in force and how it came there.
    pub fn status(&'static self) -> Status {
        self.read_status()
    }

    /// Hears of changes and refusals from now on.
    pub fn subscribe(&'static self) -> Changes {
        self.running().lock().subscribers.open()
    }

    /// Steers the set by hand.
    pub fn control(&'static self) -> Control {
        Control::new(self)
    }

    /// The values in the document in the binary that don't fit their flag's `rust_type`. The generated test asks.
    pub fn misfits(&'static self) -> &'static [Problem] {
        &self.running().misfits
    }

    pub(crate) fn name(&self) -> &'static str {
        self.embedded.name
    }

    pub(crate) fn key(&self, index: u32) -> &'static str {
        self.flag(index).map(|flag| flag.key).unwrap_or_default()
    }

    /// The ordinal of what the program answers when it knows nothing better.
    #[cold]
    pub(crate) fn baseline(&self, index: u32) -> u32 {
        self.flag(index)
            .map(|flag| flag.baseline)
            .unwrap_or_default()
    }

    fn flag(&self, index: u32) -> Option<&'static EmbeddedFlag> {
        self.embedded
            .program
            .flags
            .get(usize::try_from(index).ok()?)
    }

    /// A context's attributes, for scopes to keep.
    pub(crate) fn copy_of(&self, context: &impl Slots) -> OwnedContext {
        OwnedContext::copy_of(context, self.embedded.program.attributes.len())
    }

    /// What is in force.
    pub(crate) fn in_force(&'static self) -> Arc<InForce> {
        self.running().current.load_full()
    }

    /// What a variant holds in what is in force; where that knows the variant no more, in the document in the binary.
    pub(crate) fn held<'s>(
        &'static self,
        in_force: &'s InForce,
        index: u32,
        ordinal: u32,
    ) -> Option<&'s StoredValue> {
        let embedded = || self.running().embedded.value(index, ordinal);
        in_force.value(index, ordinal).or_else(embedded)
    }

    /// Whether something was killed or revived by hand that this doesn't know.
    #[inline]
    pub(crate) fn is_pierced(&'static self, in_force: &InForce) -> bool {
        publish::is_pierced(in_force, &self.running().kills)
    }

    /// What a scope pinned, with what was killed by hand since.
    #[cold]
    pub(crate) fn pierce(&'static self, in_force: &InForce) -> Arc<InForce> {
        in_force.pierced_by(&self.in_force())
    }

    fn change_by_hand(&'static self, change: ByHandChange) {
        let running = self.running();
        let mut desk = running.lock();
        desk.by_hand = Arc::new(desk.by_hand.changed(change));
        desk.publish(running, self.statics, &Origin::Control);
    }

    /// What there is while the program runs. The first call reads the document in the binary.
    #[inline]
    fn running(&'static self) -> &'static Running {
        match self.running.get() {
            Some(running) => running,
            None => self.start(),
        }
    }

    #[cold]
    fn start(&'static self) -> &'static Running {
        let mut trouble = None;
        let running = self.running.get_or_init(|| {
            let (running, report) = Running::new(&self.embedded);
            trouble = report;
            running
        });
        running.show(&running.lock(), self.statics);
        if let Some(report) = trouble {
            // Not before the set can be asked: a logger may do so.
            log::error!("{}, as it is in this program: {report}", self.name());
        }
        running
    }
}

impl fmt::Debug for FlagSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlagSet")
            .field("name", &self.name())
            .field("flags", &self.embedded.program.flags.len())
            .finish_non_exhaustive()
    }
}
