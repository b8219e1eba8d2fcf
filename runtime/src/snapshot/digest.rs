//! The digest of what is in force.

use core::fmt;

use super::{Snapshot, State};
use crate::compile::Canon;

/// 128 bits that stand for what a snapshot answers. `Display` shows them in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Digest(u128);

impl Digest {
    pub(crate) const fn of_u128(number: u128) -> Self {
        Self(number)
    }

    /// The digest as a number.
    pub const fn to_u128(self) -> u128 {
        self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The flags that are in force, by key: the order of a document or a program makes no difference.
pub(super) fn of_entries(snapshot: &Snapshot) -> Digest {
    let mut entries: Vec<_> = snapshot
        .entries
        .iter()
        .filter(|entry| entry.state != State::Gone)
        .collect();
    entries.sort_unstable_by(|left, right| left.form.key.cmp(&right.form.key));
    // A digest and two truth values for each.
    let mut canon = Canon::with_room_for(entries.len() * 18);
    for entry in entries {
        canon.wide(entry.form.digest);
        canon.flags(&[entry.state == State::Circle, snapshot.kills(entry)]);
    }
    Digest(canon.digest())
}
