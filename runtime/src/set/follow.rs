//! What sessions and their sources do to a set, documents apart.

use core::fmt::Write;
use core::time::Duration;
use std::sync::Arc;

use flagstone_model::Kills;

use super::FlagSet;
use super::environment::with_kills;
use super::running::{Desk, Running, Taken};
use super::session::{Before, Beginning, Following, Place, Session};
use crate::error::Error;
use crate::live::{Expectation, moment_after};
use crate::status::{Failure, Origin};

impl FlagSet {
    /// Starts a session, in which the set follows something. From now on the clock tells the time of questions too.
    /// It comes with what was before, for [`give_up`](Self::give_up).
    pub(crate) fn begin(&'static self, beginning: Beginning) -> Result<(Session, Before), Error> {
        let running = self.running();
        if let Some(misfit) = running.misfits.first() {
            return Err(Error::EmbeddedValue {
                flag: misfit.key.to_string(),
                reason: misfit.reason.to_string(),
            });
        }
        let mut desk = running.lock();
        if desk.following.is_some() {
            return Err(Error::AlreadyLive { set: self.name() });
        }
        desk.sessions = desk.sessions.wrapping_add(1);
        let session = Session(desk.sessions);
        let before = Before {
            taken: desk.taken.clone(),
            clock: Arc::clone(&desk.clock),
        };
        desk.clock = Arc::clone(&beginning.clock);
        desk.is_ready = beginning.is_ready;
        desk.cache_error = None;
        desk.environment.clone_from(&beginning.environment);
        let began = desk.clock.now();
        desk.following = Some(Following::new(session, beginning, began));
        Ok((session, before))
    }

    /// Ends a session. What is in force stays, and whoever is still at work in it can't change it any more.
    pub(crate) fn end(&'static self, session: Session) {
        let mut desk = self.running().lock();
        if desk.follows(session) {
            desk.following = None;
        }
    }

    /// Ends a session that could not be started, and comes back to what was before: in one step, since another one may begin
    /// right after it.
    pub(crate) fn give_up(&'static self, session: Session, before: Before) {
        let running = self.running();
        let mut desk = running.lock();
        if desk.follows(session) {
            desk.following = None;
            desk.clock = before.clock;
            desk.take(running, self.statics, before.taken);
        }
    }

    /// Puts the document in the binary in force, in an environment that it declares and with the probes of the session.
    pub(crate) fn start_embedded(&'static self, environment: Option<&str>) -> Result<(), Error> {
        let running = self.running();
        self.embed(running, &mut running.lock(), environment, Kills::default())
    }

    /// The same with what documents killed before.
    pub(super) fn embed(
        &'static self,
        running: &Running,
        desk: &mut Desk,
        environment: Option<&str>,
        kills: Kills,
    ) -> Result<(), Error> {
        if let Some(given) = environment
            && !running.environments.iter().any(|known| **known == *given)
        {
            let known = running.environments.iter();
            return Err(Error::UnknownEnvironment {
                given: given.to_owned(),
                known: known.map(ToString::to_string).collect(),
                document: self.name().to_owned(),
            });
        }
        let now = desk.clock.now();
        let snapshot = self.embedded_in(environment, now);
        let snapshot = with_kills(snapshot, &kills, now);
        if let Some(report) = Expectation::failures(&desk.probes(), &snapshot, now) {
            return Err(Error::Probe {
                document: self.name().to_owned(),
                report,
            });
        }
        let taken = Taken {
            kills,
            ..Taken::embedded(snapshot, environment, now)
        };
        desk.take(running, self.statics, taken);
        Ok(())
    }

    /// Whether a source has delivered a document in this session, or the program has published one.
    pub(crate) fn is_fresh(&'static self, session: Session) -> bool {
        let desk = self.running().lock();
        let following = desk.following.as_ref();
        following.is_some_and(|following| {
            let mut sources = following.sources.iter();
            following.id == session
                && (sources.any(|source| source.has_delivered)
                    || desk.taken.origin == Origin::Published)
        })
    }

    /// Whether there are sources that may still deliver.
    pub(crate) fn can_be_fresh(&'static self, session: Session) -> bool {
        let desk = self.running().lock();
        let following = desk.following.as_ref();
        following.is_some_and(|following| {
            following.id == session && following.sources.iter().any(|source| !source.has_ended)
        })
    }

    /// Notes that there are answers as `start()` demands them.
    pub(crate) fn is_ready_now(&'static self, session: Session) {
        let mut desk = self.running().lock();
        if desk.follows(session) {
            desk.is_ready = true;
        }
    }

    /// What each source has to say for itself, in a line or more each.
    pub(crate) fn report_of_sources(&'static self, session: Session) -> String {
        let desk = self.running().lock();
        let following = desk.following.as_ref().filter(|now| now.id == session);
        let sources = following.map_or(&[][..], |following| &following.sources);
        let mut report = String::new();
        for source in sources {
            let said = source.last_error().map(|failure| failure.report.trim_end());
            let said = said.unwrap_or("has not answered yet");
            let _ = writeln!(report, "{}: {said}", source.name);
        }
        if sources.is_empty() {
            report.push_str("there is no source; give one, such as `.file(\"flags.yaml\")`\n");
        }
        report
    }

    /// Notes that a source was asked and has nothing new.
    pub(crate) fn unchanged(&'static self, place: Place) {
        self.running().lock().confirmed(place);
    }

    /// Notes that a source could not be read.
    pub(crate) fn failed(&'static self, place: Place, report: &str) {
        let mut desk = self.running().lock();
        let at = desk.clock.now();
        let Some(source) = desk.source(place) else {
            return;
        };
        let failure = Failure {
            origin: source.origin.clone(),
            at,
            report: report.into(),
        };
        let name = Arc::clone(&source.name);
        if !source.failed(failure.clone()) {
            return;
        }
        desk.note_failure(failure);
        drop(desk);
        // What is wrong with a file begins with the file already.
        let name = if report.starts_with(&*name) {
            String::new()
        } else {
            format!("{name}: ")
        };
        log::error!("{name}{report}; the flags stay as they were");
    }

    /// Notes that a source ended though it wasn't told to.
    pub(crate) fn source_ended(&'static self, place: Place, report: &str) {
        self.failed(place, report);
        if let Some(source) = self.running().lock().source(place) {
            source.has_ended = true;
        }
    }

    /// Asks all sources to look, and waits until they have.
    pub(super) fn ask_sources(&'static self, patience: Duration) -> Result<(), Error> {
        let end = moment_after(patience);
        let desk = self.running().lock();
        let sources = desk.following.iter().flat_map(|now| &now.sources);
        let asked: Vec<_> = sources
            .filter(|source| !source.has_ended)
            .map(|source| {
                let bell = Arc::clone(&source.bell);
                (Arc::clone(&source.name), bell.ask(), bell)
            })
            .collect();
        drop(desk);
        let silent = asked
            .iter()
            .filter(|(_, asking, bell)| !bell.wait_for_answer(*asking, end));
        let sources: Vec<String> = silent.map(|(name, ..)| name.to_string()).collect();
        if sources.is_empty() {
            Ok(())
        } else {
            Err(Error::NoAnswer { sources })
        }
    }
}

impl Desk {
    pub(super) fn follows(&self, session: Session) -> bool {
        let following = self.following.as_ref();
        following.is_some_and(|following| following.id == session)
    }

    /// The probes of the session.
    pub(super) fn probes(&self) -> Arc<[Expectation]> {
        let following = self.following.as_ref();
        following.map_or_else(|| Arc::from([]), |following| Arc::clone(&following.probes))
    }

    /// A source was asked, and what it says is known.
    pub(super) fn confirmed(&mut self, place: Place) {
        let now = self.clock.now();
        let Some(source) = self.source(place) else {
            return;
        };
        source.confirmed(now);
        let (origin, error) = (source.origin.clone(), source.last_error().cloned());
        let last = self.last_error.as_ref();
        if last.is_some_and(|failure| failure.origin == origin) {
            self.last_error = error;
        }
    }
}
