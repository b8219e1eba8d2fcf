//! What a source of a running flag set delivers to.

use core::fmt;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::Arc;

use flagstone_model::Timestamp;

use super::bell::{Bell, Rung};
use super::source::{Feed, Intake, Source, Wake};
use crate::clock::Clock;
use crate::error::Error;
use crate::set::{FlagSet, Offer, Place, Within};
use crate::status::Origin;

/// The place of one source in a session of a flag set.
#[derive(Clone)]
pub(super) struct Post {
    pub(super) set: &'static FlagSet,
    pub(super) place: Place,
    pub(super) origin: Origin,
    /// What reports call the source.
    pub(super) name: Arc<str>,
    pub(super) bell: Arc<Bell>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Post {
    /// Runs a source until it ends.
    pub(super) fn run(self, mut source: Box<dyn Source>) {
        let feed = Feed::to(self.clone());
        let followed = catch_unwind(AssertUnwindSafe(|| source.follow(&feed)));
        let report = match followed {
            Ok(()) => "the source ended by itself, and isn't asked any more",
            Err(_) => "the source panicked, and isn't asked any more; see the panic's message",
        };
        self.ended(report);
        // What a source drops may panic as well.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(source)));
        self.bell.stopped();
    }

    /// Notes that the source ended, unless it was told to.
    pub(super) fn ended(&self, report: &str) {
        if !self.bell.is_stopping() {
            self.set.source_ended(self.place, report);
        }
    }
}

impl Intake for Post {
    fn offer(&self, document: &[u8]) -> Result<(), Error> {
        let offer = Offer {
            origin: self.origin.clone(),
            name: &self.name,
            bytes: document,
            environment: Within::Wanted,
        };
        let result = self.set.take(Some(self.place), &offer);
        self.bell.answer();
        result
    }

    fn unchanged(&self) {
        self.set.unchanged(self.place);
        self.bell.answer();
    }

    fn failed(&self, report: &str) {
        self.set.failed(self.place, report);
        self.bell.answer();
    }

    fn wait(&self, at_most: Duration) -> Wake {
        // Who waits again after it was asked to look has looked.
        self.bell.answer();
        let end = self.clock.elapsed().saturating_add(at_most);
        loop {
            match self.bell.wait_until(&*self.clock, end) {
                Rung::Stop => return Wake::Stop,
                Rung::Asked => return Wake::Reload,
                Rung::Silence => return Wake::Elapsed,
                Rung::Changed => {}
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.bell.is_stopping()
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed")
            .field("source", &self.name)
            .finish_non_exhaustive()
    }
}
