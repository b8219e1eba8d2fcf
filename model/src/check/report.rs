//! Collects what is wrong, and what can't be taken from the document because of it.

use std::collections::{BTreeMap, BTreeSet};

use super::STORED;
use crate::quoted::{Quoted, is_invisible, name_of_invisible};
use crate::{Code, Span};

/// Pairs of characters that looking for nearest names may compare in one document: some tens of milliseconds.
const NEAREST_EFFORT: usize = 10_000_000;

/// The part of a document that is being checked, and that a mistake in it spoils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    /// All of it.
    Document,
    /// What evaluation never reads.
    Nothing,
    /// A flag, by its place among the declared flags.
    Flag(usize),
    /// A segment, by its index.
    Segment(usize),
    /// An attribute, by its index.
    Attribute(usize),
}

/// A mistake, before it is known which flags it holds back.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) code: Code,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) holders: Vec<Holder>,
}

/// Every mistake found so far.
#[derive(Debug)]
pub(super) struct Report {
    /// The first [`STORED`] mistakes.
    pub(super) found: Vec<Found>,
    /// How many there are.
    pub(super) total: usize,
    /// What is spoilt, by mistakes stored or not.
    pub(super) broken: BTreeSet<Holder>,
    /// Which parts are spoilt by an attribute that they read.
    pub(super) by_attribute: BTreeMap<usize, BTreeSet<Holder>>,
    holder: Holder,
    /// How much more may be spent on finding nearest names, so that a document full of typos stays cheap.
    effort_left: usize,
}

impl Report {
    pub(super) fn new() -> Self {
        Self {
            found: Vec::new(),
            total: 0,
            broken: BTreeSet::new(),
            by_attribute: BTreeMap::new(),
            holder: Holder::Document,
            effort_left: NEAREST_EFFORT,
        }
    }

    /// Lets mistakes spoil this part from now on.
    pub(super) fn enter(&mut self, holder: Holder) {
        self.holder = holder;
    }

    /// Counts a mistake where as many are stored as are kept, so that nobody need find words for it.
    pub(super) fn only_counts(&mut self) -> bool {
        let is_full = self.found.len() >= STORED;
        if is_full {
            self.total += 1;
            self.spoil();
        }
        is_full
    }

    /// Reports a mistake in the part that is being checked.
    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.error_in(vec![self.holder], code, span, message, help);
    }

    /// Reports a mistake that spoils several parts, or another than the one being checked.
    pub(super) fn error_in(
        &mut self,
        holders: Vec<Holder>,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.total += 1;
        self.broken.extend(&holders);
        if self.found.len() < STORED {
            let help = Some(help.into()).filter(|help| !help.is_empty());
            self.found.push(Found {
                code,
                span,
                message: message.into(),
                help,
                holders,
            });
        }
    }

    /// Spoils the part that is being checked because it reads a broken attribute, which has been reported already.
    pub(super) fn spoilt_by_attribute(&mut self, attribute: usize) {
        self.broken.insert(self.holder);
        self.by_attribute
            .entry(attribute)
            .or_default()
            .insert(self.holder);
    }

    /// Spoils the part that is being checked because of something that has been reported already.
    pub(super) fn spoil(&mut self) {
        self.broken.insert(self.holder);
    }

    pub(super) fn is_broken(&self, holder: Holder) -> bool {
        self.broken.contains(&holder)
    }

    /// "did you mean `x`?" where one of the known names is near, else which there are.
    pub(super) fn suggest<'n>(
        &mut self,
        given: &str,
        known: impl Iterator<Item = &'n str> + Clone,
        what: &str,
    ) -> String {
        if let Some(character) = given.chars().find(|c| is_invisible(*c)) {
            return format!("delete {}", name_of_invisible(character));
        }
        match self.nearest(given, known.clone()) {
            Some(nearest) => format!("did you mean {}?", Quoted(nearest)),
            None => list(known, what),
        }
    }

    /// The known name that may have been meant, as long as looking for it stays cheap.
    pub(super) fn nearest<'n>(
        &mut self,
        given: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Option<&'n str> {
        if self.found.len() >= STORED {
            return None;
        }
        crate::nearest::nearest(given, known, &mut self.effort_left)
    }
}

/// "the segments are `a`, `b`"; of many, the first ten.
fn list<'n>(mut known: impl Iterator<Item = &'n str>, what: &str) -> String {
    let shown: Vec<String> = known
        .by_ref()
        .take(10)
        .map(|name| Quoted(name).to_string())
        .collect();
    let more = if known.next().is_some() { ", …" } else { "" };
    if shown.is_empty() {
        format!("there are no {what}")
    } else {
        format!("the {what} are {}{more}", shown.join(", "))
    }
}
