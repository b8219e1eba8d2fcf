//! A compiled flag.

use std::sync::Arc;

use flagstone_model::{Name, Timestamp};

use super::{Condition, Distribution, Variants};
use crate::snapshot::EmbeddedFlag;
use crate::text_set::TextMap;

/// A flag as it answers in one environment. It is self-contained but for other flags' answers, which it names in
/// [`references`](Self::references), so that a snapshot can keep it while other flags move on.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) key: Arc<str>,
    pub(crate) variants: Arc<Variants>,
    pub(crate) baseline: u32,
    pub(crate) killed: bool,
    pub(crate) enabled: bool,
    pub(crate) starts_at: Option<Timestamp>,
    pub(crate) ends_at: Option<Timestamp>,
    /// The slot of the targeting key.
    pub(crate) unit: u32,
    pub(crate) overrides: TextMap<Override>,
    /// Each an index into [`references`](Self::references).
    pub(crate) prerequisites: Box<[u32]>,
    pub(crate) rules: Box<[Rule]>,
    /// What the units get that no rule caught.
    pub(crate) own: Option<Distribution>,
    /// The other flags that it asks. Prerequisites and conditions speak of them by index.
    pub(crate) references: Box<[Reference]>,
    /// An attribute that it reads and that the program's context doesn't have. Only a flag that the program
    /// doesn't know can have one.
    pub(crate) foreign: Option<Arc<str>>,
    /// Of all that its answers depend on, other flags' answers apart.
    pub(crate) digest: u128,
}

impl Form {
    /// Stands for a flag of which the program knows no more than how it was generated: nothing but the baseline's ordinal.
    pub(crate) fn unknown(flag: &EmbeddedFlag) -> Self {
        Self {
            key: flag.key.into(),
            variants: Arc::new(Variants {
                ty: flag.ty,
                list: Box::default(),
            }),
            baseline: flag.baseline,
            killed: false,
            enabled: true,
            starts_at: None,
            ends_at: None,
            unit: 0,
            overrides: TextMap::default(),
            prerequisites: Box::default(),
            rules: Box::default(),
            own: None,
            references: Box::default(),
            foreign: None,
            digest: 0,
        }
    }

    /// Whether the form has no values to answer with.
    pub(crate) fn is_unknown(&self) -> bool {
        self.variants.get(self.baseline).is_none()
    }
}

/// What a unit gets whatever the rules say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Override {
    pub(crate) variant: u32,
    pub(crate) until: Option<Timestamp>,
}

impl Override {
    /// Whether it still holds. The time is asked for only where it ends at all.
    #[inline]
    pub(crate) fn holds(&self, now: impl FnOnce() -> Timestamp) -> bool {
        self.until.is_none_or(|until| now() < until)
    }
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: Option<Name>,
    pub(crate) condition: Condition,
    pub(crate) distribution: Distribution,
}

/// Another flag and the variants of which it must answer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) flag: Name,
    pub(crate) variants: Box<[Name]>,
}
