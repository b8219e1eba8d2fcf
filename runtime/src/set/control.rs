//! Steering a flag set by hand.

use core::time::Duration;

use super::FlagSet;
use super::hand::Change;
use super::load::{Offer, Within};
use crate::error::Error;
use crate::flag::{Flag, Schema};
use crate::status::Origin;

/// Steers a flag set by hand: `flags::control()`.
///
/// What a call does is seen by every question that is asked after it returns, on any thread. A kill is seen inside scopes
/// too that were open before, and so is [`baseline`](Self::baseline); everything else leaves those as they are. Kills last through reloads until they are
/// taken back, and are not undone by documents. None of it is in the disk cache, but for published documents: after a restart
/// it has to be said again.
#[derive(Debug, Clone, Copy)]
pub struct Control {
    set: &'static FlagSet,
}

impl Control {
    pub(super) fn new(set: &'static FlagSet) -> Self {
        Self { set }
    }

    /// Makes a flag answer its baseline, to everyone. A flag of another set isn't touched.
    pub fn kill<V, S: Schema>(self, flag: Flag<V, S>) {
        self.change_flag(flag, Change::Kill);
    }

    /// Takes back [`kill`](Self::kill); a flag that the document kills stays killed.
    pub fn revive<V, S: Schema>(self, flag: Flag<V, S>) {
        self.change_flag(flag, Change::Revive);
    }

    /// Makes every flag answer its baseline, to everyone.
    pub fn kill_all(self) {
        self.set.change_by_hand(Change::KillAll);
    }

    /// Takes back [`kill_all`](Self::kill_all) and every [`kill`](Self::kill).
    pub fn revive_all(self) {
        self.set.change_by_hand(Change::ReviveAll);
    }

    /// Makes every flag answer its baseline, to everyone, whatever is killed and revived meanwhile, until [`resume`](Self::resume). The reason is
    /// `killed`.
    pub fn baseline(self) {
        self.set.change_by_hand(Change::Baseline(true));
    }

    /// Takes back [`baseline`](Self::baseline); what is killed stays killed.
    pub fn resume(self) {
        self.set.change_by_hand(Change::Baseline(false));
    }

    /// Asks every source to look now, and waits until each has done so, but no longer than this. What they find is in force when it
    /// returns. That a source can't be reached, or delivers what is refused, is no error here; the [status](crate::Status) says so. Neither is
    /// that a source mustn't ask again yet, as `Http` has a cap that nothing lifts: then its last look counts.
    ///
    /// # Errors
    ///
    /// [`Error::NoAnswer`] with the sources that have not looked in time; they still do when they can.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
    /// use std::time::Duration;
    ///
    /// fn main() -> Result<(), flagstone::Error> {
    ///     let _live = flags::live().file("flags.yaml").start()?;
    ///     flags::control().reload(Duration::from_secs(5))
    /// }
    /// ```
    pub fn reload(self, patience: Duration) -> Result<(), Error> {
        self.set.ask_sources(patience)
    }

    /// Answers with another environment's overlays from now on; `None` for the base of each flag.
    ///
    /// Flags of the document in force that were refused answer from their form in the binary then, since their last good
    /// form was of the former environment. What documents killed that were refused stays killed.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownEnvironment`] where the document in force doesn't declare it; nothing changes then.
    pub fn set_environment(self, name: Option<&str>) -> Result<(), Error> {
        self.set.change_environment(name)
    }

    /// Takes a document, in JSON or YAML, as if a file had been read that says this. `name` is what reports call it.
    ///
    /// This is how documents arrive by push. A source that is followed replaces it when the source changes.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with every mistake, [`Error::UnknownEnvironment`] and [`Error::Probe`], where it can't be taken. Where only some flags can't, there
    /// is no error: [`Status::problems`](crate::Status::problems) has them.
    pub fn publish(self, name: &str, document: impl AsRef<[u8]>) -> Result<(), Error> {
        self.set.take(
            None,
            &Offer {
                origin: Origin::Published,
                name,
                bytes: document.as_ref(),
                environment: Within::Wanted,
            },
        )
    }

    fn change_flag<V, S: Schema>(self, flag: Flag<V, S>, change: fn(u32) -> Change) {
        if core::ptr::eq(S::set(), self.set) {
            self.set.change_by_hand(change(flag.index()));
        }
    }
}
