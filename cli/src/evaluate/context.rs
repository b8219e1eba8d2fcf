//! What a request says about itself, by slot.

use std::borrow::Cow;

use flagstone::{AttributeTable, Slot, Slots, Texts};

use super::attributes::{Attributes, Warnings};
use super::reader::{Malformed, Number, Reader};

/// The value of an attribute as it was given.
#[derive(Default)]
pub(super) enum Given<'l> {
    /// Nothing, or null.
    #[default]
    Missing,
    /// An object, or a list with an element that is no text.
    Spoilt,
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
                Self::Spoilt
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
            return Ok(Self::Spoilt);
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
pub(crate) struct Context<'l> {
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
        attributes: &Attributes<'_>,
        warnings: &mut Warnings,
    ) -> Result<(), Malformed> {
        self.clear();
        reader.object(|reader, name| {
            let value = Given::read(reader)?;
            let Some(slot) = attributes.table.index(&name) else {
                warnings.undeclared(&name, attributes);
                return Ok(());
            };
            attributes.judge(slot, &value, warnings);
            self.set(slot, value);
            Ok(())
        })
    }
}

impl Slots for Context<'_> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        match self.slots.get(index) {
            None | Some(Given::Missing | Given::Spoilt) => Slot::Missing,
            Some(Given::Text(text)) => Slot::Text(text),
            Some(Given::Integer(integer)) => Slot::Integer(*integer),
            Some(Given::Number(number)) => Slot::Number(*number),
            Some(Given::Boolean(boolean)) => Slot::Boolean(*boolean),
            Some(Given::Texts(texts)) => Slot::Texts(Texts::from(texts)),
            Some(Given::BorrowedTexts(texts)) => Slot::Texts(Texts::from(texts)),
        }
    }
}
