//! Snapshots: all flags as they answer in one environment, immutable.

mod arrival;
mod circle;
mod difference;
mod digest;
mod document;
mod entry;
mod fingerprint;
mod graph;
mod hand;
mod index;
mod let_go;
mod load;
mod problem;
mod program;
mod restore;
mod shortcut;
mod table;

use std::sync::Arc;

pub use digest::Digest;
pub(crate) use document::Document;
pub(crate) use entry::{Entry, Link, Origin, Since, State};
use flagstone_model::{Definition, Name, Timestamp};
use index::KeyIndex;
pub use problem::{Loading, Problem, Refusal, UnknownEnvironment};
pub use program::{Decode, EmbeddedAttribute, EmbeddedFlag, Program};
pub(crate) use restore::{Kept, KeptFlag};
pub(crate) use shortcut::{Percentage, Shortcut};
pub use table::{AttributeTable, TableEntry};

use crate::compile::{Form, StoredValue};
use crate::context::{Attributes, Slots};
use crate::decision::{Decision, ErrorCode, Reason, RuleIndex};
use crate::evaluate::{Now, Observer, Silent, StepByStep, Walk};
use crate::evaluation::{Evaluation, RuleRef};

/// The verdict of a flag whose answer depends on the context or on the time.
pub(crate) const ASK: u8 = 0xFF;

/// All flags of a document as they answer in one environment.
///
/// The same snapshot, context and time give the same answer on every machine, for ever. Asking takes no lock,
/// allocates nothing for the answer, and can't fail on data.
///
/// ```
/// use flagstone::{Attributes, Reason, Snapshot, Timestamp};
///
/// let loaded = flagstone::load("flags.yaml", b"
/// version: 1
/// context: { targeting_key: user_id, attributes: { plan: string } }
/// flags:
///   new_dashboard:
///     rules: [{ name: paying, if: { plan: premium }, serve: on }]
/// ");
/// let definition = loaded.definition().ok_or("the document is wrong")?;
/// let now: Timestamp = "2026-12-01T00:00:00Z".parse()?;
/// let snapshot = Snapshot::new(definition, None, now)?;
///
/// let premium = Attributes::new().set("user_id", "u-17").set("plan", "premium");
/// let answer = snapshot.evaluate("new_dashboard", &premium, now);
/// assert_eq!(answer.variant, Some("on"));
/// assert_eq!(answer.reason, Reason::Rule);
/// assert_eq!(answer.rule.and_then(|rule| rule.name), Some("paying"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Snapshot {
    /// The program's flags in the program's order, then those that it doesn't know.
    entries: Box<[Entry]>,
    /// What the entries' references lead to, entry by entry.
    links: Box<[Option<Link>]>,
    index: KeyIndex,
    verdicts: Box<[u8]>,
    /// The shortest way to each entry's answer.
    shortcuts: Arc<[Shortcut]>,
    table: Arc<AttributeTable>,
    environment: Option<Arc<str>>,
    /// The environment's emergency stop.
    is_killed: bool,
    /// The program's flags as they were built in.
    embedded: Arc<[Arc<Form>]>,
    /// The document that the forms come from which aren't kept from an earlier one; none where it is the program's.
    document: Option<Arc<Document>>,
    digest: Digest,
    /// From when on the verdicts hold.
    compiled_at: Timestamp,
}

impl Snapshot {
    /// Compiles a document by itself, for tools: its own context is the schema.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] where the document doesn't declare the environment.
    pub fn new(
        definition: &Definition,
        environment: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, UnknownEnvironment> {
        load::document(definition, environment, now)
    }

    /// What a flag answers for a context at a time.
    pub fn evaluate(&self, key: &str, context: &Attributes, at: Timestamp) -> Evaluation<'_> {
        self.evaluate_slots(key, &context.bind(&self.table), at)
    }

    /// The same for a context whose slots are this snapshot's: see [`schema`](Self::schema).
    pub fn evaluate_slots(&self, key: &str, context: &impl Slots, at: Timestamp) -> Evaluation<'_> {
        let entry = self.find(key).and_then(|index| {
            let entry = self.entry(index)?;
            (entry.state != State::Gone).then_some((index, entry))
        });
        let Some((index, entry)) = entry else {
            return Evaluation {
                variant: None,
                value: None,
                reason: Reason::Error,
                rule: None,
                error: Some(ErrorCode::FlagNotFound),
                snapshot: self.digest,
            };
        };
        // What is constant is so from the time on that the snapshot was compiled at.
        let decision = if at < self.compiled_at {
            self.walk(index, entry, context, &at, StepByStep)
        } else {
            let constant = self.constant(index);
            constant.unwrap_or_else(|| self.walk(index, entry, context, &at, Silent))
        };
        self.evaluation(index, entry, decision)
    }

    /// The keys of the flags that are in force, the program's first.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries
            .iter()
            .filter(|entry| entry.state != State::Gone)
            .map(|entry| &*entry.form.key)
    }

    /// The attributes that a context can have here, each with its slot.
    pub fn schema(&self) -> &AttributeTable {
        &self.table
    }

    /// The environment that was chosen.
    pub fn environment(&self) -> Option<&str> {
        self.environment.as_deref()
    }

    /// The digest of what is in force: snapshots that answer alike have the same, on every machine.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    pub(crate) fn find(&self, key: &str) -> Option<u32> {
        self.index.find(key, &self.entries)
    }

    fn evaluation<'s>(
        &'s self,
        index: u32,
        entry: &'s Entry,
        decision: Decision,
    ) -> Evaluation<'s> {
        let variant = entry.form.variants.get(decision.variant);
        Evaluation {
            variant: variant.map(|variant| variant.name.as_str()),
            value: variant.map(|variant| variant.value.value()),
            reason: decision.reason,
            rule: decision.rule.map(|rule| RuleRef {
                index: rule.index,
                name: self.rule_name(index, rule).map(Name::as_str),
                shares: rule.shares,
            }),
            error: decision.error,
            snapshot: self.digest,
        }
    }
}

/// What flags of a program ask, by the index that they have in it.
impl Snapshot {
    /// The ordinal that a flag answers whatever the context and the time, or [`ASK`].
    #[inline]
    pub(crate) fn verdict(&self, index: u32) -> u8 {
        self.verdicts.get(index as usize).copied().unwrap_or(ASK)
    }

    /// The shortest way to each flag's answer.
    pub(crate) fn shortcuts(&self) -> Arc<[Shortcut]> {
        Arc::clone(&self.shortcuts)
    }

    /// What a flag answers on which nothing decides before its rules.
    #[inline]
    pub(crate) fn ordinal_by_rules(&self, index: u32, context: &impl Slots, now: &impl Now) -> u32 {
        match self.entry(index) {
            Some(entry) => Walk::new(self, context, now, Silent).ordinal_by_rules(entry),
            None => 0,
        }
    }

    /// What a flag answers that has no shortcut.
    #[inline(never)]
    pub(crate) fn walked_ordinal(&self, index: u32, context: &impl Slots, now: &impl Now) -> u32 {
        match self.entry(index) {
            Some(entry) => self.walk(index, entry, context, now, Silent).variant,
            None => 0,
        }
    }

    /// What a flag answers. The time is asked for only where the flag needs it.
    #[inline]
    pub(crate) fn decide(&self, index: u32, context: &impl Slots, now: &impl Now) -> Decision {
        if let Some(decision) = self.constant(index) {
            return decision;
        }
        match self.entry(index) {
            Some(entry) => self.walk(index, entry, context, now, Silent),
            None => Decision::error(0, ErrorCode::FlagNotFound),
        }
    }

    /// What a flag's variant holds; `None` where the document has it no more.
    pub(crate) fn value(&self, index: u32, ordinal: u32) -> Option<&StoredValue> {
        let variant = self.entry(index)?.form.variants.get(ordinal)?;
        Some(&variant.value)
    }

    /// The name of a rule, where it has one.
    pub(crate) fn rule_name(&self, index: u32, rule: RuleIndex) -> Option<&Name> {
        let rules = &self.entry(index)?.form.rules;
        rules.get(rule.index as usize)?.name.as_ref()
    }

    #[inline]
    fn constant(&self, index: u32) -> Option<Decision> {
        match self.shortcut(index)? {
            Shortcut::Constant(decision) => Some(*decision),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn shortcut(&self, index: u32) -> Option<&Shortcut> {
        self.shortcuts.get(index as usize)
    }
}

/// What a walk reads.
impl Snapshot {
    #[inline]
    pub(crate) fn walk(
        &self,
        index: u32,
        entry: &Entry,
        context: &impl Slots,
        now: &impl Now,
        observer: impl Observer,
    ) -> Decision {
        Walk::new(self, context, now, observer).decide(index, entry)
    }

    #[inline]
    pub(crate) fn entry(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    /// The document that an entry's form comes from; none where it is the one in the program, or isn't there any more.
    pub(crate) fn document_of<'s>(&'s self, entry: &'s Entry) -> Option<&'s Arc<Document>> {
        match entry.since.as_ref().map(|since| &since.document) {
            Some(Origin::Document(document)) => Some(document),
            Some(Origin::Program | Origin::LetGo) => None,
            None if entry.is_kept => None,
            None => self.document.as_ref(),
        }
    }

    /// The same snapshot with the document at hand that its forms come from.
    pub(crate) fn with_document(self, document: Document) -> Self {
        Self {
            document: Some(Arc::new(document)),
            ..self
        }
    }

    /// Whether anything kills the flag.
    #[inline]
    pub(crate) fn kills(&self, entry: &Entry) -> bool {
        self.is_killed || entry.killed || entry.form.killed
    }

    /// What one of an entry's references leads to; `None` where that flag isn't in force.
    #[inline]
    pub(crate) fn link(&self, entry: &Entry, reference: u32) -> Option<&Link> {
        let place = entry.first_link.checked_add(reference)?;
        self.links.get(place as usize)?.as_ref()
    }
}

/// Entries that become a snapshot.
struct Parts {
    entries: Vec<Entry>,
    table: Arc<AttributeTable>,
    environment: Option<Arc<str>>,
    is_killed: bool,
    embedded: Arc<[Arc<Form>]>,
    document: Option<Arc<Document>>,
}

impl Snapshot {
    /// Links the entries to each other, finds what is constant, and computes the digest.
    fn assemble(mut parts: Parts, now: Timestamp) -> Self {
        let index = KeyIndex::new(&parts.entries);
        let links = entry::link(&mut parts.entries, &index);
        let order = circle::break_circles(&mut parts.entries, &links);
        let mut snapshot = Self {
            verdicts: Box::default(),
            shortcuts: Arc::default(),
            entries: parts.entries.into(),
            links,
            index,
            table: parts.table,
            environment: parts.environment,
            is_killed: parts.is_killed,
            embedded: parts.embedded,
            document: parts.document,
            digest: Digest::default(),
            compiled_at: now,
        };
        let mut shortcuts = vec![Shortcut::Walk; snapshot.entries.len()];
        for flag in order {
            let shortcut = snapshot.find_shortcut(flag, now, &shortcuts);
            if let Some(place) = shortcuts.get_mut(flag as usize) {
                *place = shortcut;
            }
        }
        snapshot.shortcuts = shortcuts.into();
        let verdict = |shortcut: &Shortcut| match shortcut {
            Shortcut::Constant(decision) => u8::try_from(decision.variant).unwrap_or(ASK),
            _ => ASK,
        };
        snapshot.verdicts = snapshot.shortcuts.iter().map(verdict).collect();
        snapshot.digest = digest::of_entries(&snapshot);
        snapshot
    }
}

impl core::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Snapshot")
            .field("digest", &self.digest)
            .field("environment", &self.environment)
            .field("flags", &self.keys().count())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
