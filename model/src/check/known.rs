//! What a document declares, by name, for whatever refers to it.

use core::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::read::Fields;
use super::report::{Holder, Report};
use crate::definition::{Definition, Environment, Flag, Retired, Segment};
use crate::quoted::Excerpt;
use crate::{
    Attribute, AttributeIndex, ContextSchema, EnvironmentIndex, Name, SegmentIndex, Span,
    VariantIndex, Variants,
};

/// The declarations of a document.
#[derive(Debug, Default)]
pub(super) struct Known<'t> {
    /// The context's attributes, those that are wrong included, so that their indices hold.
    pub(super) attributes: Vec<Attribute>,
    pub(super) attribute_by_name: HashMap<Name, AttributeIndex>,
    pub(super) targeting_key: Option<AttributeIndex>,
    pub(super) environments: Vec<Environment>,
    pub(super) environment_by_name: HashMap<Name, EnvironmentIndex>,
    pub(super) segment_by_name: HashMap<Name, SegmentIndex>,
    /// The segments in the document's order.
    pub(super) segment_names: Vec<Name>,
    /// The values of attributes with a closed list so long that it isn't searched from its beginning.
    pub(super) long_lists: HashMap<Name, HashSet<Box<str>>>,
    pub(super) retired: HashMap<Name, Retired>,
    /// Retired keys in the document's order.
    pub(super) retired_order: Vec<Name>,
    pub(super) heads: Vec<Head<'t>>,
    index: FlagIndex,
}

/// Where flags stand by their keys. It is made when the first is looked for, since in most documents no flag refers to another.
#[derive(Debug, Default)]
pub(super) struct FlagIndex(OnceCell<HashMap<Name, usize>>);

impl FlagIndex {
    /// The place of a key among all of them.
    pub(super) fn find<'n>(
        &self,
        key: &str,
        keys: impl Iterator<Item = &'n Name>,
    ) -> Option<usize> {
        let index = self.0.get_or_init(|| keys.cloned().zip(0..).collect());
        index.get(key).copied()
    }
}

/// What others need to know of a flag before its body is checked.
#[derive(Debug)]
pub(super) struct Head<'t> {
    pub(super) key: Name,
    pub(super) span: Span,
    /// Its keys; nothing where it is no mapping.
    pub(super) fields: Option<Fields<'t>>,
    /// Nothing where they are wrong.
    pub(super) variants: Option<Rc<Choices>>,
}

/// A flag's variants, found by name at once however many there are.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) variants: Variants,
    /// Empty where there are so few that they are searched.
    by_name: HashMap<Name, VariantIndex>,
}

impl Choices {
    pub(super) fn new(variants: Variants) -> Self {
        let mut by_name = HashMap::new();
        if variants.list.len() > SEARCHED {
            let names = variants.list.iter().enumerate();
            by_name.extend(
                names.map(|(index, variant)| (variant.name.clone(), VariantIndex::new(index))),
            );
        }
        Self { variants, by_name }
    }

    pub(super) fn find(&self, name: &str) -> Option<VariantIndex> {
        if self.by_name.is_empty() {
            self.variants.find(name)
        } else {
            self.by_name.get(name).copied()
        }
    }
}

/// As many names as are searched from the beginning; more are hashed.
const SEARCHED: usize = 16;

impl<'t> Known<'t> {
    /// The attribute whose value names the unit.
    pub(super) fn targeting_key(&self) -> AttributeIndex {
        self.targeting_key.unwrap_or(AttributeIndex::new(0))
    }

    /// The attribute of a name.
    pub(super) fn attribute_named(&self, name: &str) -> Option<AttributeIndex> {
        if self.attributes.len() > SEARCHED {
            return self.attribute_by_name.get(name).copied();
        }
        let mut attributes = self.attributes.iter();
        let place = attributes.position(|attribute| attribute.name.as_str() == name)?;
        Some(AttributeIndex::new(place))
    }

    pub(super) fn attribute(&self, index: AttributeIndex) -> Option<&Attribute> {
        self.attributes.get(index.get())
    }

    pub(super) fn head(&self, key: &str) -> Option<&Head<'t>> {
        let keys = self.heads.iter().map(|head| &head.key);
        self.heads.get(self.index.find(key, keys)?)
    }

    /// Keeps the values of a closed list where they are found fast.
    pub(super) fn keep_closed_list(&mut self, attribute: &Attribute) {
        let values = attribute.values.as_deref().unwrap_or_default();
        if values.len() > SEARCHED {
            let values = values.iter().cloned().collect();
            self.long_lists.insert(attribute.name.clone(), values);
        }
    }

    /// Whether a text is one of the attribute's closed list; of an attribute without one, none is.
    pub(super) fn is_in_closed_list(&self, attribute: &Attribute, text: &str) -> bool {
        if let Some(values) = self.long_lists.get(&attribute.name) {
            return values.contains(text);
        }
        let values = attribute.values.as_deref().unwrap_or_default();
        values.iter().any(|value| **value == *text)
    }

    /// That a flag was retired, when, and what its note says.
    pub(super) fn retirement(retired: &Retired) -> String {
        let Retired {
            key, date, note, ..
        } = retired;
        match note {
            Some(note) => format!("the flag `{key}` was retired on {date}: {}", Excerpt(note)),
            None => format!("the flag `{key}` was retired on {date}"),
        }
    }

    pub(super) fn into_definition(self, segments: Vec<Segment>, bodies: Bodies) -> Declared {
        let targeting_key = self.targeting_key();
        let Self {
            attributes,
            environments,
            heads,
            index,
            mut retired,
            retired_order,
            ..
        } = self;
        let keys = heads
            .into_iter()
            .map(|head| (head.key, head.span))
            .collect();
        Declared {
            context: ContextSchema {
                targeting_key,
                attributes,
            },
            environments,
            segments,
            retired: retired_order
                .iter()
                .filter_map(|key| retired.remove(key))
                .collect(),
            keys,
            index,
            flags: bodies.flags,
            places: bodies.places,
            sketches: bodies.sketches,
        }
    }
}

/// The flags whose bodies could be read.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) flags: Vec<Flag>,
    /// The place of each among the heads.
    pub(super) places: Vec<usize>,
    /// What [`rust_names::sketch`](super::rust_names::sketch) makes of each.
    pub(super) sketches: Vec<u64>,
}

impl Bodies {
    pub(super) fn with_room_for(flags: usize) -> Self {
        Self {
            flags: Vec::with_capacity(flags),
            places: Vec::with_capacity(flags),
            sketches: Vec::with_capacity(flags),
        }
    }
}

/// All that a document declares, with gaps where a flag is wrong.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) context: ContextSchema,
    pub(super) environments: Vec<Environment>,
    pub(super) segments: Vec<Segment>,
    pub(super) retired: Vec<Retired>,
    /// The keys of the declared flags, and where they stand.
    pub(super) keys: Vec<(Name, Span)>,
    index: FlagIndex,
    /// The flags that could be read, in the same order.
    pub(super) flags: Vec<Flag>,
    /// The place of each among the declared.
    pub(super) places: Vec<usize>,
    /// What [`rust_names::sketch`](super::rust_names::sketch) makes of each.
    pub(super) sketches: Vec<u64>,
}

impl Declared {
    /// Whether a flag or a segment may refer to another. Where there is no segment, and none of the flags was looked for,
    /// nothing does.
    pub(super) fn may_refer(&self) -> bool {
        !self.segments.is_empty() || self.index.0.get().is_some()
    }

    /// The flags that could be read, with their places among the declared.
    /// The place of a key among the declared ones.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.index.find(key, self.keys.iter().map(|(key, _)| key))
    }

    pub(super) fn flags(&self) -> impl Iterator<Item = (usize, &Flag)> {
        self.places.iter().copied().zip(&self.flags)
    }

    /// The keys of the flags that something spoils.
    pub(super) fn broken_keys(&self, report: &Report) -> BTreeSet<Name> {
        let broken = report.broken.iter().filter_map(|holder| match holder {
            Holder::Flag(index) => self.keys.get(*index),
            _ => None,
        });
        broken.map(|(key, _)| key.clone()).collect()
    }

    /// Keeps the flags that nothing spoils.
    pub(super) fn into_good(self, report: &Report) -> Definition {
        let mut places = self.places.into_iter();
        let mut flags = self.flags;
        flags.retain(|_| {
            let place = places.next();
            place.is_some_and(|place| !report.is_broken(Holder::Flag(place)))
        });
        Definition {
            context: self.context,
            segments: self.segments,
            environments: self.environments,
            flags,
            retired: self.retired,
        }
    }
}
