//! Steering a flag set by hand.

use super::FlagSet;
use super::hand::Change;
use super::load::Offer;
use crate::error::Error;
use crate::flag::{Flag, Schema};
use crate::status::Origin;

/// Steers a flag set by hand: `flags::control()`.
///
/// What a call does is seen by every question that is asked after it returns, on any thread. A kill is seen inside scopes
/// too that were open before; everything else leaves those as they are. Kills last through reloads until they are
/// taken back, and are not undone by documents.
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

    /// Answers with another environment's overlays from now on; `None` for the base of each flag.
    ///
    /// Flags of the document in force that were refused answer from their form in the binary then, since their last good
    /// form was of the former environment.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownEnvironment`] where the document in force doesn't declare it; nothing changes then.
    pub fn set_environment(self, name: Option<&str>) -> Result<(), Error> {
        let Some((document, origin)) = self.set.document() else {
            return self.set.start_embedded(name);
        };
        self.set.take(
            None,
            &Offer {
                origin,
                name: &document.name,
                bytes: &document.bytes,
                environment: name,
            },
        )
    }

    /// Takes a document, in JSON or YAML, as if a file had been read that says this. `name` is what reports call it.
    ///
    /// A source that is followed replaces it when the source changes.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with every mistake, and [`Error::UnknownEnvironment`], where it can't be taken. Where only some flags can't, there
    /// is no error: [`Status::problems`](crate::Status::problems) has them.
    pub fn publish(self, name: &str, document: impl AsRef<[u8]>) -> Result<(), Error> {
        let environment = self.set.environment();
        self.set.take(
            None,
            &Offer {
                origin: Origin::Published,
                name,
                bytes: document.as_ref(),
                environment: environment.as_deref(),
            },
        )
    }

    fn change_flag<V, S: Schema>(self, flag: Flag<V, S>, change: fn(u32) -> Change) {
        if core::ptr::eq(S::set(), self.set) {
            self.set.change_by_hand(change(flag.index()));
        }
    }
}
