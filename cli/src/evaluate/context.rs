//! What a request says about itself, by slot.

use std::borrow::Cow;
use std::collections::HashSet;

use flagstone::{AttributeTable, Slot, Slots, TableEntry, Texts};

use super::reader::{Malformed, Number, Reader};
use crate::nearest::{DidYouMean, nearest};

/// The value of an attribute as it was given.
#[derive(Default)]
pub(super) enum Given<'l> {
    /// Null, an object, or a list with an element that is no text.
    #[default]
    Missing,
    Text(Cow<'l, str>),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Texts(Vec<String>),
    /// A list whose texts stand in the line as they are meant.
    BorrowedTexts(Vec<&'l str>),
}

impl<'l> Given<'l> {
    /// Reads the next value.
    pub(super) fn read(reader: &mut Reader<'l>) -> Result<Self, Malformed> {
        Ok(match reader.peek() {
            Some(b'"') => Self::Text(reader.text()?),
            Some(b'-' | b'0'..=b'9') => Self::from(reader.number()?),
            Some(b'[') => Self::list(reader)?,
            Some(b'{') => {
                reader.skip()?;
                Self::Missing
            }
            _ => reader.word()?.map_or(Self::Missing, Self::Boolean),
        })
    }

    /// Reads a list: one element that is no text spoils it.
    pub(super) fn list(reader: &mut Reader<'l>) -> Result<Self, Malformed> {
        let mut texts = Vec::new();
        let mut is_spoilt = false;
        reader.list(|reader| {
            if reader.peek() == Some(b'"') {
                texts.push(reader.text()?);
                return Ok(());
            }
            is_spoilt = true;
            reader.skip()
        })?;
        if is_spoilt {
            return Ok(Self::Missing);
        }
        let borrowed = texts.iter().map(|text| match text {
            Cow::Borrowed(text) => Some(*text),
            Cow::Owned(_) => None,
        });
        Ok(match borrowed.collect() {
            Some(texts) => Self::BorrowedTexts(texts),
            None => Self::Texts(texts.into_iter().map(Cow::into_owned).collect()),
        })
    }
}

impl From<Number> for Given<'_> {
    fn from(number: Number) -> Self {
        match number {
            Number::Integer(integer) => Self::Integer(integer),
            Number::Float(number) => Self::Number(number),
        }
    }
}

/// A context that borrows from the lines that it is read from, and is used again for the next.
pub(super) struct Context<'l> {
    slots: Vec<Given<'l>>,
}

impl<'l> Context<'l> {
    /// The context that knows nothing.
    pub(super) fn new(schema: &AttributeTable) -> Self {
        let slots = (0..schema.len()).map(|_| Given::Missing);
        Self {
            slots: slots.collect(),
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.slots.fill_with(Given::default);
    }

    /// Says what an attribute is; of two values the later one holds.
    pub(super) fn set(&mut self, slot: usize, value: Given<'l>) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = value;
        }
    }

    /// Reads an object with attributes' names as its keys. Of two objects the later one holds.
    pub(super) fn read(
        &mut self,
        reader: &mut Reader<'l>,
        schema: &AttributeTable,
        ignored: &mut Ignored,
    ) -> Result<(), Malformed> {
        self.clear();
        reader.object(|reader, name| {
            let value = Given::read(reader)?;
            match schema.index(&name) {
                Some(slot) => self.set(slot, value),
                None => ignored.add(Place::Context, &name, attributes(schema)),
            }
            Ok(())
        })
    }
}

impl Slots for Context<'_> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        match self.slots.get(index) {
            None | Some(Given::Missing) => Slot::Missing,
            Some(Given::Text(text)) => Slot::Text(text),
            Some(Given::Integer(integer)) => Slot::Integer(*integer),
            Some(Given::Number(number)) => Slot::Number(*number),
            Some(Given::Boolean(boolean)) => Slot::Boolean(*boolean),
            Some(Given::Texts(texts)) => Slot::Texts(Texts::from(texts)),
            Some(Given::BorrowedTexts(texts)) => Slot::Texts(Texts::from(texts)),
        }
    }
}

/// The names of the attributes that are declared.
pub(super) fn attributes(schema: &AttributeTable) -> impl Iterator<Item = &str> {
    schema.iter().map(TableEntry::name)
}

/// Where a name stands that is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Among the attributes.
    Context,
    /// Beside `flag` and `context`.
    Request,
}

/// Names that mean nothing here, each to be told once.
#[derive(Default)]
pub(super) struct Ignored {
    seen: HashSet<(Place, Box<str>)>,
    fresh: Vec<String>,
}

impl Ignored {
    /// Someone who gives a thousand unknown names doesn't read warnings, and memory is to stay bounded.
    const MOST: usize = 1000;

    /// Notes a name; `known` are those that would mean something.
    pub(super) fn add<'n>(
        &mut self,
        place: Place,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        if self.seen.len() == Self::MOST || !self.seen.insert((place, name.into())) {
            return;
        }
        // A name is shown as a literal would be, so that none can steer the terminal.
        let hint = DidYouMean(nearest(name, known));
        self.fresh.push(match place {
            Place::Context => {
                format!("the attribute {name:?} isn't declared, so it is ignored{hint}")
            }
            Place::Request => {
                format!(
                    "the key {name:?} of a request is ignored{hint}; there are `flag` and `context`"
                )
            }
        });
        if self.seen.len() == Self::MOST {
            self.fresh
                .push("further names that mean nothing are ignored silently".into());
        }
    }

    /// The warnings that nobody has been told yet.
    pub(super) fn take(&mut self) -> impl Iterator<Item = String> + '_ {
        self.fresh.drain(..)
    }
}
