//! A flag set's state while the program runs.

use core::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use flagstone_model::{
    AttributeIndex, Checked, ContextSchema, Definition, Kills, Style, Timestamp, load, render,
};

use super::changes::Mailboxes;
use super::hand::ByHand;
use super::lacking::Lacking;
use super::publish::{Outgoing, Shown, State};
use super::session::Following;
use super::statics::Statics;
use super::verdicts::{Lender, Verdicts};
use super::{Embedded, InForce};
use crate::clock::{Clock, SystemClock};
use crate::snapshot::{Document, Problem, Snapshot};
use crate::status::{Failure, Origin};

/// What there is once something was asked.
pub(super) struct Running {
    /// What is in force. Questions read it; whoever changes it holds the lock.
    pub(super) current: ArcSwap<InForce>,
    /// How often something was killed or revived by hand, for scopes to compare with what they pin.
    pub(super) kills: AtomicU64,
    /// The document in the binary.
    pub(super) embedded: Arc<Snapshot>,
    /// The environments that it declares.
    pub(super) environments: Vec<Box<str>>,
    /// The values in it that don't fit their type.
    pub(super) misfits: Vec<Problem>,
    pub(super) lacking: Lacking,
    lender: Arc<Lender>,
    desk: Mutex<Desk>,
}

/// What is touched only by those who change what is in force.
pub(super) struct Desk {
    pub(super) following: Option<Following>,
    /// How many sessions there were.
    pub(super) sessions: u64,
    /// How many documents arrived.
    pub(super) serial: u64,
    /// The environment that documents are to be taken in.
    pub(super) environment: Option<Arc<str>>,
    pub(super) is_ready: bool,
    pub(super) subscribers: Mailboxes,
    pub(super) cache_error: Option<Failure>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) by_hand: Arc<ByHand>,
    pub(super) taken: Taken,
    pub(super) last_error: Option<Failure>,
    pub(super) reloads: u64,
    pub(super) refusals: u64,
    outgoing: Outgoing<InForce>,
}

/// What is in force, kills by hand apart, and how it came there.
#[derive(Clone)]
pub(crate) struct Taken {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) environment: Option<Arc<str>>,
    /// The document, where it isn't the one in the binary.
    pub(super) document: Option<Arc<Document>>,
    pub(super) origin: Origin,
    pub(super) at: Timestamp,
    pub(super) problems: Arc<[Problem]>,
    /// What documents killed that were refused since, or that a preferred source delivered.
    pub(super) kills: Kills,
}

impl Taken {
    /// The document in the binary.
    pub(super) fn embedded(
        snapshot: Arc<Snapshot>,
        environment: Option<&str>,
        at: Timestamp,
    ) -> Self {
        Self {
            snapshot,
            environment: environment.map(Arc::from),
            document: None,
            origin: Origin::Embedded,
            at,
            problems: Arc::default(),
            kills: Kills::default(),
        }
    }
}

impl Running {
    /// Reads the document in the binary; what is wrong with it comes as a report. There is nothing where the build script
    /// and the program agree.
    pub(super) fn new(embedded: &Embedded) -> (Self, Option<String>) {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let now = clock.now();
        let read = read(embedded, None, now);
        let snapshot = Arc::new(read.snapshot);
        let by_hand = Arc::<ByHand>::default();
        let lender = Arc::new(Lender::new(embedded.program.flags.len()));
        let in_force = InForce::new(
            Arc::clone(&snapshot),
            Arc::clone(&by_hand),
            Arc::clone(&clock),
            Arc::clone(&lender),
        );
        let running = Self {
            current: ArcSwap::from_pointee(in_force),
            kills: AtomicU64::new(0),
            embedded: Arc::clone(&snapshot),
            environments: read.environments,
            misfits: read.misfits,
            lacking: Lacking::default(),
            lender,
            desk: Mutex::new(Desk {
                following: None,
                sessions: 0,
                serial: 0,
                environment: None,
                is_ready: true,
                subscribers: Mailboxes::default(),
                cache_error: None,
                clock,
                by_hand,
                taken: Taken::embedded(Arc::clone(&snapshot), None, now),
                last_error: None,
                reloads: 0,
                refusals: 0,
                outgoing: Outgoing::default(),
            }),
        };
        (running, read.report)
    }

    /// Keeps others from changing what is in force. Questions never wait for it.
    pub(super) fn lock(&self) -> MutexGuard<'_, Desk> {
        // Whoever panicked here left nothing half done: what is in force is replaced in one step.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is in force into the flags' statics.
    pub(super) fn show(&self, desk: &Desk, statics: Statics) {
        self.shown(statics).write_statics(&desk.outgoing);
    }

    fn shown(&self, statics: Statics) -> Shown<'_, InForce> {
        Shown {
            current: &self.current,
            states: statics.states,
            rollouts: statics.rollouts,
            kills: &self.kills,
        }
    }
}

impl State for InForce {
    fn verdicts(&self) -> Verdicts {
        self.verdicts()
    }

    fn rollout(&self, index: u32) -> Option<[u64; 3]> {
        self.percentage(index)?.words()
    }

    fn kills(&self) -> u64 {
        self.kills()
    }

    fn prepare(&self, newer: &Self) {
        drop(self.pierced_by(newer));
    }
}

/// The document in the binary, read.
pub(super) struct Read {
    pub(super) snapshot: Snapshot,
    environments: Vec<Box<str>>,
    misfits: Vec<Problem>,
    /// What is wrong with it.
    report: Option<String>,
}

/// Reads the document in the binary for an environment; the base of each flag where it doesn't declare that.
pub(super) fn read(embedded: &Embedded, environment: Option<&str>, now: Timestamp) -> Read {
    let loaded = load(embedded.name, embedded.text.as_bytes());
    let report = (loaded.total() > 0).then(|| {
        let (diagnostics, total) = (loaded.diagnostics(), loaded.total());
        render(&loaded.source, diagnostics, total, Style::Plain)
    });
    let nothing = nothing();
    let checked = loaded.outcome.as_ref().ok();
    let definition = checked.and_then(Checked::right_part).unwrap_or(&nothing);
    let environments = definition.environments.iter();
    let loading = Snapshot::embedded(definition, &embedded.program, environment, now);
    Read {
        snapshot: loading.snapshot,
        environments: environments
            .map(|environment| environment.name.as_str().into())
            .collect(),
        misfits: loading.problems,
        report,
    }
}

/// The document that says nothing, with which every flag answers its compiled baseline.
fn nothing() -> Definition {
    Definition {
        context: ContextSchema {
            targeting_key: AttributeIndex::new(0),
            attributes: Vec::new(),
        },
        segments: Vec::new(),
        environments: Vec::new(),
        flags: Vec::new(),
        retired: Vec::new(),
    }
}

impl Desk {
    /// Puts something in force, for every question asked from now on.
    pub(super) fn take(&mut self, running: &Running, statics: Statics, taken: Taken) {
        let origin = taken.origin.clone();
        self.environment.clone_from(&taken.environment);
        self.taken = taken;
        self.publish(running, statics, &origin);
    }

    /// Puts what was taken in force as it is after a change by hand, or by another clock.
    pub(super) fn publish(&mut self, running: &Running, statics: Statics, origin: &Origin) {
        let in_force = InForce::new(
            Arc::clone(&self.taken.snapshot),
            Arc::clone(&self.by_hand),
            Arc::clone(&self.clock),
            Arc::clone(&running.lender),
        );
        let subscribers = &mut self.subscribers;
        let shown = running.shown(statics);
        self.outgoing.publish(&shown, in_force, |old, new| {
            subscribers.changed(old, new, origin);
        });
    }

    /// Notes an attempt that failed, in whole or in part.
    pub(super) fn note_failure(&mut self, failure: Failure) {
        self.refusals = self.refusals.wrapping_add(1);
        self.subscribers.refused(&failure);
        self.last_error = Some(failure);
    }
}
