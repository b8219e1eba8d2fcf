//! The entries of a mapping, read where they stand in the tree.

use crate::Span;
use crate::tree::{self, Node};

/// A key and a value of the tree.
pub(super) type Pair<'t> = (Node<'t>, Node<'t>);

/// A key with its value.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Entry<'t> {
    pub(in crate::check) key: &'t str,
    pub(in crate::check) span: Span,
    pub(in crate::check) value: Node<'t>,
}

impl<'t> Entry<'t> {
    /// A key with its value; nothing where the key is no scalar.
    pub(super) fn of((key, value): Pair<'t>) -> Option<Self> {
        Some(Self {
            key: key.scalar()?.text,
            span: key.span,
            value,
        })
    }

    /// Key and value.
    pub(in crate::check) fn whole(&self) -> Span {
        Span {
            start: self.span.start,
            end: self.value.span.end.max(self.span.end),
        }
    }
}

/// The entries of a mapping whose keys are text, each at its first place, in the document's order.
#[derive(Debug, Default)]
pub(in crate::check) struct Entries<'t> {
    pairs: tree::Entries<'t>,
    /// The places of the other pairs, in order; nearly always none.
    left_out: Vec<usize>,
}

impl<'t> Entries<'t> {
    pub(super) fn new(pairs: tree::Entries<'t>, left_out: Vec<usize>) -> Self {
        Self { pairs, left_out }
    }

    /// Key and value of each, and of what is left out.
    pub(super) fn pairs(&self) -> tree::Entries<'t> {
        self.pairs
    }

    pub(in crate::check) fn len(&self) -> usize {
        self.pairs.len() - self.left_out.len()
    }

    pub(in crate::check) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry, where there is just one.
    pub(in crate::check) fn only(&self) -> Option<Entry<'t>> {
        self.iter().next().filter(|_| self.len() == 1)
    }

    pub(in crate::check) fn iter(&self) -> Iter<'_, 't> {
        Iter {
            pairs: self.pairs,
            passed: 0,
            left_out: &self.left_out,
        }
    }
}

/// Goes through [`Entries`].
pub(in crate::check) struct Iter<'e, 't> {
    pairs: tree::Entries<'t>,
    passed: usize,
    left_out: &'e [usize],
}

impl<'t> Iterator for Iter<'_, 't> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let place = self.passed;
            let pair = self.pairs.get(place)?;
            self.passed += 1;
            match self.left_out.split_first() {
                Some((next, rest)) if *next == place => self.left_out = rest,
                _ => return Entry::of(pair),
            }
        }
    }

    /// How many there are, so that a list made of them takes just the memory that it needs.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.pairs.len() - self.passed - self.left_out.len();
        (left, Some(left))
    }
}
