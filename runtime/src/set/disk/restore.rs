//! Writing what is in force to the disk cache, and coming back to it.

use std::sync::Arc;

use flagstone_model::{Kills, load};

use super::super::FlagSet;
use super::super::load::KEPT_BYTES;
use super::super::running::{Desk, Running, Taken};
use super::super::session::Session;
use super::{Disk, State, Stored};
use crate::live::Expectation;
use crate::snapshot::{Loading, Snapshot};
use crate::status::{Failure, Origin};

impl FlagSet {
    /// Puts the state in force that the session's disk cache has. Says whether there is one that can be taken.
    pub(crate) fn restore(&'static self, session: Session) -> bool {
        let running = self.running();
        let (cache, environment) = {
            let desk = running.lock();
            let following = desk.following.as_ref().filter(|now| now.id == session);
            let cache = following.and_then(|following| following.disk.clone());
            (cache, desk.environment.clone())
        };
        let Some(cache) = cache else {
            return false;
        };
        let restored = cache.read(environment.as_deref()).and_then(|stored| {
            let Some(stored) = stored else {
                return Ok(false);
            };
            let desk = &mut running.lock();
            self.take_stored(running, desk, &stored).map(|()| true)
        });
        restored.unwrap_or_else(|report| {
            log::error!("disk cache: {report}");
            running.lock().note_cache_failure(&report);
            false
        })
    }

    fn take_stored(
        &'static self,
        running: &Running,
        desk: &mut Desk,
        stored: &Stored,
    ) -> Result<(), String> {
        let now = desk.clock.now();
        let environment = stored.environment.as_deref();
        let program = &self.embedded.program;
        let loaded = stored.document.as_ref().map(|document| {
            let loaded = load(&document.name, &document.bytes);
            (loaded, Arc::clone(document))
        });
        let current = match &loaded {
            None => None,
            Some((loaded, document)) => match &loaded.outcome {
                Ok(checked) => Some((checked, Arc::clone(document))),
                Err(_) => return Err("this program refuses the document in it".to_owned()),
            },
        };
        let base = self.embedded_in(environment, now);
        let base = base.with_kept(&stored.kept, program, now);
        let Loading {
            snapshot, problems, ..
        } = base
            .restored(current, &stored.kills, program, now)
            .ok_or("this program refuses the document in it")?;
        if let Some(report) = Expectation::failures(&desk.probes(), &snapshot, now) {
            return Err(report);
        }
        // Documents that arrive are newer than all of these.
        let kept = stored.kept.iter().map(|kept| &kept.document);
        let documents = kept.chain(&stored.document);
        desk.serial = documents.map(|document| document.serial).max().unwrap_or(0);
        let taken = Taken {
            snapshot: Arc::new(snapshot),
            environment: environment.map(Arc::from),
            document: stored.document.clone(),
            origin: Origin::Cache(Arc::clone(&stored.source)),
            at: stored.loaded_at,
            problems: problems.into(),
            kills: stored.kills.clone(),
        };
        desk.take(running, self.statics, taken);
        Ok(())
    }

    /// Writes a state to its disk cache.
    pub(in crate::set) fn save(&'static self, cache: &Disk, state: &State) {
        let Some(result) = cache.save(state) else {
            return;
        };
        let mut desk = self.running().lock();
        let path = cache.path(state.taken.environment.as_deref());
        let trouble = match result {
            Err(error) => Some(format!("can't be written: {error}")),
            Ok(()) => let_go(&state.taken.snapshot).map(|flags| format!("is incomplete: {flags}")),
        };
        let Some(trouble) = trouble else {
            desk.cache_error = None;
            return;
        };
        let report = format!("{} {trouble}", path.display());
        let is_news = desk.note_cache_failure(&report);
        drop(desk);
        if is_news {
            log::error!("disk cache: {report}; the flags are in force all the same");
        }
    }
}

/// Which flags the cache can't bring back, if there are any.
fn let_go(snapshot: &Snapshot) -> Option<String> {
    let flags = snapshot.without_document();
    let first = flags.first()?;
    let others = match flags.len() {
        1 => String::new(),
        count => format!(" and {} other flags", count.saturating_sub(1)),
    };
    Some(format!(
        "`{first}`{others} keep their forms from documents so old that they were let go, since those that are held have \
         {KEPT_BYTES} bytes at the most; after a restart they answer as the program was built until a document is right about them"
    ))
}

impl Desk {
    /// What is in force, if the session has a disk cache and it is worth keeping.
    pub(in crate::set) fn to_save(&self) -> Option<(Arc<Disk>, State)> {
        let cache = self.following.as_ref()?.disk.as_ref()?;
        let is_of_documents = self.taken.document.is_some()
            || self.taken.snapshot.kills_of_documents() != Kills::default();
        let state = State {
            taken: self.taken.clone(),
            serial: self.serial,
        };
        is_of_documents.then(|| (Arc::clone(cache), state))
    }

    /// Notes that the disk cache can't be used; says whether that is news.
    fn note_cache_failure(&mut self, report: &str) -> bool {
        let known = self.cache_error.as_ref();
        let is_news = known.is_none_or(|known| *known.report != *report);
        self.cache_error = Some(Failure {
            origin: self.taken.origin.clone(),
            at: self.clock.now(),
            report: report.into(),
        });
        is_news
    }
}
