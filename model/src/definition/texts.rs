//! Texts of a document, many of them in few allocations.

use core::fmt;
use core::iter::FusedIterator;

/// Texts in the order in which they were written, one behind the other in one allocation.
///
/// Documents are at most 16 MiB, so 32 bits hold any place; of more than 4 GiB of texts, those behind would be empty.
///
/// ```
/// use flagstone_model::Texts;
///
/// let texts = Texts::from_iter(["DE", "FR"]);
/// assert_eq!(texts.len(), 2);
/// assert!(texts.iter().eq(["DE", "FR"]));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Texts {
    joined: Box<str>,
    /// Where each ends.
    ends: Box<[u32]>,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The texts, in their order.
    pub fn iter(&self) -> TextsIter<'_> {
        TextsIter {
            joined: &self.joined,
            start: 0,
            ends: self.ends.iter(),
        }
    }
}

impl<'a> IntoIterator for &'a Texts {
    type Item = &'a str;
    type IntoIter = TextsIter<'a>;

    fn into_iter(self) -> TextsIter<'a> {
        self.iter()
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut builder = TextsBuilder::default();
        texts.into_iter().for_each(|text| builder.push(text));
        builder.finish()
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The texts of a [`Texts`], one after the other.
#[derive(Debug, Clone)]
pub struct TextsIter<'a> {
    joined: &'a str,
    start: usize,
    ends: core::slice::Iter<'a, u32>,
}

impl<'a> Iterator for TextsIter<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let end = *self.ends.next()? as usize;
        let text = self.joined.get(self.start..end).unwrap_or_default();
        self.start = end;
        Some(text)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ends.size_hint()
    }
}

impl ExactSizeIterator for TextsIter<'_> {}

impl FusedIterator for TextsIter<'_> {}

/// Texts that are still being gathered.
#[derive(Default)]
pub(crate) struct TextsBuilder {
    joined: String,
    ends: Vec<u32>,
}

impl TextsBuilder {
    /// Room for so many texts with so many bytes together.
    pub(crate) fn with_room_for(texts: usize, bytes: usize) -> Self {
        Self {
            joined: String::with_capacity(bytes),
            ends: Vec::with_capacity(texts),
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.joined.push_str(text);
        let end = u32::try_from(self.joined.len());
        self.ends.push(end.unwrap_or(u32::MAX));
    }

    pub(crate) fn finish(self) -> Texts {
        Texts {
            joined: self.joined.into(),
            ends: self.ends.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_as_they_went_in() {
        for given in [&[][..], &[""], &["a", "", "ö€", "", "\0"]] {
            let texts: Texts = given.iter().copied().collect();
            assert!(texts.iter().eq(given.iter().copied()), "{given:?}");
            assert_eq!(texts.iter().len(), given.len());
            assert_eq!(texts.is_empty(), given.is_empty());
            assert_eq!(format!("{texts:?}"), format!("{given:?}"));
        }
    }
}
