//! Taking documents while the program runs.

use std::sync::Arc;

use flagstone_model::{Checked, Loaded, Style, Timestamp, load, render};

use super::FlagSet;
use super::running::{Desk, Document, Running, Session, Taken, read};
use crate::clock::Clock;
use crate::error::Error;
use crate::snapshot::{Problem, Refusal, Snapshot};
use crate::status::{Origin, Status};

/// A document that arrives.
pub(crate) struct Offer<'o> {
    pub(crate) origin: Origin,
    /// What reports call it.
    pub(crate) name: &'o str,
    pub(crate) bytes: &'o [u8],
    /// The environment to take it in.
    pub(crate) environment: Option<&'o str>,
}

impl FlagSet {
    /// Starts a session, in which the set follows something. From now on the clock tells the time of questions too.
    pub(crate) fn begin(&'static self, clock: Arc<dyn Clock>) -> Result<Session, Error> {
        let running = self.running();
        if let Some(misfit) = running.misfits.first() {
            return Err(Error::EmbeddedValue {
                flag: misfit.key.to_string(),
                reason: misfit.reason.to_string(),
            });
        }
        let mut desk = running.lock();
        let session = desk.open();
        let session = session.ok_or(Error::AlreadyLive { set: self.name() })?;
        desk.clock = clock;
        Ok(session)
    }

    /// Ends a session. What is in force stays, and whoever is still at work in it can't change it any more.
    pub(crate) fn end(&'static self, session: Session) {
        let mut desk = self.running().lock();
        if desk.session == Some(session) {
            desk.session = None;
        }
    }

    /// The environment in force.
    pub(crate) fn environment(&'static self) -> Option<Arc<str>> {
        self.running().lock().taken.environment.clone()
    }

    /// Puts the document in the binary in force, in an environment that it declares.
    pub(crate) fn start_embedded(&'static self, environment: Option<&str>) -> Result<(), Error> {
        let running = self.running();
        let mut desk = running.lock();
        if let Some(given) = environment
            && !running.environments.iter().any(|known| **known == *given)
        {
            return Err(Error::UnknownEnvironment {
                given: given.to_owned(),
                known: running
                    .environments
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                document: self.name().to_owned(),
            });
        }
        let now = desk.clock.now();
        let snapshot = self.embedded_in(environment, now);
        let taken = Taken::embedded(snapshot, environment, now);
        desk.take(running, self.states, taken);
        Ok(())
    }

    /// What is in force, to come back to it.
    pub(crate) fn taken(&'static self) -> Taken {
        self.running().lock().taken.clone()
    }

    /// Comes back to what was in force.
    pub(crate) fn take_back(&'static self, taken: Taken) {
        let running = self.running();
        running.lock().take(running, self.states, taken);
    }

    /// Notes that a session's source could not be read.
    pub(crate) fn failed(&'static self, session: Session, origin: Origin, report: &str) {
        let mut desk = self.running().lock();
        if desk.session != Some(session) {
            return;
        }
        desk.note_failure(origin, report);
        drop(desk);
        log::error!("{report}; the flags stay as they were");
    }

    /// Takes a document, or says why not; the log and the status say it as well. What arrives from a session that has ended changes nothing.
    pub(crate) fn take(
        &'static self,
        session: Option<Session>,
        offer: &Offer<'_>,
    ) -> Result<(), Error> {
        let running = self.running();
        // Before the lock, since it takes the most time.
        let loaded = load(offer.name, offer.bytes);
        let mut desk = running.lock();
        if session.is_some() && desk.session != session {
            return Ok(());
        }
        let (refused, problems) = match &loaded.outcome {
            Ok(checked) => self.arrive(running, &mut desk, offer, checked),
            Err(_) => (Some(Refusal::Document), Arc::default()),
        };
        let report = report(&loaded, &problems);
        let result = match refused {
            None => Ok(()),
            Some(refusal) => Err(refusal_error(offer, refusal, &report)),
        };
        desk.note(offer.origin.clone(), &result, &report);
        // A logger may ask flags, or take its time.
        drop(desk);
        match &result {
            Err(error) => log::error!("{error}\nthe flags stay as they were"),
            Ok(()) if report.is_empty() => log::info!("{} is in force", offer.name),
            Ok(()) => log::error!("{} is in force in part\n{report}", offer.name),
        }
        result
    }

    /// Puts what is right in a document in force.
    fn arrive(
        &'static self,
        running: &Running,
        desk: &mut Desk,
        offer: &Offer<'_>,
        checked: &Checked,
    ) -> (Option<Refusal>, Arc<[Problem]>) {
        let now = desk.clock.now();
        let stays = desk.taken.environment.as_deref() == offer.environment;
        let base = if stays {
            Arc::clone(&desk.taken.snapshot)
        } else {
            self.embedded_in(offer.environment, now)
        };
        let loading = base.next(checked, &self.embedded.program, now);
        let snapshot = Arc::new(loading.snapshot);
        let problems: Arc<[Problem]> = loading.problems.into();
        if loading.refused.is_some() {
            // All that came are kills, which have no business in an environment that isn't in force.
            if stays && snapshot.digest() != base.digest() {
                desk.taken.snapshot = snapshot;
                desk.publish(running, self.states);
            }
            return (loading.refused, problems);
        }
        let taken = Taken {
            snapshot,
            environment: offer.environment.map(Arc::from),
            document: Some(Document {
                name: offer.name.into(),
                bytes: offer.bytes.into(),
            }),
            origin: offer.origin.clone(),
            at: now,
            problems: Arc::clone(&problems),
        };
        desk.reloads = desk.reloads.wrapping_add(1);
        desk.take(running, self.states, taken);
        (None, problems)
    }

    fn embedded_in(&self, environment: Option<&str>, now: Timestamp) -> Arc<Snapshot> {
        Arc::new(read(&self.embedded, environment, now).snapshot)
    }

    pub(super) fn read_status(&'static self) -> Status {
        let running = self.running();
        let lacking_context = running.lacking.total();
        let desk = running.lock();
        Status {
            origin: desk.taken.origin.clone(),
            digest: running.current.load().digest(),
            environment: desk.taken.environment.as_deref().map(str::to_owned),
            loaded_at: desk.taken.at,
            last_error: desk.last_error.clone(),
            problems: Arc::clone(&desk.taken.problems),
            reloads: desk.reloads,
            refusals: desk.refusals,
            is_live: desk.session.is_some(),
            lacking_context,
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

fn refusal_error(offer: &Offer<'_>, refusal: Refusal, report: &str) -> Error {
    match refusal {
        Refusal::Environment(unknown) => Error::UnknownEnvironment {
            given: unknown.given.into(),
            known: unknown.known.into_iter().map(String::from).collect(),
            document: offer.name.to_owned(),
        },
        Refusal::Document => Error::Refused {
            document: offer.name.to_owned(),
            report: report.to_owned(),
        },
    }
}
