//! Answering with another environment's overlays, and the kills that no change of document or environment may lose.

use std::sync::Arc;

use flagstone_model::{Kills, Timestamp, load};

use super::FlagSet;
use super::load::{Offer, Within};
use super::running::Desk;
use super::session::{Acquaintance, Place};
use crate::error::Error;
use crate::snapshot::Snapshot;

impl FlagSet {
    /// Takes the document in force again, in another environment. The lock is held all the while, so that a document which
    /// arrives meanwhile isn't undone.
    pub(super) fn change_environment(&'static self, name: Option<&str>) -> Result<(), Error> {
        let running = self.running();
        let mut desk = running.lock();
        let Some(document) = desk.taken.document.clone() else {
            let kills = desk.kills_to_carry(&Kills::default());
            return self.embed(running, &mut desk, name, kills);
        };
        let offer = Offer {
            origin: desk.taken.origin.clone(),
            name: &document.name,
            bytes: &document.bytes,
            environment: Within::Other(name),
        };
        let loaded = load(offer.name, offer.bytes);
        self.take_loaded(running, desk, None, Acquaintance::New, &offer, &loaded)
    }
}

impl Desk {
    /// What more preferred sources kill by documents that were refused.
    pub(super) fn kills_above(&self, place: Option<Place>) -> Kills {
        let mut kills = Kills::default();
        if let (Some(place), Some(following)) = (place, &self.following) {
            let above = following.sources.iter().take(place.rank);
            for known in above.filter_map(|source| source.kills.as_ref()) {
                add_kills(&mut kills, known.clone());
            }
        }
        kills
    }

    /// What holds in every environment until a document is taken: the kills of documents that were refused, and those of
    /// older documents in flags that were refused since. `current` is what the document in force kills, which says itself where.
    pub(super) fn kills_to_carry(&self, current: &Kills) -> Kills {
        let mut kills = self.taken.kills.clone();
        for key in self.taken.snapshot.killed_and_kept() {
            if !current.flags.contains_key(key) {
                kills.flags.entry(key.into()).or_default().base = true;
            }
        }
        kills
    }
}

/// Adds kills to others.
pub(super) fn add_kills(known: &mut Kills, more: Kills) {
    known.environments.extend(more.environments);
    for (key, kills) in more.flags {
        let known = known.flags.entry(key).or_default();
        known.base |= kills.base;
        known.environments.extend(kills.environments);
    }
}

/// A snapshot with some kills; itself where there are none.
pub(super) fn with_kills(snapshot: Arc<Snapshot>, kills: &Kills, now: Timestamp) -> Arc<Snapshot> {
    if *kills == Kills::default() {
        snapshot
    } else {
        Arc::new(snapshot.with_kills(kills, now))
    }
}
