//! Contexts by attribute name, for tools: built by hand, or read from JSON.

use core::fmt;

use flagstone_model::{Timestamp, Version};
use serde_json::{Map, Value};

use super::{Slot, Slots, Texts};
use crate::snapshot::AttributeTable;

/// A context by attribute name. It fits any snapshot; names that a snapshot's document doesn't declare are ignored.
///
/// ```
/// use flagstone::Attributes;
///
/// let attributes = Attributes::new()
///     .set("user_id", "u-17")
///     .set("account_age_days", 45);
/// assert_eq!(attributes.names().collect::<Vec<_>>(), ["user_id", "account_age_days"]);
/// assert!(!format!("{attributes:?}").contains("u-17"), "values stay out of logs");
/// ```
#[derive(Clone, Default)]
pub struct Attributes {
    values: Vec<(Box<str>, AttributeValue)>,
}

impl Attributes {
    /// The context that knows nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The context that also knows an attribute; a value set before under that name is gone.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<AttributeValue>) -> Self {
        self.insert(name, value.into());
        self
    }

    /// Reads a JSON object: whole numbers of 64 bits are integers, other numbers are numbers, and so on; null, objects and
    /// lists with an element that is no text are missing.
    #[must_use]
    pub fn from_json(object: &Map<String, Value>) -> Self {
        let mut attributes = Self::new();
        for (name, value) in object {
            if let Some(value) = AttributeValue::from_json(value) {
                attributes.insert(name, value);
            }
        }
        attributes
    }

    /// The names that have a value, in the order in which they were set first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(name, _)| &**name)
    }

    fn insert(&mut self, name: &str, value: AttributeValue) {
        match self.values.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, known)) => *known = value,
            None => self.values.push((name.into(), value)),
        }
    }

    /// The context as a snapshot's slots.
    pub(crate) fn bind<'a>(&'a self, table: &AttributeTable) -> BoundAttributes<'a> {
        let mut slots = vec![Slot::Missing; table.len()];
        for (name, value) in &self.values {
            if let Some(slot) = table.index(name).and_then(|index| slots.get_mut(index)) {
                *slot = value.as_slot();
            }
        }
        BoundAttributes { slots }
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self
            .values
            .iter()
            .map(|(name, value)| (name, value.as_slot()));
        f.debug_map().entries(kinds).finish()
    }
}

/// Attributes in the order of a snapshot's slots.
pub(crate) struct BoundAttributes<'a> {
    slots: Vec<Slot<'a>>,
}

impl Slots for BoundAttributes<'_> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        self.slots.get(index).copied().unwrap_or(Slot::Missing)
    }
}

/// The value of an attribute, owned. `Debug` shows its kind only.
#[derive(Clone)]
#[non_exhaustive]
pub enum AttributeValue {
    /// Text; it stands for a moment or a version too.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A moment.
    Timestamp(Timestamp),
    /// A version.
    Version(Version),
    /// A list of texts.
    Texts(Vec<String>),
}

impl AttributeValue {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Null | Value::Object(_) => None,
            Value::Bool(boolean) => Some(Self::Boolean(*boolean)),
            Value::Number(number) => number
                .as_i64()
                .map(Self::Integer)
                .or_else(|| number.as_f64().map(Self::Number)),
            Value::String(text) => Some(Self::Text(text.as_str().into())),
            Value::Array(elements) => elements
                .iter()
                .map(|element| element.as_str().map(str::to_owned))
                .collect::<Option<_>>()
                .map(Self::Texts),
        }
    }

    fn as_slot(&self) -> Slot<'_> {
        match self {
            Self::Text(text) => Slot::Text(text),
            Self::Integer(integer) => Slot::Integer(*integer),
            Self::Number(number) => Slot::Number(*number),
            Self::Boolean(boolean) => Slot::Boolean(*boolean),
            Self::Timestamp(moment) => Slot::Timestamp(*moment),
            Self::Version(version) => Slot::Version(version),
            Self::Texts(texts) => Slot::Texts(texts.into()),
        }
    }
}

impl fmt::Debug for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slot().fmt(f)
    }
}

macro_rules! value_from {
    ($($from:ty => $variant:ident),* $(,)?) => {
        $(impl From<$from> for AttributeValue {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}
value_from! {
    &str => Text,
    String => Text,
    i32 => Integer,
    i64 => Integer,
    f64 => Number,
    bool => Boolean,
    Timestamp => Timestamp,
    Version => Version,
    Vec<String> => Texts,
}

/// A JSON object read as a context, borrowing its texts: one allocation, for the slots.
///
/// [`AttributeTable::json_context`] makes it.
pub struct JsonContext<'a> {
    slots: Box<[Slot<'a>]>,
}

impl<'a> JsonContext<'a> {
    pub(crate) fn new(table: &AttributeTable, object: &'a Map<String, Value>) -> Self {
        let mut slots = vec![Slot::Missing; table.len()];
        for (name, value) in object {
            if let Some(slot) = table.index(name).and_then(|index| slots.get_mut(index)) {
                *slot = slot_of(value);
            }
        }
        Self {
            slots: slots.into(),
        }
    }
}

impl Slots for JsonContext<'_> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        self.slots.get(index).copied().unwrap_or(Slot::Missing)
    }
}

impl fmt::Debug for JsonContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonContext").field(&self.slots).finish()
    }
}

fn slot_of(value: &Value) -> Slot<'_> {
    match value {
        Value::Null | Value::Object(_) => Slot::Missing,
        Value::Bool(boolean) => Slot::Boolean(*boolean),
        // 5.0 is no integer, and a whole number beyond 64 bits with sign is only a number.
        Value::Number(number) => number.as_i64().map_or_else(
            || number.as_f64().map_or(Slot::Missing, Slot::Number),
            Slot::Integer,
        ),
        Value::String(text) => Slot::Text(text),
        Value::Array(elements) => Texts::json(elements).map_or(Slot::Missing, Slot::Texts),
    }
}
