//! The value of one attribute, as it was given.

use core::fmt;

use flagstone_model::{Timestamp, Version, VersionRef};

use super::{Texts, Unit};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_as_small_as_its_parts_allow() {
        assert!(size_of::<Slot<'_>>() <= 32);
    }
}
