//! What is followed between a `start()` and the end of its handle.

use std::sync::Arc;

use flagstone_model::{Kills, Timestamp};

use super::disk::Disk;
use super::environment::add_kills;
use super::running::{Desk, Taken};
use crate::clock::Clock;
use crate::live::{Bell, Expectation};
use crate::status::{Failure, Origin, SourceState, SourceStatus};

/// One time between a `start()` and the end of its handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session(pub(super) u64);

impl Session {
    /// The place of a source in it, by its rank: 0 is the most preferred.
    pub(crate) fn place(self, rank: usize) -> Place {
        Place {
            session: self,
            rank,
        }
    }
}

/// The place of a source in a session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(super) session: Session,
    pub(super) rank: usize,
}

/// What a session begins with.
pub(crate) struct Beginning {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sources: Vec<Newcomer>,
    pub(crate) probes: Arc<[Expectation]>,
    pub(crate) disk: Option<Arc<Disk>>,
    /// Rung whenever something is heard from a source.
    pub(crate) heard: Arc<Bell>,
    pub(crate) environment: Option<Arc<str>>,
    pub(crate) is_ready: bool,
}

/// What there was before a session, to come back to.
pub(crate) struct Before {
    pub(super) taken: Taken,
    pub(super) clock: Arc<dyn Clock>,
}

/// A source that is to be followed.
#[derive(Clone)]
pub(crate) struct Newcomer {
    pub(crate) name: Arc<str>,
    pub(crate) origin: Origin,
    pub(crate) bell: Arc<Bell>,
}

/// A session while it lasts.
pub(super) struct Following {
    pub(super) id: Session,
    pub(super) sources: Vec<Followed>,
    pub(super) probes: Arc<[Expectation]>,
    pub(super) disk: Option<Arc<Disk>>,
    heard: Arc<Bell>,
    pub(super) began: Timestamp,
}

/// A source while it is followed.
pub(super) struct Followed {
    pub(super) name: Arc<str>,
    pub(super) origin: Origin,
    pub(super) bell: Arc<Bell>,
    last_success: Option<Timestamp>,
    pub(super) stale_since: Option<Timestamp>,
    /// Why the newest attempt to get a document failed.
    trouble: Option<Failure>,
    /// What is wrong with the newest document.
    refusal: Option<Failure>,
    retries: u64,
    /// It delivered a document that could be taken.
    pub(super) has_delivered: bool,
    newest: Option<Newest>,
    /// What a document killed that was refused after the last one that wasn't.
    pub(super) kills: Option<Kills>,
    pub(super) has_ended: bool,
}

/// What is known of a source's newest document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Newest {
    hash: u128,
    was_taken: bool,
}

/// What a document is to those who know its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Acquaintance {
    New,
    /// It was taken already.
    Taken,
    /// It was refused already.
    Refused,
}

/// How much a document counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Its session is over.
    Over,
    /// A preferred source has delivered one.
    Standby,
    Counts,
}

impl Following {
    pub(super) fn new(id: Session, beginning: Beginning, began: Timestamp) -> Self {
        Self {
            id,
            sources: beginning.sources.into_iter().map(Followed::new).collect(),
            probes: beginning.probes,
            disk: beginning.disk,
            heard: beginning.heard,
            began,
        }
    }

    /// Since when nothing confirms what is in force.
    pub(super) fn stale_since(&self, origin: &Origin, loaded_at: Timestamp) -> Option<Timestamp> {
        let delivered = self.sources.iter().find(|source| source.has_delivered);
        match (delivered, origin) {
            _ if self.sources.is_empty() => None,
            (_, Origin::Published) => None,
            (Some(source), _) => source.stale_since,
            (None, Origin::Cache(_)) => Some(loaded_at),
            (None, _) => Some(self.began),
        }
    }

    pub(super) fn status_of_sources(&self) -> Vec<SourceStatus> {
        let delivered = self.sources.iter().position(|source| source.has_delivered);
        let ranked = self.sources.iter().zip(0..);
        ranked
            .map(|(source, rank)| SourceStatus {
                name: source.name.to_string(),
                state: match delivered {
                    _ if source.has_ended => SourceState::Ended,
                    Some(best) if best == rank => SourceState::Preferred,
                    Some(best) if best < rank => SourceState::Standby,
                    _ => SourceState::Waiting,
                },
                last_success: source.last_success,
                stale_since: source.stale_since,
                last_error: source.last_error().cloned(),
                retries: source.retries,
            })
            .collect()
    }
}

impl Followed {
    fn new(newcomer: Newcomer) -> Self {
        Self {
            name: newcomer.name,
            origin: newcomer.origin,
            bell: newcomer.bell,
            last_success: None,
            stale_since: None,
            trouble: None,
            refusal: None,
            retries: 0,
            has_delivered: false,
            newest: None,
            kills: None,
            has_ended: false,
        }
    }

    pub(super) fn last_error(&self) -> Option<&Failure> {
        self.trouble.as_ref().or(self.refusal.as_ref())
    }

    /// What is known of a document.
    pub(super) fn knows(&self, hash: u128) -> Acquaintance {
        match self.newest {
            Some(newest) if newest.hash == hash && newest.was_taken => Acquaintance::Taken,
            Some(newest) if newest.hash == hash => Acquaintance::Refused,
            _ => Acquaintance::New,
        }
    }

    /// It was asked, and what it says is known.
    pub(super) fn confirmed(&mut self, now: Timestamp) {
        self.last_success = Some(now);
        self.trouble = None;
        let is_taken = self.newest.is_none_or(|newest| newest.was_taken);
        if is_taken {
            self.stale_since = None;
        }
    }

    /// It delivered a document that was taken, apart from what the failure says.
    pub(super) fn delivered(&mut self, hash: u128, failure: Option<Failure>, now: Timestamp) {
        self.newest = Some(Newest {
            hash,
            was_taken: true,
        });
        self.refusal = failure;
        self.has_delivered = true;
        self.kills = None;
        self.confirmed(now);
    }

    /// It delivered a document that was refused whole.
    pub(super) fn refused(
        &mut self,
        hash: u128,
        failure: Failure,
        kills: Option<Kills>,
        now: Timestamp,
    ) {
        self.newest = Some(Newest {
            hash,
            was_taken: false,
        });
        self.refusal = Some(failure);
        // Nothing takes back a kill but a document that is taken.
        if let Some(kills) = kills {
            add_kills(self.kills.get_or_insert_default(), kills);
        }
        self.last_success = Some(now);
        self.trouble = None;
        self.stale_since.get_or_insert(now);
    }

    /// An attempt failed. Says whether that is news.
    pub(super) fn failed(&mut self, failure: Failure) -> bool {
        self.retries = self.retries.wrapping_add(1);
        self.stale_since.get_or_insert(failure.at);
        let known = self.trouble.as_ref();
        let is_news = known.is_none_or(|known| known.report != failure.report);
        if is_news {
            self.trouble = Some(failure);
        }
        is_news
    }
}

impl Desk {
    /// The source of a place, while its session lasts.
    pub(super) fn source(&mut self, place: Place) -> Option<&mut Followed> {
        let following = self.following.as_mut()?;
        if following.id != place.session {
            return None;
        }
        // Whoever looks for it has heard something.
        following.heard.changed();
        following.sources.get_mut(place.rank)
    }

    /// How much a document counts that comes from a place, or by hand.
    pub(super) fn standing(&self, place: Option<Place>) -> Standing {
        let Some(place) = place else {
            return Standing::Counts;
        };
        let following = self.following.as_ref();
        let Some(following) = following.filter(|following| following.id == place.session) else {
            return Standing::Over;
        };
        let mut preferred = following.sources.iter().take(place.rank);
        if preferred.any(|source| source.has_delivered) {
            Standing::Standby
        } else {
            Standing::Counts
        }
    }
}
