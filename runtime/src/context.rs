//! What the program knows about a request, as evaluation reads it: by slot.

mod attributes;
mod owned;

use core::fmt;
use core::marker::PhantomData;

pub use attributes::{AttributeValue, Attributes, JsonContext};
use flagstone_model::{Timestamp, Version, VersionRef};
pub use owned::OwnedContext;
use owned::PackedTexts;

/// A context: one slot for each attribute, by the index that the attribute has in the program or in a snapshot's
/// [`AttributeTable`](crate::AttributeTable).
///
/// Slots hold values **as they were given**. Whether a value fits the attribute's type is asked by whoever reads it: the
/// text `"17"` in the slot of an `integer` is missing for `gte: 18`, and yet it is the unit where that attribute is
/// the targeting key.
pub trait Slots {
    /// The value of an attribute; [`Slot::Missing`] for an index that the context doesn't have.
    fn slot(&self, index: usize) -> Slot<'_>;
}

impl<T: Slots + ?Sized> Slots for &T {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        (**self).slot(index)
    }
}

/// The context that knows nothing.
impl Slots for () {
    #[inline]
    fn slot(&self, _: usize) -> Slot<'_> {
        Slot::Missing
    }
}

/// The value of one attribute.
///
/// `Debug` shows what kind of value it is and never the value, since the attribute may be private.
#[derive(Clone, Copy, Default)]
pub enum Slot<'a> {
    /// Nothing is known.
    #[default]
    Missing,
    /// Text; for an attribute of type `timestamp` or `semver` it is read when asked about.
    Text(&'a str),
    /// A whole number; an attribute of type `number` takes it too.
    Integer(i64),
    /// A number; one that isn't finite is missing.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A moment.
    Timestamp(Timestamp),
    /// A version.
    Version(&'a Version),
    /// A list of texts.
    Texts(Texts<'a>),
}

impl<'a> Slot<'a> {
    /// The value as the text to bucket by, which is the unit where the attribute is the targeting key: any text
    /// that isn't empty and any integer, whatever type the attribute has.
    #[inline]
    pub fn unit(self) -> Unit<'a> {
        match self {
            Self::Text(text) if !text.is_empty() => Unit::Text(text),
            Self::Integer(integer) => Unit::Integer(integer),
            _ => Unit::None,
        }
    }

    /// The value of a `string`.
    #[inline]
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an `integer`.
    #[inline]
    pub(crate) fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// The value of a `number`.
    #[inline]
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => number.is_finite().then_some(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "the language converts integers to the nearest number"
            )]
            Self::Integer(integer) => Some(integer as f64),
            _ => None,
        }
    }

    /// The value of a `boolean`.
    #[inline]
    pub(crate) fn boolean(self) -> Option<bool> {
        match self {
            Self::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    /// The value of a `timestamp`.
    #[inline]
    pub(crate) fn timestamp(self) -> Option<Timestamp> {
        match self {
            Self::Timestamp(moment) => Some(moment),
            Self::Text(text) => Timestamp::from_time_or_date(text).ok(),
            _ => None,
        }
    }

    /// The value of a `semver`.
    #[inline]
    pub(crate) fn version(self) -> Option<VersionRef<'a>> {
        match self {
            Self::Version(version) => Some(version.as_ref()),
            Self::Text(text) => VersionRef::parse(text).ok(),
            _ => None,
        }
    }

    /// The value of `strings`.
    #[inline]
    pub(crate) fn texts(self) -> Option<Texts<'a>> {
        match self {
            Self::Texts(texts) => Some(texts),
            _ => None,
        }
    }
}

impl fmt::Debug for Slot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Missing",
            Self::Text(_) => "Text(..)",
            Self::Integer(_) => "Integer(..)",
            Self::Number(_) => "Number(..)",
            Self::Boolean(_) => "Boolean(..)",
            Self::Timestamp(_) => "Timestamp(..)",
            Self::Version(_) => "Version(..)",
            Self::Texts(_) => "Texts(..)",
        })
    }
}

macro_rules! slot_from {
    ($($from:ty => $variant:ident),* $(,)?) => {
        $(impl<'a> From<$from> for Slot<'a> {
            #[inline]
            fn from(value: $from) -> Self {
                Self::$variant(value)
            }
        })*
    };
}
slot_from! {
    &'a str => Text,
    i64 => Integer,
    f64 => Number,
    bool => Boolean,
    Timestamp => Timestamp,
    &'a Version => Version,
    Texts<'a> => Texts,
}

/// The text that identifies a unit, or by which it is bucketed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit<'a> {
    /// There is none.
    None,
    /// Text, never empty.
    Text(&'a str),
    /// A whole number, which stands for its decimal form.
    Integer(i64),
}

impl Unit<'_> {
    /// Hands the text over; an integer's is written on the stack. `None` where there is no text.
    #[inline]
    pub(crate) fn with_text<R>(self, read: impl FnOnce(&str) -> R) -> Option<R> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(read(text)),
            Self::Integer(integer) => Some(read(Decimal::new(integer).as_str())),
        }
    }
}

/// Units can be private, so only the kind is shown.
impl fmt::Debug for Unit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Text(_) => "Text(..)",
            Self::Integer(_) => "Integer(..)",
        })
    }
}

/// An integer's decimal form, without an allocation.
struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    fn new(integer: i64) -> Self {
        let mut digits = [b'-'; 20];
        let mut start = digits.len();
        let mut rest = integer.unsigned_abs();
        for place in digits.iter_mut().rev() {
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            start = start.saturating_sub(1);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if integer < 0 {
            // 64 bits have at most 19 digits, so the sign that the array is filled with is still there.
            start = start.saturating_sub(1);
        }
        Self { digits, start }
    }

    fn as_str(&self) -> &str {
        let digits = self.digits.get(self.start..).unwrap_or_default();
        core::str::from_utf8(digits).unwrap_or_default()
    }
}

/// A list of texts, borrowed from whatever holds it.
#[derive(Clone, Copy)]
pub struct Texts<'a>(List<'a>);

#[derive(Clone, Copy)]
enum List<'a> {
    Borrowed(&'a [&'a str]),
    Strings(&'a [String]),
    Packed(&'a PackedTexts),
    /// Every element is a text.
    Json(&'a [serde_json::Value]),
}

impl<'a> Texts<'a> {
    fn packed(texts: &'a PackedTexts) -> Self {
        Self(List::Packed(texts))
    }

    /// The elements of a JSON array; `None` where one of them is no text.
    fn json(values: &'a [serde_json::Value]) -> Option<Self> {
        let all_texts = values.iter().all(serde_json::Value::is_string);
        all_texts.then_some(Self(List::Json(values)))
    }

    /// Whether an element fulfils a test.
    #[inline]
    pub(crate) fn any(self, mut test: impl FnMut(&'a str) -> bool) -> bool {
        match self.0 {
            List::Borrowed(texts) => texts.iter().any(|text| test(text)),
            List::Strings(texts) => texts.iter().any(|text| test(text)),
            List::Packed(texts) => texts.iter().any(test),
            List::Json(values) => values
                .iter()
                .filter_map(serde_json::Value::as_str)
                .any(test),
        }
    }
}

impl<'a> From<&'a [&'a str]> for Texts<'a> {
    fn from(texts: &'a [&'a str]) -> Self {
        Self(List::Borrowed(texts))
    }
}

impl<'a, const N: usize> From<&'a [&'a str; N]> for Texts<'a> {
    fn from(texts: &'a [&'a str; N]) -> Self {
        Self(List::Borrowed(texts))
    }
}

impl<'a> From<&'a [String]> for Texts<'a> {
    fn from(texts: &'a [String]) -> Self {
        Self(List::Strings(texts))
    }
}

impl<'a> From<&'a Vec<String>> for Texts<'a> {
    fn from(texts: &'a Vec<String>) -> Self {
        Self(List::Strings(texts))
    }
}

impl<'a> From<&'a Vec<&'a str>> for Texts<'a> {
    fn from(texts: &'a Vec<&'a str>) -> Self {
        Self(List::Borrowed(texts))
    }
}

/// The elements may be private, so none is shown.
impl fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Texts(..)")
    }
}

/// What a `semver` attribute can be given: a parsed version, or text that is read when a rule asks.
#[derive(Debug, Clone, Copy)]
pub struct SemverArgument<'a>(Slot<'a>);

impl<'a> From<&'a Version> for SemverArgument<'a> {
    #[inline]
    fn from(version: &'a Version) -> Self {
        Self(Slot::Version(version))
    }
}

impl<'a> From<&'a str> for SemverArgument<'a> {
    #[inline]
    fn from(text: &'a str) -> Self {
        Self(Slot::Text(text))
    }
}

impl<'a> From<&'a String> for SemverArgument<'a> {
    #[inline]
    fn from(text: &'a String) -> Self {
        Self(Slot::Text(text))
    }
}

impl<'a> From<SemverArgument<'a>> for Slot<'a> {
    #[inline]
    fn from(argument: SemverArgument<'a>) -> Self {
        argument.0
    }
}

/// A borrowed context with `N` slots: what generated code wraps. Building one allocates nothing.
///
/// `S` marks the flag set that the context is for, so that another set's context is a type error.
pub struct Context<'a, S, const N: usize> {
    slots: [Slot<'a>; N],
    set: PhantomData<fn() -> S>,
}

impl<'a, S, const N: usize> Context<'a, S, N> {
    /// The context that knows nothing yet.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self {
            slots: [Slot::Missing; N],
            set: PhantomData,
        }
    }

    /// The context with a value in one more slot. An index that it doesn't have changes nothing.
    #[inline]
    #[must_use]
    pub fn set(mut self, index: usize, value: impl Into<Slot<'a>>) -> Self {
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = value.into();
        }
        self
    }
}

impl<S, const N: usize> Slots for Context<'_, S, N> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        self.slots.get(index).copied().unwrap_or(Slot::Missing)
    }
}

impl<S, const N: usize> Clone for Context<'_, S, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const N: usize> Copy for Context<'_, S, N> {}

impl<S, const N: usize> Default for Context<'_, S, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, const N: usize> fmt::Debug for Context<'_, S, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&self.slots).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_is_a_unit_in_decimal() {
        for integer in [0, 7, -7, 10, 1_234_567_890, i64::MAX, i64::MIN] {
            let text = Slot::Integer(integer).unit().with_text(str::to_owned);
            assert_eq!(text, Some(integer.to_string()));
        }
    }

    #[test]
    fn only_texts_and_integers_are_units() {
        let version = "1.0".parse::<Version>().unwrap();
        for slot in [
            Slot::Missing,
            Slot::Text(""),
            Slot::Number(5.0),
            Slot::Boolean(true),
            Slot::Timestamp(Timestamp::from_milliseconds(0)),
            Slot::Version(&version),
            Slot::Texts((&["a"]).into()),
        ] {
            assert_eq!(slot.unit(), Unit::None, "{slot:?}");
        }
        assert_eq!(Slot::Text(" ").unit(), Unit::Text(" "));
    }

    #[test]
    fn a_slot_is_as_small_as_its_parts_allow() {
        assert!(size_of::<Slot<'_>>() <= 32);
    }

    #[test]
    fn debug_shows_no_value() {
        let context = Context::<(), 2>::new().set(0, "secret").set(1, 4711);
        assert_eq!(format!("{context:?}"), "Context([Text(..), Integer(..)])");
    }
}
