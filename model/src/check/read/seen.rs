//! Telling that a key stands in a mapping for the second time.

use std::collections::{HashMap, hash_map};

use super::Entry;
use crate::Span;

/// The keys of a mapping so far; a small mapping is searched, a large one hashed.
pub(super) enum Seen<'t> {
    Searched,
    Hashed(HashMap<&'t str, Span>),
}

impl<'t> Seen<'t> {
    const SEARCHED: usize = 16;

    pub(super) fn with_room_for(keys: usize) -> Self {
        if keys <= Self::SEARCHED {
            Self::Searched
        } else {
            Self::Hashed(HashMap::with_capacity(keys))
        }
    }

    /// Notes a key; where it was there before, its first place.
    pub(super) fn insert(
        &mut self,
        key: &'t str,
        span: Span,
        entries: &[Entry<'t, '_>],
    ) -> Option<Span> {
        match self {
            Self::Searched => {
                let first = entries.iter().find(|entry| entry.key == key);
                first.map(|entry| entry.span)
            }
            Self::Hashed(first) => match first.entry(key) {
                hash_map::Entry::Occupied(first) => Some(*first.get()),
                hash_map::Entry::Vacant(place) => {
                    place.insert(span);
                    None
                }
            },
        }
    }
}
