//! Telling the program what changes.

use core::time::Duration;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use super::InForce;
use crate::live::moment_after;
use crate::snapshot::Digest;
use crate::status::{Failure, Origin};

/// How many events wait for a subscriber before older ones are put together.
const WAITING: usize = 64;

/// What a subscriber hears of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// Something else is in force.
    Changed(Change),
    /// Something was refused, in whole or in part; the report has every mistake with its place.
    Refused(Failure),
}

/// A step from one state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The digest of what was in force.
    pub from: Digest,
    /// The digest of what is in force since.
    pub to: Digest,
    /// The keys of the flags that say something else, are killed, new or gone; in byte order. A flag that only asks a changed
    /// one isn't among them.
    pub flags: Vec<Arc<str>>,
    /// Who changed it; where changes were put together, the last one.
    pub origin: Origin,
}

/// The changes of a flag set since `flags::subscribe()`, until it is dropped.
///
/// A subscriber that is slow blocks nobody, and what waits for it doesn't grow: from the 64th event on, changes
/// are put together into one that leads from the first to the last, and the oldest refusals go.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
/// use flagstone::Event;
///
/// fn main() -> Result<(), flagstone::Error> {
///     let changes = flags::subscribe();
///     flags::control().publish("flags.yaml", flags::DOCUMENT.replace("50%", "60%"))?;
///     let Some(Event::Changed(change)) = changes.try_next() else {
///         panic!("a change was published")
///     };
///     assert_eq!(change.to, flags::status().digest);
///     assert_eq!(change.flags.iter().map(|key| &**key).collect::<Vec<_>>(), ["half"]);
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[must_use = "nothing is heard once it is dropped"]
pub struct Changes(Arc<Mailbox>);

impl Changes {
    /// The next event, if there is one already.
    pub fn try_next(&self) -> Option<Event> {
        self.0.events().pop_front()
    }

    /// The next event, if there is one within this time.
    pub fn next_within(&self, patience: Duration) -> Option<Event> {
        let end = moment_after(patience);
        let mut events = self.0.events();
        loop {
            if let Some(event) = events.pop_front() {
                return Some(event);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let waited = self.0.arrived.wait_timeout(events, left);
            events = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

#[derive(Debug, Default)]
struct Mailbox {
    events: Mutex<VecDeque<Event>>,
    arrived: Condvar,
}

impl Mailbox {
    fn put(&self, event: Event) {
        let mut events = self.events();
        if events.len() >= WAITING {
            make_room(&mut events);
        }
        events.push_back(event);
        drop(events);
        self.arrived.notify_one();
    }

    fn events(&self) -> MutexGuard<'_, VecDeque<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the changes together, and keeps the newer half of the refusals.
fn make_room(events: &mut VecDeque<Event>) {
    let mut together: Option<Change> = None;
    let mut flags = BTreeSet::new();
    let mut refusals = VecDeque::new();
    for event in events.drain(..) {
        match event {
            Event::Refused(failure) => refusals.push_back(failure),
            Event::Changed(change) => {
                flags.extend(change.flags.iter().cloned());
                let from = together.as_ref().map_or(change.from, |first| first.from);
                together = Some(Change { from, ..change });
            }
        }
    }
    let old = refusals.len().saturating_sub(WAITING / 2);
    events.extend(refusals.drain(..).skip(old).map(Event::Refused));
    events.extend(together.map(|change| {
        Event::Changed(Change {
            flags: flags.into_iter().collect(),
            ..change
        })
    }));
}

/// The mailboxes of those who still listen.
#[derive(Debug, Default)]
pub(super) struct Mailboxes(Vec<Weak<Mailbox>>);

impl Mailboxes {
    pub(super) fn open(&mut self) -> Changes {
        let mailbox = Arc::<Mailbox>::default();
        self.0.push(Arc::downgrade(&mailbox));
        Changes(mailbox)
    }

    /// Tells that something else is in force, if it is something else.
    pub(super) fn changed(&mut self, from: &InForce, to: &InForce, origin: &Origin) {
        if from.digest() == to.digest() {
            return;
        }
        // Comparing all flags is only worth it where somebody listens.
        let mut change = None;
        self.tell(|| {
            let change = change.get_or_insert_with(|| Change {
                from: from.digest(),
                to: to.digest(),
                flags: from.as_snapshot().difference(to.as_snapshot()),
                origin: origin.clone(),
            });
            Event::Changed(change.clone())
        });
    }

    pub(super) fn refused(&mut self, failure: &Failure) {
        self.tell(|| Event::Refused(failure.clone()));
    }

    fn tell(&mut self, mut event: impl FnMut() -> Event) {
        self.0.retain(|mailbox| {
            let mailbox = mailbox.upgrade();
            if let Some(mailbox) = &mailbox {
                mailbox.put(event());
            }
            mailbox.is_some()
        });
    }
}
