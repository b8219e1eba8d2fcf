//! Sets and tables of texts, asked by borrowed text with one probe.

use core::fmt;
use core::hash::{BuildHasher, Hasher};
use std::collections::HashMap;
use std::hash::RandomState;
use std::sync::LazyLock;

use flagstone_model::Texts;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Below this many entries comparing with each is cheaper than a hash.
const WORTH_A_HASH: usize = 8;

/// A set of texts: a short list, or a hash table where the list is long.
#[derive(Clone)]
pub(crate) enum TextSet {
    Few(FewTexts),
    Many(TextMap<()>),
}

impl TextSet {
    /// Takes the texts in any order; a text may stand twice.
    pub(crate) fn new(texts: &Texts) -> Self {
        if let Some(few) = FewTexts::new(texts) {
            return Self::Few(few);
        }
        Self::Many(texts.iter().map(|text| (text.into(), ())).collect())
    }

    /// Whether the text is one of them: code points as they are, no folding.
    #[inline]
    pub(crate) fn contains(&self, text: &str) -> bool {
        match self {
            Self::Few(few) => few.contains(text),
            Self::Many(texts) => texts.get(text).is_some(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Few(few) if few.entries.is_empty())
    }

    /// How many different texts there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Few(few) => few.entries.len(),
            Self::Many(texts) => texts.len(),
        }
    }

    /// The texts in byte order, each once.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = &str> {
        let (few, many) = match self {
            Self::Few(few) => (Some(few.iter()), Vec::new()),
            Self::Many(texts) => {
                let mut many: Vec<&str> = texts.iter().map(|(text, ())| text).collect();
                many.sort_unstable();
                (None, many)
            }
        };
        few.into_iter().flatten().chain(many)
    }
}

/// A few texts in byte order, each once, with the first bytes of each beside the others', by which most comparisons end.
#[derive(Clone)]
pub(crate) struct FewTexts {
    entries: Box<[FewText]>,
    /// One behind the other, so that they take one allocation and not one each.
    texts: Box<str>,
}

#[derive(Clone, Copy)]
struct FewText {
    lead: u64,
    /// Where it stands among the texts.
    start: u32,
    length: u32,
}

impl FewTexts {
    /// Takes the texts in any order; nothing where there are too many, or too long ones.
    fn new(given: &Texts) -> Option<Self> {
        let mut room = [""; WORTH_A_HASH - 1];
        let sorted = room.get_mut(..given.len())?;
        for (place, text) in sorted.iter_mut().zip(given) {
            *place = text;
        }
        sorted.sort_unstable();
        let mut texts = String::with_capacity(given.iter().map(str::len).sum());
        let mut entries = Vec::with_capacity(given.len());
        let mut last = None;
        for text in sorted
            .iter()
            .filter(|text| last.replace(**text) != Some(**text))
        {
            entries.push(FewText {
                lead: lead(text),
                start: texts.len().try_into().ok()?,
                length: text.len().try_into().ok()?,
            });
            texts.push_str(text);
        }
        Some(Self {
            entries: entries.into(),
            texts: texts.into(),
        })
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        self.contains_by_lead(text)
            .unwrap_or_else(|| self.iter().any(|entry| entry == text))
    }

    /// Whether a text is one of them, where its lead tells; else nothing.
    #[inline]
    pub(crate) fn contains_by_lead(&self, text: &str) -> Option<bool> {
        let lead = lead(text);
        for entry in &self.entries {
            if entry.lead == lead {
                if text.len() > size_of::<u64>() {
                    return None;
                }
                // A short text is all in its lead, but for zeros at its end.
                if entry.length as usize == text.len() {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    fn text(&self, entry: &FewText) -> &str {
        let start = entry.start as usize;
        self.texts
            .get(start..start + entry.length as usize)
            .unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| self.text(entry))
    }
}

/// The first eight bytes of a text, zeros where it is shorter.
#[inline]
fn lead(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if let Some(chunk) = bytes.first_chunk() {
        return u64::from_le_bytes(*chunk);
    }
    let at = |place: usize, part: u64| part << (8 * place);
    // Where the two halves overlap they are the same bytes.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | at(bytes.len() - 4, last.into());
    }
    match *bytes {
        [first] => first.into(),
        [first, second] => u64::from(first) | at(1, second.into()),
        [first, second, third] => u64::from(first) | at(1, second.into()) | at(2, third.into()),
        _ => 0,
    }
}

impl fmt::Debug for TextSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.sorted()).finish()
    }
}

/// A table with texts as keys.
#[derive(Clone)]
pub(crate) struct TextMap<V> {
    entries: HashMap<Box<str>, V, TextHash>,
}

impl<V> TextMap<V> {
    #[inline]
    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        self.entries.get(text)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn insert(&mut self, text: Box<str>, value: V) {
        self.entries.insert(text, value);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.entries.iter().map(|(text, value)| (&**text, value))
    }
}

impl<V> Default for TextMap<V> {
    fn default() -> Self {
        Self {
            entries: HashMap::default(),
        }
    }
}

impl<V> FromIterator<(Box<str>, V)> for TextMap<V> {
    fn from_iter<I: IntoIterator<Item = (Box<str>, V)>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

impl<V: fmt::Debug> fmt::Debug for TextMap<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Hashes short texts several times faster than the standard hasher. The seed is drawn once for each process,
/// so that no document can be written whose texts all collide.
#[derive(Clone)]
pub(crate) struct TextHash {
    seed: u64,
}

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish());

impl Default for TextHash {
    fn default() -> Self {
        Self { seed: *SEED }
    }
}

impl BuildHasher for TextHash {
    type Hasher = TextHasher;

    #[inline]
    fn build_hasher(&self) -> TextHasher {
        TextHasher { state: self.seed }
    }
}

pub(crate) struct TextHasher {
    state: u64,
}

impl Hasher for TextHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.state = xxh3_64_with_seed(bytes, self.state);
    }

    /// The end of a text, which a lone text doesn't need.
    #[inline]
    fn write_u8(&mut self, _: u8) {}

    #[inline]
    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<T: AsRef<str>>(texts: &[T]) -> TextSet {
        TextSet::new(&texts.iter().map(AsRef::as_ref).collect())
    }

    #[test]
    fn texts_with_the_same_beginning_are_told_apart() {
        let texts = ["", "\0", "exactly8", "exactly8 and more"];
        for (index, text) in texts.iter().enumerate() {
            let others = [&texts[..index], &texts[index + 1..]].concat();
            assert!(set(&texts).contains(text), "{text:?}");
            assert!(!set(&others).contains(text), "{text:?}");
        }
    }

    #[test]
    fn short_and_long_sets_hold_just_their_texts() {
        for length in [1, WORTH_A_HASH - 1, WORTH_A_HASH, 1000] {
            let texts: Vec<String> = (0..length).map(|n| format!("u-{n}")).collect();
            let set = set(&texts);
            assert!(texts.iter().all(|text| set.contains(text)), "{length}");
            for absent in ["", "u-", "U-0", "u-0 ", "u-0\0", "u-1000"] {
                assert!(!set.contains(absent), "{absent} of {length}");
            }
            let mut sorted: Vec<&str> = texts.iter().map(String::as_str).collect();
            sorted.sort_unstable();
            assert!(set.sorted().eq(sorted), "{length}");
            assert_eq!(set.len(), length);
        }
    }

    #[test]
    fn a_text_that_stands_twice_counts_once() {
        for others in [0, WORTH_A_HASH] {
            let mut texts: Vec<String> = (0..others).map(|n| format!("u-{n}")).collect();
            texts.extend(["twice", "once", "twice"].map(String::from));
            let set = set(&texts);
            assert_eq!(set.len(), others + 2);
            assert_eq!(set.sorted().count(), others + 2);
        }
    }
}
