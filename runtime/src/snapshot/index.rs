//! Finding flags by their keys.

use core::hash::BuildHasher;
use core::num::NonZeroU32;

use super::Entry;
use crate::text_set::TextHash;

/// Where the entry of each key stands. The keys themselves stay in the entries, so that an index takes few bytes for each.
#[derive(Default)]
pub(super) struct KeyIndex {
    hash: TextHash,
    /// An open table with a power of two of slots, a quarter of them free at least. An entry stands in the first free
    /// slot from the one on that its key's hash says.
    slots: Box<[Option<Slot>]>,
}

#[derive(Clone, Copy)]
struct Slot {
    /// Half of the key's hash, by which nearly every other key is told from it.
    tag: u32,
    /// The entry's place, counted from 1 so that a free slot takes no more room.
    behind: NonZeroU32,
}

impl KeyIndex {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let room = entries.len() + entries.len() / 3 + 1;
        let mut index = Self {
            hash: TextHash::default(),
            slots: vec![None; room.next_power_of_two()].into(),
        };
        for (entry, behind) in entries.iter().zip(1..) {
            let (tag, places) = index.search(&entry.form.key);
            let mut free = places.filter(|place| matches!(index.slots.get(*place), Some(None)));
            let free = free.next();
            let slot = free.and_then(|place| index.slots.get_mut(place));
            if let Some(slot) = slot {
                *slot = NonZeroU32::new(behind).map(|behind| Slot { tag, behind });
            }
        }
        index
    }

    /// The place of the entry with a key among the entries that the index was made for.
    pub(super) fn find(&self, key: &str, entries: &[Entry]) -> Option<u32> {
        let (tag, mut places) = self.search(key);
        places.find_map(|place| {
            let Some(Some(slot)) = self.slots.get(place) else {
                return Some(None);
            };
            let index = slot.behind.get() - 1;
            let is_it = slot.tag == tag
                && entries
                    .get(index as usize)
                    .is_some_and(|entry| *entry.form.key == *key);
            is_it.then_some(Some(index))
        })?
    }

    /// The tag of a key, and the slots in the order in which it is looked for.
    fn search(&self, key: &str) -> (u32, impl Iterator<Item = usize> + use<>) {
        let hash = self.hash.hash_one(key);
        let last = self.slots.len().saturating_sub(1);
        let [tag, first] =
            [hash >> 32, hash & 0xffff_ffff].map(|half| u32::try_from(half).unwrap_or_default());
        let first = first as usize;
        (tag, (0..=last).map(move |step| (first + step) & last))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use flagstone_model::ValueType;

    use super::*;
    use crate::compile::Form;
    use crate::snapshot::EmbeddedFlag;

    #[test]
    fn every_key_is_found_and_no_other() {
        for count in [0_u32, 1, 2, 3, 4, 100, 3000] {
            let entries: Vec<Entry> = (0..count)
                .map(|number| {
                    let mut form = Form::unknown(&EmbeddedFlag {
                        key: "",
                        ty: ValueType::Boolean,
                        variants: &[],
                        baseline: 0,
                        decode: None,
                    });
                    form.key = format!("flag_{number}").into();
                    Entry::fresh(Arc::new(form))
                })
                .collect();
            let index = KeyIndex::new(&entries);
            for number in 0..count {
                let key = format!("flag_{number}");
                assert_eq!(index.find(&key, &entries), Some(number), "{key} of {count}");
            }
            for absent in ["", "flag_", &format!("flag_{count}")] {
                assert_eq!(index.find(absent, &entries), None, "{absent} of {count}");
            }
        }
    }
}
