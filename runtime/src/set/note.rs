//! What is noted of a document: at its source, in the status, and for those who subscribe.

use std::sync::Arc;

use flagstone_model::Kills;

use super::load::Offer;
use super::running::Desk;
use super::session::{Acquaintance, Place};
use crate::error::Error;
use crate::snapshot::Document;
use crate::status::{Failure, Origin};

impl Desk {
    /// What is known of a document. That it is known and was taken is noted.
    pub(super) fn acquaintance(&mut self, place: Option<Place>, hash: u128) -> Acquaintance {
        let Some(place) = place else {
            return Acquaintance::New;
        };
        let known = self.source(place).map(|source| source.knows(hash));
        if known == Some(Acquaintance::Taken) {
            self.confirmed(place);
        }
        known.unwrap_or(Acquaintance::New)
    }

    pub(super) fn document(&mut self, offer: &Offer<'_>) -> Arc<Document> {
        self.serial = self.serial.wrapping_add(1);
        Arc::new(Document {
            name: offer.name.into(),
            bytes: offer.bytes.into(),
            serial: self.serial,
        })
    }

    /// What is wrong with a document, if anything is.
    pub(super) fn failure(
        &self,
        offer: &Offer<'_>,
        result: &Result<(), Error>,
        report: &str,
    ) -> Option<Failure> {
        let report = match result {
            Err(error) => error.to_string(),
            Ok(()) if report.is_empty() => return None,
            // Part of it was refused.
            Ok(()) => report.to_owned(),
        };
        Some(Failure {
            origin: offer.origin.clone(),
            at: self.clock.now(),
            report: report.into(),
        })
    }

    /// Notes what became of a document.
    pub(super) fn note(&mut self, origin: &Origin, failure: Option<Failure>) {
        let of_other = self.last_error.as_ref();
        let is_standby =
            of_other.is_some_and(|last| last.origin != *origin) && self.taken.origin != *origin;
        match failure {
            Some(failure) => self.note_failure(failure),
            // That a document which doesn't count is right says nothing about the one that does.
            None if is_standby => {}
            None => self.last_error = None,
        }
    }

    /// Notes at its source what became of a document.
    pub(super) fn note_source(
        &mut self,
        place: Place,
        hash: u128,
        failure: Option<Failure>,
        was_taken: bool,
        kills: Option<Kills>,
    ) {
        let now = self.clock.now();
        let Some(source) = self.source(place) else {
            return;
        };
        match failure {
            Some(failure) if !was_taken => source.refused(hash, failure, kills, now),
            failure => source.delivered(hash, failure, now),
        }
    }
}
