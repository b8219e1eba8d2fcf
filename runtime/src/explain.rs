//! Why a flag answers what it answers: the walk that answers a question, with what was compared with what.
//! [`Snapshot::explain`] makes an [`Explanation`].
//!
//! A recorder looks on while the flag is evaluated. What it saw has the shape of the document's conditions, of which
//! the compiled ones are a copy part by part, so that each is told with the words and the line of the document.

mod condition;
mod explanation;
mod flag;
mod found;
mod gates;
mod json;
mod record;
mod share;
mod show;
mod teller;
mod words;

use std::sync::Arc;

use flagstone_model::{Source, Timestamp};

pub use explanation::{
    Check, Decided, Explained, Explanation, Laid, Place, Share, Stand, Step, Told,
};

use crate::context::{Attributes, Slots};
use crate::decision::{ErrorCode, Reason};
use crate::snapshot::{Document, Snapshot, State};
use record::Recorder;
use teller::Teller;

impl Snapshot {
    /// The same snapshot with the document's text at hand, so that [`explain`](Self::explain) can quote it. The text must be
    /// that of the definition which the snapshot was made from. Snapshots of a program that follows documents have them.
    #[must_use]
    pub fn with_source(self, source: &Source<'_>) -> Self {
        self.with_document(Document {
            name: source.name().into(),
            bytes: source.text().as_bytes().into(),
            serial: 0,
        })
    }

    /// Why a flag answers what it answers: each step of the evaluation order up to the one that decides.
    ///
    /// The answer is that of [`evaluate`](Self::evaluate) for the same context and time. Each flag is explained in full once,
    /// where it is first met. The value of a private attribute is told as `<private>`, and what a document compares
    /// it with isn't quoted.
    ///
    /// The documents in question are read again, so this takes as long as loading them: milliseconds, not nanoseconds.
    ///
    /// ```
    /// use flagstone::{Attributes, Snapshot, Timestamp};
    ///
    /// let loaded = flagstone::load("flags.yaml", b"version: 1
    /// context: { targeting_key: user_id, attributes: { plan: string } }
    /// flags:
    ///   new_checkout:
    ///     rules:
    ///       - name: paying
    ///         if: { plan: premium }
    ///         serve: on
    ///     rollout: 25%
    /// ");
    /// let definition = loaded.definition().ok_or("the document is wrong")?;
    /// let at: Timestamp = "2026-11-20T09:00:00Z".parse()?;
    /// let snapshot = Snapshot::new(definition, None, at)?.with_source(&loaded.source);
    ///
    /// let user = Attributes::new().set("user_id", "u-17").set("plan", "free");
    /// let explanation = snapshot.explain("new_checkout", &user, at);
    /// assert_eq!(explanation.to_string(), "\
    /// new_checkout answers off (left_out) at 2026-11-20T09:00:00Z
    ///   flags.yaml:4
    ///   · nothing kills it
    ///   · there are no overrides
    ///   · it is enabled
    ///   · the rule 0, paying, doesn't hold (line 6)
    ///       ✗ plan: premium; plan is \"free\" (line 7)
    ///   → rollout: 25%, which leaves user_id \"u-17\" out (line 9)
    ///         it stands at 43.1%, taken below 25%; a rollout of 43.137689% would take it
    /// ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, key: &str, context: &Attributes, at: Timestamp) -> Explanation {
        self.explain_slots(key, &context.bind(self.schema()), at)
    }

    /// The same for a context whose slots are this snapshot's: see [`schema`](Self::schema).
    pub fn explain_slots(&self, key: &str, context: &impl Slots, at: Timestamp) -> Explanation {
        let flag = self
            .find(key)
            .and_then(|index| self.explain_index(index, context, at));
        Explanation {
            flag: flag.unwrap_or_else(|| nothing_known(key)),
            environment: self.environment().map(Into::into),
            at,
            snapshot: self.digest(),
        }
    }

    fn explain_index(&self, index: u32, context: &impl Slots, at: Timestamp) -> Option<Explained> {
        let entry = self.entry(index)?;
        if entry.state == State::Gone {
            return None;
        }
        let mut recorder = Recorder::default();
        self.walk(index, entry, context, &at, &mut recorder);
        let documents = self.documents_of(&recorder.flags());
        let texts = teller::read(&documents);
        let teller = Teller::new(self, &documents, &texts, context, at);
        Some(teller.told(&recorder.finish()?))
    }

    /// The different documents that flags come from.
    fn documents_of(&self, flags: &[u32]) -> Vec<Arc<Document>> {
        let mut documents: Vec<Arc<Document>> = Vec::new();
        for entry in flags.iter().filter_map(|flag| self.entry(*flag)) {
            if let Some(document) = self.document_of(entry)
                && !documents.iter().any(|known| Arc::ptr_eq(known, document))
            {
                documents.push(Arc::clone(document));
            }
        }
        documents
    }
}

/// What is said about a flag that the snapshot doesn't have.
fn nothing_known(key: &str) -> Explained {
    Explained {
        key: key.into(),
        place: None,
        variant: None,
        value: None,
        reason: Reason::Error,
        rule: None,
        rule_name: None,
        error: Some(ErrorCode::FlagNotFound),
        overlay: None,
        told: Told::InFull,
        steps: vec![Step {
            step: Decided::Error,
            decides: true,
            says: "the snapshot has no such flag".into(),
            place: None,
            is_overlaid: false,
            checks: Vec::new(),
            share: None,
        }],
    }
}
