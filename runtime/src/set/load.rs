//! Taking documents while the program runs.

use std::sync::{Arc, MutexGuard};

use flagstone_model::{Checked, Kills, Loaded, Style, Timestamp, limits, load, render};
use xxhash_rust::xxh3::xxh3_128;

use super::FlagSet;
use super::environment::{add_kills, with_kills};
use super::running::{Desk, Running, Taken, read};
use super::session::{Acquaintance, Place, Standing};
use crate::error::Error;
use crate::live::Expectation;
use crate::snapshot::{Problem, Refusal, Snapshot};
use crate::status::Origin;

/// How many bytes of older documents are held for flags that keep their forms from them: two of the greatest size. Beyond that the
/// oldest go, and these forms don't survive a restart.
pub(super) const KEPT_BYTES: usize = 2 * limits::DOCUMENT_BYTES;

/// A document that arrives.
pub(crate) struct Offer<'o> {
    pub(crate) origin: Origin,
    /// What reports call it.
    pub(crate) name: &'o str,
    pub(crate) bytes: &'o [u8],
    pub(crate) environment: Within<'o>,
}

/// The environment to take a document in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Within<'o> {
    /// The one that is wanted so far.
    Wanted,
    /// This one from now on; the base of each flag where it is `None`.
    Other(Option<&'o str>),
}

/// Why a document was refused whole.
enum Refused {
    Law(Refusal),
    Probe(String),
}

/// What became of a document.
struct Arrived {
    refused: Option<Refused>,
    problems: Arc<[Problem]>,
}

impl FlagSet {
    /// Takes a document, or says why not; the log and the status say it as well. What arrives from a session that has ended changes nothing.
    pub(crate) fn take(
        &'static self,
        place: Option<Place>,
        offer: &Offer<'_>,
    ) -> Result<(), Error> {
        let running = self.running();
        let hash = xxh3_128(offer.bytes);
        let known = running.lock().acquaintance(place, hash);
        if known == Acquaintance::Taken {
            return Ok(());
        }
        // Outside the lock, since it takes the most time.
        let loaded = load(offer.name, offer.bytes);
        let from = place.map(|place| (place, hash));
        self.take_loaded(running, running.lock(), from, known, offer, &loaded)
    }

    /// Takes a document that has been read. `from` is its source with the document's hash.
    pub(super) fn take_loaded(
        &'static self,
        running: &Running,
        mut desk: MutexGuard<'_, Desk>,
        from: Option<(Place, u128)>,
        known: Acquaintance,
        offer: &Offer<'_>,
        loaded: &Loaded<'_>,
    ) -> Result<(), Error> {
        let place = from.map(|(place, _)| place);
        let arrived = match desk.standing(place) {
            Standing::Over => return Ok(()),
            Standing::Standby => Arrived::only_checked(loaded),
            Standing::Counts => self.arrive(running, &mut desk, place, offer, loaded),
        };
        let report = report(loaded, &arrived.problems);
        let result = match arrived.refused {
            None => Ok(()),
            Some(refused) => Err(refusal_error(offer, refused, &report)),
        };
        let is_news = result.is_ok() || known == Acquaintance::New;
        let failure = desk.failure(offer, &result, &report);
        if is_news {
            desk.note(&offer.origin, failure.clone());
        }
        if let Some((place, hash)) = from {
            desk.note_source(place, hash, failure, result.is_ok(), kills(loaded));
        }
        let counts = desk.standing(place) == Standing::Counts;
        let to_save = desk.to_save();
        // A logger may ask flags, or take its time, and so may a disk.
        drop(desk);
        if is_news {
            log_result(offer, &result, &report, counts);
        }
        if let Some((disk, state)) = to_save {
            self.save(&disk, &state);
        }
        result
    }

    /// Puts what is right in a document in force.
    fn arrive(
        &'static self,
        running: &Running,
        desk: &mut Desk,
        place: Option<Place>,
        offer: &Offer<'_>,
        loaded: &Loaded<'_>,
    ) -> Arrived {
        let Ok(checked) = &loaded.outcome else {
            return Arrived::refused(Refused::Law(Refusal::Document));
        };
        let now = desk.clock.now();
        let wanted = desk.environment.clone();
        let environment = match offer.environment {
            Within::Wanted => wanted.as_deref(),
            Within::Other(environment) => environment,
        };
        let stays = desk.taken.environment.as_deref() == environment;
        let base = if stays {
            Arc::clone(&desk.taken.snapshot)
        } else {
            self.embedded_in(environment, now)
        };
        let document = desk.document(offer);
        let program = &self.embedded.program;
        let loading = base.next(checked, Some(Arc::clone(&document)), program, now);
        let kills = match offer.environment {
            Within::Wanted => desk.kills_above(place),
            Within::Other(_) => desk.kills_to_carry(checked.kills()),
        };
        let mut snapshot = loading.snapshot;
        snapshot.let_go(KEPT_BYTES);
        let snapshot = with_kills(Arc::new(snapshot), &kills, now);
        let refused = loading.refused.map(Refused::Law).or_else(|| {
            let report = Expectation::failures(&desk.probes(), &snapshot, now)?;
            Some(Refused::Probe(report))
        });
        if let Some(refused) = refused {
            // All that came are kills, which have no business in an environment that isn't in force.
            if stays {
                self.only_kill(running, desk, checked, &offer.origin);
            }
            return Arrived::refused(refused);
        }
        let problems: Arc<[Problem]> = loading.problems.into();
        let taken = Taken {
            snapshot,
            environment: environment.map(Arc::from),
            document: Some(document),
            origin: offer.origin.clone(),
            at: now,
            problems: Arc::clone(&problems),
            kills,
        };
        desk.reloads = desk.reloads.wrapping_add(1);
        desk.take(running, self.statics, taken);
        Arrived {
            refused: None,
            problems,
        }
    }

    /// Takes the kills of a document, and nothing else.
    fn only_kill(
        &'static self,
        running: &Running,
        desk: &mut Desk,
        checked: &Checked,
        origin: &Origin,
    ) {
        add_kills(&mut desk.taken.kills, checked.kills().clone());
        let base = &desk.taken.snapshot;
        let snapshot = base.with_kills(checked.kills(), desk.clock.now());
        if snapshot.digest() != base.digest() {
            desk.taken.snapshot = Arc::new(snapshot);
            desk.publish(running, self.statics, origin);
        }
    }

    pub(super) fn embedded_in(&self, environment: Option<&str>, now: Timestamp) -> Arc<Snapshot> {
        Arc::new(read(&self.embedded, environment, now).snapshot)
    }
}

impl Arrived {
    fn refused(refused: Refused) -> Self {
        Self {
            refused: Some(refused),
            problems: Arc::default(),
        }
    }

    /// What becomes of a document that doesn't count: nothing, but that a mistake in it is worth knowing.
    fn only_checked(loaded: &Loaded<'_>) -> Self {
        let checked = loaded.outcome.as_ref();
        if checked.is_ok_and(|checked| !checked.holds_back_document()) {
            Self {
                refused: None,
                problems: Arc::default(),
            }
        } else {
            Self::refused(Refused::Law(Refusal::Document))
        }
    }
}

/// What is wrong with a document, and which flags stay as they were; empty where nothing is.
fn report(loaded: &Loaded<'_>, problems: &[Problem]) -> String {
    let mut report = String::new();
    if loaded.total() > 0 {
        let (diagnostics, total) = (loaded.diagnostics(), loaded.total());
        report = render(&loaded.source, diagnostics, total, Style::Plain);
    }
    for problem in problems {
        report.push_str(&problem.to_string());
        report.push('\n');
    }
    report
}

fn kills(loaded: &Loaded<'_>) -> Option<Kills> {
    let checked = loaded.outcome.as_ref().ok()?;
    Some(checked.kills().clone())
}

fn refusal_error(offer: &Offer<'_>, refused: Refused, report: &str) -> Error {
    let document = offer.name.to_owned();
    match refused {
        Refused::Law(Refusal::Environment(unknown)) => Error::UnknownEnvironment {
            given: unknown.given.into(),
            known: unknown.known.into_iter().map(String::from).collect(),
            document,
        },
        Refused::Law(Refusal::Document) => Error::Refused {
            document,
            report: report.to_owned(),
        },
        Refused::Probe(report) => Error::Probe { document, report },
    }
}

fn log_result(offer: &Offer<'_>, result: &Result<(), Error>, report: &str, counts: bool) {
    match result {
        Err(error) => log::error!("{error}\nthe flags stay as they were"),
        Ok(()) if !counts => log::info!("{} stands by for a preferred source", offer.name),
        Ok(()) if report.is_empty() => log::info!("{} is in force", offer.name),
        Ok(()) => log::error!("{} is in force in part\n{report}", offer.name),
    }
}
