//! Telling that a key stands in a mapping for the second time.

use core::iter;
use std::collections::{HashMap, hash_map};

use super::entries::Pair;
use super::sketches::Sketches;
use crate::Span;
use crate::tree::ScalarKind;

/// The keys of a mapping so far.
pub(super) enum Seen<'t> {
    /// Of a small mapping, with the marks of its keys: one whose mark isn't among them needs no search.
    Searched(u64),
    /// Of a large one, as long as no key looks like another.
    Sketched(Sketches),
    Hashed(HashMap<&'t str, Span>),
}

impl<'t> Seen<'t> {
    const SEARCHED: usize = 16;

    pub(super) fn with_room_for(keys: usize) -> Self {
        if keys <= Self::SEARCHED {
            Self::Searched(0)
        } else {
            Self::Sketched(Sketches::with_room_for(keys))
        }
    }

    /// Notes a key; where it is among the pairs before, its first place.
    pub(super) fn insert(
        &mut self,
        key: &'t str,
        span: Span,
        before: impl Iterator<Item = Pair<'t>>,
    ) -> Option<Span> {
        match self {
            Self::Searched(marks) => {
                let mark = mark(key);
                let is_new = *marks & mark == 0;
                *marks |= mark;
                if is_new { None } else { find(key, before) }
            }
            Self::Sketched(sketches) => {
                if sketches.insert(key) {
                    return None;
                }
                let mut first = HashMap::with_capacity(sketches.room());
                for (key, span) in before.filter_map(text_key) {
                    first.entry(key).or_insert(span);
                }
                *self = Self::Hashed(first);
                self.insert(key, span, iter::empty())
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

/// Where a key stands first.
fn find<'t>(key: &str, pairs: impl Iterator<Item = Pair<'t>>) -> Option<Span> {
    let mut keys = pairs.filter_map(text_key);
    keys.find(|(other, _)| *other == key)
        .map(|(_, first)| first)
}

/// A key and where it stands; a number is none, even where it is written the same.
fn text_key((key, _): Pair<'_>) -> Option<(&str, Span)> {
    let scalar = key.scalar()?;
    let is_key = matches!(scalar.kind, ScalarKind::Text | ScalarKind::Boolean(_));
    is_key.then_some((scalar.text, key.span))
}

/// One bit of 64, by a key's length and its first and last letter: of the keys of a flag, all but two have one of their own.
#[inline]
pub(super) const fn mark(key: &str) -> u64 {
    let (first, last) = match key.as_bytes() {
        [first, .., last] => (*first, *last),
        [only] => (*only, *only),
        [] => (0, 0),
    };
    1 << ((first as usize * 61 + last as usize * 31 + key.len()) % 64)
}

/// The marks of several keys.
pub(in crate::check) const fn marks(mut keys: &[&str]) -> u64 {
    let mut marks = 0;
    while let [key, rest @ ..] = keys {
        marks |= mark(key);
        keys = rest;
    }
    marks
}

#[cfg(test)]
mod tests {
    use crate::{Code, Source, check, parse};

    #[test]
    fn a_key_that_stands_twice_is_found_whatever_the_order() {
        let ascending = |from: usize| (from..from + 20).map(|n| format!("flag_{n:03}"));
        for (keys, twice) in [
            (ascending(0).collect::<Vec<_>>(), 0),
            (ascending(0).rev().collect(), 0),
            (ascending(20).chain(ascending(0)).collect(), 0),
            (ascending(0).chain(ascending(19)).collect(), 1),
            (ascending(0).chain(ascending(0)).collect(), 20),
            (ascending(0).rev().chain(ascending(0)).collect(), 20),
            (
                ascending(0).flat_map(|key| [key.clone(), key]).collect(),
                20,
            ),
        ] {
            let flags: Vec<String> = keys.iter().map(|key| format!("\"{key}\": {{}}")).collect();
            let text = format!("{{\"version\": 1, \"flags\": {{{}}}}}", flags.join(", "));
            let source = Source::new("flags.json", &text);
            let checked = check(&source, parse(&source).unwrap());
            let found = checked.diagnostics();
            assert!(
                found
                    .iter()
                    .all(|mistake| mistake.code == Code::DuplicateKey)
            );
            assert_eq!(found.len(), twice, "{keys:?}");
        }
    }
}
