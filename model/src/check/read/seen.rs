//! Telling that a key stands in a mapping for the second time.

use std::collections::{HashMap, hash_map};

use super::entries::Pair;
use crate::Span;
use crate::tree::{Content, ScalarKind};

/// The keys of a mapping so far; a small mapping is searched, a large one hashed.
pub(super) enum Seen<'t> {
    /// With the marks of the keys: one whose mark isn't among them needs no search.
    Searched(u64),
    Hashed(HashMap<&'t str, Span>),
}

impl<'t> Seen<'t> {
    const SEARCHED: usize = 16;

    pub(super) fn with_room_for(keys: usize) -> Self {
        if keys <= Self::SEARCHED {
            Self::Searched(0)
        } else {
            Self::Hashed(HashMap::with_capacity(keys))
        }
    }

    /// Notes a key; where it is among the pairs before, its first place.
    pub(super) fn insert(&mut self, key: &'t str, span: Span, before: &[Pair<'_>]) -> Option<Span> {
        match self {
            Self::Searched(marks) => {
                let mark = mark(key);
                let is_new = *marks & mark == 0;
                *marks |= mark;
                if is_new { None } else { find(key, before) }
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

/// Where a key stands first; a number that is written the same is none.
fn find(key: &str, pairs: &[Pair<'_>]) -> Option<Span> {
    let is_it = |(other, _): &&Pair<'_>| match &other.content {
        Content::Scalar(scalar) => {
            matches!(scalar.kind, ScalarKind::Text | ScalarKind::Boolean(_)) && scalar.text == key
        }
        _ => false,
    };
    pairs.iter().find(is_it).map(|(first, _)| first.span)
}

/// One bit of 64, by a key's length and its first letter.
#[inline]
pub(super) fn mark(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or_default();
    1 << ((usize::from(first) * 5 + key.len()) % 64)
}
