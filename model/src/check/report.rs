//! Collects what is wrong, and what can't be taken from the document because of it.

use std::collections::{BTreeMap, BTreeSet};

use super::STORED;
use crate::{Code, Span};

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
    /// How many more names may be compared to find a nearest one, so that a document full of typos stays cheap.
    comparisons_left: usize,
}

impl Report {
    pub(super) fn new() -> Self {
        Self {
            found: Vec::new(),
            total: 0,
            broken: BTreeSet::new(),
            by_attribute: BTreeMap::new(),
            holder: Holder::Document,
            comparisons_left: 200_000,
        }
    }

    /// Lets mistakes spoil this part from now on.
    pub(super) fn enter(&mut self, holder: Holder) {
        self.holder = holder;
    }

    pub(super) fn holder(&self) -> Holder {
        self.holder
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
        let budget = self.comparisons_left;
        let compared = known.clone().take(budget);
        self.comparisons_left = budget.saturating_sub(known.clone().take(budget).count());
        match crate::nearest::nearest(given, compared) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => list(known, what),
        }
    }
}

/// "the segments are `a`, `b`"; of many, the first ten.
fn list<'n>(mut known: impl Iterator<Item = &'n str>, what: &str) -> String {
    let shown: Vec<String> = known
        .by_ref()
        .take(10)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = if known.next().is_some() { ", …" } else { "" };
    if shown.is_empty() {
        format!("there are no {what}")
    } else {
        format!("the {what} are {}{more}", shown.join(", "))
    }
}
