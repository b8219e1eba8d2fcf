//! A flag's place in a snapshot, and what its references lead to there.

use std::sync::Arc;

use super::fingerprint::Fingerprint;
use super::index::KeyIndex;
use super::{Digest, Document};
use crate::compile::{Form, Reference};

/// A flag in a snapshot.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The flag as it answers; of a flag that is gone, the form in the program.
    pub(crate) form: Arc<Form>,
    pub(crate) state: State,
    /// The form comes from an earlier document.
    pub(crate) is_kept: bool,
    /// A document killed the flag and could not move it otherwise.
    pub(crate) killed: bool,
    /// Of a kept form, where it comes from; none where it is the program's.
    pub(crate) since: Option<Box<Since>>,
    /// What the form was made of, where that is known.
    pub(super) made_of: Option<Fingerprint>,
    /// Where its links begin.
    pub(crate) first_link: u32,
}

/// Where a kept form comes from.
#[derive(Debug, Clone)]
pub(crate) struct Since {
    /// The last snapshot in which it was new.
    pub(crate) digest: Digest,
    pub(crate) document: Origin,
}

/// The document that a kept form comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// The one in the program.
    Program,
    Document(Arc<Document>),
    /// One that was let go, so that documents which each break another flag don't fill the memory.
    LetGo,
}

impl From<Option<Arc<Document>>> for Origin {
    fn from(document: Option<Arc<Document>>) -> Self {
        document.map_or(Self::Program, Self::Document)
    }
}

/// Whether a flag answers as its form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It does.
    InForce,
    /// It isn't in the document any more.
    Gone,
    /// Its form, kept from an earlier document, closes a circle.
    Circle,
}

impl Entry {
    /// A flag of the document.
    pub(crate) fn fresh(form: Arc<Form>) -> Self {
        Self {
            form,
            state: State::InForce,
            is_kept: false,
            killed: false,
            since: None,
            made_of: None,
            first_link: 0,
        }
    }

    /// The digest of the last snapshot in which a kept form was new.
    pub(super) fn since(&self) -> Option<Digest> {
        self.since.as_ref().map(|since| since.digest)
    }

    /// A flag of the program that the document doesn't have.
    pub(crate) fn gone(embedded: Arc<Form>) -> Self {
        Self {
            state: State::Gone,
            ..Self::fresh(embedded)
        }
    }
}

/// What a reference leads to.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) flag: u32,
    accepted: Accepted,
}

#[derive(Debug)]
enum Accepted {
    /// The ordinals below 64, as bits.
    Bits(u64),
    List(Box<[u32]>),
}

impl Link {
    fn new(flag: u32, reference: &Reference, target: &Form) -> Self {
        let ordinals: Vec<u32> = reference
            .variants
            .iter()
            .filter_map(|variant| target.variants.ordinal(variant.as_str()))
            .collect();
        let bits = ordinals.iter().try_fold(0_u64, |bits, ordinal| {
            Some(bits | 1_u64.checked_shl(*ordinal)?)
        });
        Self {
            flag,
            accepted: bits.map_or_else(|| Accepted::List(ordinals.into()), Accepted::Bits),
        }
    }

    /// Whether the reference accepts a variant.
    #[inline]
    pub(crate) fn accepts(&self, ordinal: u32) -> bool {
        match &self.accepted {
            Accepted::Bits(bits) => bits.checked_shr(ordinal).is_some_and(|bits| bits & 1 == 1),
            Accepted::List(ordinals) => ordinals.contains(&ordinal),
        }
    }
}

/// Links every entry's references. One to a flag that isn't in force leads nowhere.
pub(super) fn link(entries: &mut [Entry], index: &KeyIndex) -> Box<[Option<Link>]> {
    let mut links = Vec::new();
    let mut starts = Vec::with_capacity(entries.len());
    for entry in &*entries {
        starts.push(u32::try_from(links.len()).unwrap_or(u32::MAX));
        links.extend(entry.form.references().iter().map(|reference| {
            let flag = index.find(reference.flag.as_str(), entries)?;
            let target = entries.get(flag as usize)?;
            let is_there = target.state != State::Gone;
            is_there.then(|| Link::new(flag, reference, &target.form))
        }));
    }
    for (entry, start) in entries.iter_mut().zip(starts) {
        entry.first_link = start;
    }
    links.into()
}
