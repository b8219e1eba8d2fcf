//! A context that owns its values, for scopes, which outlive what a context borrows.

use core::fmt;

use flagstone_model::{Timestamp, Version};

use super::{Slot, Slots, Texts};

/// A copy of a context: one allocation for its texts, one for its slots, and one or two for each list of texts.
///
/// `Debug` shows what kinds of values there are and never a value.
pub struct OwnedContext {
    text: Box<str>,
    slots: Box<[OwnedSlot]>,
}

enum OwnedSlot {
    Missing,
    Text { start: u32, end: u32 },
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Timestamp(Timestamp),
    Version(Version),
    Texts(PackedTexts),
}

impl OwnedContext {
    /// Copies the first `count` slots of a context.
    pub fn copy_of(context: &impl Slots, count: usize) -> Self {
        let length = (0..count)
            .filter_map(|index| context.slot(index).text())
            .map(str::len)
            .sum();
        let mut text = String::with_capacity(length);
        let slots = (0..count)
            .map(|index| OwnedSlot::copy_of(context.slot(index), &mut text))
            .collect();
        Self {
            text: text.into_boxed_str(),
            slots,
        }
    }
}

impl Slots for OwnedContext {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        match self.slots.get(index) {
            None | Some(OwnedSlot::Missing) => Slot::Missing,
            Some(OwnedSlot::Text { start, end }) => self
                .text
                .get(*start as usize..*end as usize)
                .map_or(Slot::Missing, Slot::Text),
            Some(OwnedSlot::Integer(integer)) => Slot::Integer(*integer),
            Some(OwnedSlot::Number(number)) => Slot::Number(*number),
            Some(OwnedSlot::Boolean(boolean)) => Slot::Boolean(*boolean),
            Some(OwnedSlot::Timestamp(moment)) => Slot::Timestamp(*moment),
            Some(OwnedSlot::Version(version)) => Slot::Version(version),
            Some(OwnedSlot::Texts(texts)) => Slot::Texts(Texts::packed(texts)),
        }
    }
}

impl OwnedSlot {
    fn copy_of(slot: Slot<'_>, buffer: &mut String) -> Self {
        match slot {
            Slot::Missing => Self::Missing,
            Slot::Text(text) => {
                let start = buffer.len();
                buffer.push_str(text);
                // 4 GiB of text in one context is no context; what lies beyond is missing.
                match (u32::try_from(start), u32::try_from(buffer.len())) {
                    (Ok(start), Ok(end)) => Self::Text { start, end },
                    _ => Self::Missing,
                }
            }
            Slot::Integer(integer) => Self::Integer(integer),
            Slot::Number(number) => Self::Number(number),
            Slot::Boolean(boolean) => Self::Boolean(boolean),
            Slot::Timestamp(moment) => Self::Timestamp(moment),
            Slot::Version(version) => Self::Version(version.clone()),
            Slot::Texts(texts) => Self::Texts(PackedTexts::new(texts)),
        }
    }
}

impl fmt::Debug for OwnedContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for index in 0..self.slots.len() {
            list.entry(&self.slot(index));
        }
        list.finish()
    }
}

/// A list of texts, one behind the other, with the place where each ends.
pub(super) struct PackedTexts {
    text: Box<str>,
    ends: Box<[usize]>,
}

impl PackedTexts {
    fn new(texts: Texts<'_>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        // The test never holds, so every element is visited.
        texts.any(|element| {
            text.push_str(element);
            ends.push(text.len());
            false
        });
        Self {
            text: text.into(),
            ends: ends.into(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = core::iter::once(&0).chain(&self.ends);
        starts
            .zip(&self.ends)
            .filter_map(|(start, end)| self.text.get(*start..*end))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Context;
    use super::*;

    #[test]
    fn a_copy_answers_like_its_original() {
        let version = "2.1.0-rc.1".parse::<Version>().unwrap();
        let lists: [&[&str]; 3] = [&[], &[""], &["a", "", "größe"]];
        for list in lists {
            let context = Context::<(), 9>::new()
                .set(0, "u-17")
                .set(1, -5)
                .set(2, 0.5)
                .set(3, true)
                .set(4, Timestamp::from_milliseconds(12))
                .set(5, &version)
                .set(6, Texts::from(list))
                .set(7, "");
            let copy = OwnedContext::copy_of(&context, 9);
            assert_eq!(copy.slot(0).text(), Some("u-17"));
            assert_eq!(copy.slot(1).integer(), Some(-5));
            assert_eq!(copy.slot(2).number(), Some(0.5));
            assert_eq!(copy.slot(3).boolean(), Some(true));
            assert_eq!(
                copy.slot(4).timestamp(),
                Some(Timestamp::from_milliseconds(12))
            );
            assert_eq!(copy.slot(5).version(), Some(version.as_ref()));
            let mut elements = Vec::new();
            copy.slot(6).texts().unwrap().any(|element| {
                elements.push(element.to_owned());
                false
            });
            assert_eq!(elements, list);
            assert_eq!(copy.slot(7).text(), Some(""));
            for missing in [8, 9, 100] {
                assert!(matches!(copy.slot(missing), Slot::Missing), "{missing}");
            }
        }
    }
}
