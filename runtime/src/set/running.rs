//! A flag set's state while the program runs.

use core::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use flagstone_model::{Style, Timestamp, load, render};

use super::hand::ByHand;
use super::lacking::Lacking;
use super::{Embedded, InForce};
use crate::clock::{Clock, SystemClock};
use crate::snapshot::{Problem, Program, Snapshot};
use crate::status::{Failure, Origin};

/// What there is once something was asked.
pub(super) struct Running {
    /// What is in force. Questions read it; whoever changes it holds the lock.
    pub(super) current: ArcSwap<InForce>,
    /// How often something was killed or revived by hand, for scopes to compare with what they pin.
    pub(super) kills: AtomicU64,
    /// The document in the binary.
    pub(super) embedded: Arc<Snapshot>,
    /// The values in it that don't fit their type.
    pub(super) misfits: Vec<Problem>,
    pub(super) lacking: Lacking,
    desk: Mutex<Desk>,
}

/// One time between a `start()` and the end of its handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session(u64);

/// What is touched only by those who change what is in force.
pub(super) struct Desk {
    pub(super) session: Option<Session>,
    sessions: u64,
    pub(super) environment: Option<Arc<str>>,
    /// The document in force, where it isn't the one in the binary.
    pub(super) document: Option<Document>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) by_hand: Arc<ByHand>,
    pub(super) origin: Origin,
    pub(super) loaded_at: Timestamp,
    pub(super) last_error: Option<Failure>,
    pub(super) problems: Arc<[Problem]>,
    pub(super) reloads: u64,
    pub(super) refusals: u64,
    /// What was in force before and may still be in use. Kept, so that whoever drops it last isn't a thread that asks.
    outgoing: Vec<Arc<InForce>>,
}

/// A document as it came.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) name: Box<str>,
    pub(super) bytes: Box<[u8]>,
}

impl Running {
    /// Reads the document in the binary; what is wrong with it comes as a report. There is nothing where the build script
    /// and the program agree.
    pub(super) fn new(embedded: &Embedded, program: &Program) -> (Self, Option<String>) {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let now = clock.now();
        let (snapshot, misfits, report) = read(embedded, program, None, now);
        let snapshot = Arc::new(snapshot);
        let by_hand = Arc::<ByHand>::default();
        let in_force = InForce::new(
            Arc::clone(&snapshot),
            Arc::clone(&by_hand),
            Arc::clone(&clock),
        );
        let running = Self {
            current: ArcSwap::from_pointee(in_force),
            kills: AtomicU64::new(0),
            embedded: snapshot,
            misfits,
            lacking: Lacking::default(),
            desk: Mutex::new(Desk {
                session: None,
                sessions: 0,
                environment: None,
                document: None,
                clock,
                by_hand,
                origin: Origin::Embedded,
                loaded_at: now,
                last_error: None,
                problems: Arc::new([]),
                reloads: 0,
                refusals: 0,
                outgoing: Vec::new(),
            }),
        };
        (running, report)
    }

    /// Keeps others from changing what is in force. Questions never wait for it.
    pub(super) fn lock(&self) -> MutexGuard<'_, Desk> {
        // Whoever panicked here left nothing half done: what is in force is replaced in one step.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The snapshot of the document in the binary in an environment, the values in it that don't fit, and what is wrong with it.
pub(super) fn read(
    embedded: &Embedded,
    program: &Program,
    environment: Option<&str>,
    now: Timestamp,
) -> (Snapshot, Vec<Problem>, Option<String>) {
    let loaded = load(embedded.name, embedded.text.as_bytes());
    let report = (loaded.total() > 0).then(|| {
        let (diagnostics, total) = (loaded.diagnostics(), loaded.total());
        render(&loaded.source, diagnostics, total, Style::Plain)
    });
    let right_part = loaded.outcome.as_ref().ok().and_then(|checked| checked.right_part());
    let loading = match right_part {
        Some(definition) => Snapshot::embedded(definition, program, environment, now),
        None => Snapshot::embedded(&flagstone_model::Definition::empty(), program, environment, now),
    };
    (loading.snapshot, loading.problems, report)
}

impl Desk {
    /// Opens a session, unless there is one.
    pub(super) fn open(&mut self) -> Option<Session> {
        if self.session.is_some() {
            return None;
        }
        self.sessions = self.sessions.wrapping_add(1);
        self.session = Some(Session(self.sessions));
        self.session
    }

    /// Puts a snapshot in force, for every question asked from now on.
    pub(super) fn publish(
        &mut self,
        running: &Running,
        states: &'static [AtomicU8],
        plain: Arc<Snapshot>,
    ) {
        let in_force = InForce::new(
            plain,
            Arc::clone(&self.by_hand),
            Arc::clone(&self.clock),
        );
        let kills = in_force.kills();
        let outgoing = running.current.swap(Arc::new(in_force));
        self.show(&running.current, states);
        // Last, so that a scope that sees the count also finds the kills.
        running.kills.store(kills, Ordering::Release);
        self.outgoing.push(outgoing);
        self.outgoing.retain(|old| Arc::strong_count(old) > 1);
    }

    /// Writes what is in force into the flags' bytes.
    pub(super) fn show(&self, current: &ArcSwap<InForce>, states: &'static [AtomicU8]) {
        let in_force = current.load_full();
        for (state, index) in states.iter().zip(0..) {
            state.store(in_force.verdict(index), Ordering::Relaxed);
        }
    }

    /// Notes an attempt that failed.
    pub(super) fn note_failure(&mut self, origin: Origin, report: &str) {
        self.refusals = self.refusals.wrapping_add(1);
        self.last_error = Some(Failure {
            origin,
            at: self.clock.now(),
            report: report.into(),
        });
    }
}
