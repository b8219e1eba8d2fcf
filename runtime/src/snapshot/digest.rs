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

/// The flags that are in force. The order of a document or a program makes no difference: each flag is digested by itself, and
/// the digests are added (`AdHash`; Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing", 1997).
pub(super) fn of_entries(snapshot: &Snapshot) -> Digest {
    // A digest and two truth values.
    let mut canon = Canon::with_room_for(18);
    let mut sum = 0_u128;
    for entry in &snapshot.entries {
        if entry.state == State::Gone {
            continue;
        }
        canon.clear();
        canon.wide(entry.form.digest);
        canon.flags(&[entry.state == State::Circle, snapshot.kills(entry)]);
        sum = sum.wrapping_add(canon.digest());
    }
    Digest(sum)
}
