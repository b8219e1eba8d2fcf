//! Finds the words for what was seen: the documents, and what is asked of them everywhere.

use core::cell::Cell;
use std::sync::Arc;

use flagstone_model::{
    self as model, AttributeIndex, Definition, Effective, Loaded, Span, Timestamp,
};

use super::explanation::{Explained, Laid, Place, Told};
use super::record::{FlagSeen, Seen, What};
use crate::context::Slots;
use crate::snapshot::{Document, Entry, Snapshot};

/// Reads documents.
pub(super) fn read(documents: &[Arc<Document>]) -> Vec<Loaded<'_>> {
    let read = documents
        .iter()
        .map(|document| model::load(&document.name, &document.bytes));
    read.collect()
}

/// Tells what a recorder saw.
pub(super) struct Teller<'a> {
    pub(super) snapshot: &'a Snapshot,
    documents: &'a [Arc<Document>],
    /// What is in each of the documents.
    texts: &'a [Loaded<'a>],
    pub(super) context: &'a dyn Slots,
    pub(super) at: Timestamp,
    /// How many flags and conditions inside each other are being told.
    depth: Cell<usize>,
}

/// How many are told: nobody reads deeper, and each takes stack.
const MOST_DEPTH: usize = 200;

/// A document that is told about.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) definition: &'a Definition,
    loaded: &'a Loaded<'a>,
}

impl<'a> Text<'a> {
    /// The place of a piece of the document; `None` where it isn't written.
    pub(super) fn place(self, span: Span) -> Option<Place> {
        if span == Span::default() {
            return None;
        }
        let position = self.loaded.source.position(span.start);
        Some(Place {
            document: self.loaded.source.name().into(),
            line: position.line,
            column: position.column,
        })
    }

    /// A piece of the document.
    pub(super) fn slice(self, span: Span) -> &'a str {
        self.loaded.source.slice(span)
    }
}

/// A flag that is told about, as it stands in the snapshot's environment.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) text: Text<'a>,
    pub(super) entry: &'a Entry,
    pub(super) flag: &'a model::Flag,
    pub(super) overlay: Option<&'a model::Deciding>,
    pub(super) effective: Effective<'a>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        documents: &'a [Arc<Document>],
        texts: &'a [Loaded<'a>],
        context: &'a dyn Slots,
        at: Timestamp,
    ) -> Self {
        Self {
            snapshot,
            documents,
            texts,
            context,
            at,
            depth: Cell::new(0),
        }
    }

    /// Tells something that lies inside what is being told; nothing where that is too deep.
    pub(super) fn inside<R>(&self, tell: impl FnOnce() -> R) -> Option<R> {
        let depth = self.depth.get();
        if depth == MOST_DEPTH {
            return None;
        }
        self.depth.set(depth + 1);
        let told = tell();
        self.depth.set(depth);
        Some(told)
    }

    /// A flag that was asked.
    pub(super) fn told(&self, seen: &Seen) -> Explained {
        let What::Flag(flag) = seen.what else {
            return super::nothing_known("");
        };
        let mut explained = self.answer(flag);
        let Some(telling) = self.telling(flag.index) else {
            return explained;
        };
        explained.place = telling.text.place(telling.flag.span);
        if flag.again {
            explained.told = Told::Before;
            return explained;
        }
        explained.told = Told::InFull;
        explained.overlay = telling.overlay.map(|overlay| Laid {
            environment: self.snapshot.environment().unwrap_or_default().into(),
            keys: written(overlay),
        });
        match self.inside(|| self.steps(telling, flag.decision, &seen.parts)) {
            Some(steps) => explained.steps = steps,
            None => explained.told = Told::TooDeep,
        }
        explained
    }

    /// What a flag answered, without the steps to it.
    fn answer(&self, flag: FlagSeen) -> Explained {
        let decision = flag.decision;
        let form = self.snapshot.entry(flag.index).map(|entry| &entry.form);
        let variant = form.and_then(|form| form.variants.get(decision.variant));
        let name = decision
            .rule
            .and_then(|rule| self.snapshot.rule_name(flag.index, rule));
        Explained {
            key: form.map_or("", |form| &form.key).into(),
            place: None,
            variant: variant.map(|variant| variant.name.as_str().into()),
            value: variant.map(|variant| variant.value.value().clone()),
            reason: decision.reason,
            rule: decision.rule.map(|rule| rule.index),
            rule_name: name.map(|name| name.as_str().into()),
            error: decision.error,
            overlay: None,
            told: if flag.again {
                Told::Before
            } else {
                Told::NoDocument
            },
            steps: Vec::new(),
        }
    }

    /// A flag with what its document says about it; `None` where that isn't at hand.
    fn telling(&self, index: u32) -> Option<Telling<'a>> {
        let entry = self.snapshot.entry(index)?;
        let document = self.snapshot.document_of(entry)?;
        let place = self
            .documents
            .iter()
            .position(|known| Arc::ptr_eq(known, document))?;
        let loaded = self.texts.get(place)?;
        let definition = loaded.outcome.as_ref().ok()?.right_part()?;
        let mut flags = definition.flags.iter();
        let flag = flags.find(|flag| *flag.key.as_str() == *entry.form.key)?;
        let environment = self.snapshot.environment();
        let environment = environment.and_then(|name| definition.environment(name));
        Some(Telling {
            text: Text { definition, loaded },
            entry,
            flag,
            overlay: environment.and_then(|environment| flag.overlay(environment)),
            effective: Effective::new(flag, environment),
        })
    }

    /// The slot of an attribute, or of the targeting key.
    pub(super) fn slot(&self, text: Text<'_>, attribute: Option<AttributeIndex>) -> usize {
        let schema = &text.definition.context;
        let attribute = schema.attribute(attribute.unwrap_or(schema.targeting_key));
        let slot =
            attribute.and_then(|attribute| self.snapshot.schema().index(attribute.name.as_str()));
        slot.unwrap_or(usize::MAX)
    }
}

/// The deciding keys that a base or an overlay writes.
fn written(deciding: &model::Deciding) -> Vec<&'static str> {
    let keys = [
        ("baseline", deciding.rare().baseline.is_some()),
        ("killed", deciding.rare().killed.is_some()),
        ("overrides", deciding.rare().overrides.is_some()),
        ("enabled", deciding.rare().enabled.is_some()),
        ("starts_at", deciding.rare().starts_at.is_some()),
        ("ends_at", deciding.rare().ends_at.is_some()),
        ("prerequisites", deciding.rare().prerequisites.is_some()),
        ("rules", deciding.rules.is_some()),
        ("serve", deciding.serve.is_some()),
        ("rollout", deciding.rollout.is_some()),
        ("split", deciding.rare().split.is_some()),
        ("by", deciding.rare().by.is_some()),
    ];
    let written = keys.into_iter().filter(|(_, is_written)| *is_written);
    written.map(|(key, _)| key).collect()
}
