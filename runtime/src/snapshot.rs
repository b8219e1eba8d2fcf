//! Snapshots: all flags as they answer in one environment, immutable.

mod arrival;
mod circle;
mod digest;
mod entry;
mod graph;
mod hand;
mod load;
mod problem;
mod program;
mod table;

use std::collections::HashMap;
use std::sync::Arc;

pub use digest::Digest;
pub(crate) use entry::{Entry, Link, State};
use flagstone_model::{Definition, Name, Timestamp};
pub use problem::{Loading, Problem, Refusal, UnknownEnvironment};
pub use program::{Decode, EmbeddedAttribute, EmbeddedFlag, Program};
pub use table::{AttributeTable, TableEntry};

use crate::compile::{self, Form, StoredValue};
use crate::context::{Attributes, Slots};
use crate::decision::{Decision, ErrorCode, Reason, RuleIndex};
use crate::evaluate::{Now, Observer, Silent, Walk};
use crate::evaluation::{Evaluation, RuleRef};
use crate::text_set::TextHash;

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
    index: HashMap<Arc<str>, u32, TextHash>,
    verdicts: Box<[u8]>,
    /// The decisions behind the verdicts that aren't [`ASK`].
    constants: Box<[Option<Decision>]>,
    table: Arc<AttributeTable>,
    environment: Option<Arc<str>>,
    /// The environment's emergency stop.
    is_killed: bool,
    /// The program's flags as they were built in.
    embedded: Arc<[Arc<Form>]>,
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
        // A verdict is about the time from which the snapshot was compiled on, not about the past.
        let constant = self.constant(index).filter(|_| at >= self.compiled_at);
        let decision = constant.unwrap_or_else(|| self.walk(index, entry, context, &at, Silent));
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

    fn find(&self, key: &str) -> Option<u32> {
        self.index.get(key).copied()
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
        self.constants.get(index as usize).copied().flatten()
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
}

impl Snapshot {
    /// Links the entries to each other, finds what is constant, and computes the digest.
    fn assemble(mut parts: Parts, now: Timestamp) -> Self {
        let index: HashMap<Arc<str>, u32, TextHash> = parts
            .entries
            .iter()
            .map(|entry| Arc::clone(&entry.form.key))
            .zip(0..)
            .collect();
        let links = entry::link(&mut parts.entries, &index);
        let order = circle::break_circles(&mut parts.entries, &links);
        let mut snapshot = Self {
            verdicts: Box::default(),
            constants: vec![None; parts.entries.len()].into(),
            entries: parts.entries.into(),
            links,
            index,
            table: parts.table,
            environment: parts.environment,
            is_killed: parts.is_killed,
            embedded: parts.embedded,
            digest: Digest::default(),
            compiled_at: now,
        };
        for flag in order {
            let constant = snapshot.find_constant(flag, now);
            if let Some(place) = snapshot.constants.get_mut(flag as usize) {
                *place = constant;
            }
        }
        let verdict = |constant: &Option<Decision>| {
            constant.map_or(ASK, |decision| {
                u8::try_from(decision.variant).unwrap_or(ASK)
            })
        };
        snapshot.verdicts = snapshot.constants.iter().map(verdict).collect();
        snapshot.digest = digest::of_entries(&snapshot);
        snapshot
    }

    /// The constant answer of a flag, those of the flags that it asks being known.
    fn find_constant(&self, flag: u32, now: Timestamp) -> Option<Decision> {
        let entry = self.entry(flag)?;
        let error = match entry.state {
            State::Gone => ErrorCode::FlagNotFound,
            State::Circle => ErrorCode::Circle,
            State::InForce => {
                let accepts = |reference| self.accepts_for_good(entry, reference);
                return compile::constant(&entry.form, self.kills(entry), now, &accepts);
            }
        };
        Some(Decision::error(entry.form.baseline, error))
    }

    fn accepts_for_good(&self, entry: &Entry, reference: u32) -> Option<bool> {
        let Some(link) = self.link(entry, reference) else {
            return Some(false);
        };
        let decision = self.constant(link.flag)?;
        Some(link.accepts(decision.variant))
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
