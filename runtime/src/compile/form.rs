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
    /// The slot of the targeting key.
    pub(crate) unit: u32,
    /// Nothing where all of it is empty, as it is for most flags.
    pub(super) more: Option<Box<More>>,
    pub(crate) rules: Box<[Rule]>,
    /// What the units get that no rule caught.
    pub(crate) own: Option<Distribution>,
    /// Of all that its answers depend on, other flags' answers apart.
    pub(crate) digest: u128,
}

/// What few flags have, in a place of its own so that it takes no memory from the others.
#[derive(Debug, Default)]
pub(crate) struct More {
    pub(crate) starts_at: Option<Timestamp>,
    pub(crate) ends_at: Option<Timestamp>,
    pub(crate) overrides: Overrides,
    /// Each an index into [`references`](Self::references).
    pub(crate) prerequisites: Box<[u32]>,
    /// The other flags that it asks. Prerequisites and conditions speak of them by index.
    pub(crate) references: Box<[Reference]>,
    /// An attribute that it reads and that the program's context doesn't have. Only a flag that the program
    /// doesn't know can have one.
    pub(crate) foreign: Option<Arc<str>>,
}

impl More {
    /// The same, or nothing where all of it is empty.
    pub(super) fn boxed(self) -> Option<Box<Self>> {
        let is_empty = self.starts_at.is_none()
            && self.ends_at.is_none()
            && self.overrides.is_empty()
            && self.prerequisites.is_empty()
            && self.references.is_empty()
            && self.foreign.is_none();
        (!is_empty).then(|| Box::new(self))
    }
}

impl Form {
    #[inline]
    pub(crate) fn starts_at(&self) -> Option<Timestamp> {
        self.more.as_ref()?.starts_at
    }

    #[inline]
    pub(crate) fn ends_at(&self) -> Option<Timestamp> {
        self.more.as_ref()?.ends_at
    }

    /// The units that get a variant whatever the rules say; nothing where there are none.
    #[inline]
    pub(crate) fn overrides(&self) -> Option<&Overrides> {
        let more = self.more.as_ref()?;
        (!more.overrides.is_empty()).then_some(&more.overrides)
    }

    /// Each an index into [`references`](Self::references).
    #[inline]
    pub(crate) fn prerequisites(&self) -> &[u32] {
        self.more.as_ref().map_or(&[], |more| &more.prerequisites)
    }

    /// The other flags that it asks. Prerequisites and conditions speak of them by index.
    pub(crate) fn references(&self) -> &[Reference] {
        self.more.as_ref().map_or(&[], |more| &more.references)
    }

    /// An attribute that it reads and that the program's context doesn't have.
    pub(crate) fn foreign(&self) -> Option<&Arc<str>> {
        self.more.as_ref()?.foreign.as_ref()
    }

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
            unit: 0,
            more: None,
            rules: Box::default(),
            own: None,
            digest: 0,
        }
    }

    /// Whether the form has no values to answer with.
    pub(crate) fn is_unknown(&self) -> bool {
        self.variants.get(self.baseline).is_none()
    }
}

/// The units that get a variant whatever the rules say, and what they get; each unit stands once.
#[derive(Debug)]
pub(crate) enum Overrides {
    /// So few that comparing with each takes no longer than a hash, and less memory.
    Few(Box<[(Box<str>, Override)]>),
    Many(Box<TextMap<Override>>),
}

impl Overrides {
    const FEW: usize = 8;

    pub(super) fn new(entries: impl ExactSizeIterator<Item = (Box<str>, Override)>) -> Self {
        if entries.len() <= Self::FEW {
            Self::Few(entries.collect())
        } else {
            Self::Many(Box::new(entries.collect()))
        }
    }

    pub(crate) fn get(&self, unit: &str) -> Option<&Override> {
        match self {
            Self::Few(list) => {
                let mut entries = list.iter();
                let found = entries.find(|(overridden, _)| **overridden == *unit);
                found.map(|(_, given)| given)
            }
            Self::Many(map) => map.get(unit),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Few(list) if list.is_empty())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Override)> {
        let (few, many) = match self {
            Self::Few(list) => (&**list, None),
            Self::Many(map) => (&[][..], Some(map)),
        };
        let few = few.iter().map(|(unit, given)| (&**unit, given));
        few.chain(many.into_iter().flat_map(|map| map.iter()))
    }
}

impl Default for Overrides {
    fn default() -> Self {
        Self::Few(Box::default())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_overrides_answer_alike() {
        for (count, are_few) in [
            (0, true),
            (1, true),
            (7, true),
            (8, true),
            (9, false),
            (10, false),
            (300, false),
        ] {
            let units: Vec<(String, u32)> = (0..count)
                .map(|variant| (format!("u-{variant}"), variant))
                .collect();
            let overrides = Overrides::new(units.iter().map(|(unit, variant)| {
                let given = Override {
                    variant: *variant,
                    until: None,
                };
                (unit.as_str().into(), given)
            }));
            assert_eq!(
                matches!(overrides, Overrides::Few(_)),
                are_few,
                "{count} overrides"
            );
            assert_eq!(overrides.is_empty(), count == 0, "{count} overrides");
            for (unit, variant) in &units {
                let given = overrides.get(unit).map(|given| given.variant);
                assert_eq!(given, Some(*variant), "{unit} of {count}");
            }
            for absent in ["", "u-", "U-0", &format!("u-{count}")] {
                assert!(overrides.get(absent).is_none(), "{absent} of {count}");
            }
            let mut listed: Vec<(String, u32)> = overrides
                .iter()
                .map(|(unit, given)| (unit.to_owned(), given.variant))
                .collect();
            listed.sort_unstable_by_key(|(_, variant)| *variant);
            assert_eq!(listed, units, "{count} overrides");
        }
    }
}
