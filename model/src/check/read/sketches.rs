//! Telling cheaply that texts differ.

/// Numbers that stand for texts. Texts with different numbers differ; what those with the same are, somebody else has to find out.
pub(super) struct Sketches {
    /// An open hash table with a power of two places, at most half of them taken; 0 is a free one.
    table: Vec<u64>,
}

impl Sketches {
    /// How many places are looked at. Texts may be chosen so that they crowd; those that do go to whoever can tell.
    const STEPS: usize = 32;

    pub(super) fn with_room_for(texts: usize) -> Self {
        let places = texts.saturating_mul(2).next_power_of_two();
        Self {
            table: vec![0; places],
        }
    }

    /// How many texts there is room for.
    pub(super) fn room(&self) -> usize {
        self.table.len() / 2
    }

    /// Notes a text, where it differs from all before; nothing is noted where it may not.
    pub(super) fn insert(&mut self, text: &str) -> bool {
        let sketch = sketch(text.as_bytes());
        let last = self.table.len().wrapping_sub(1);
        // The upper bits depend on all bytes.
        let first = usize::try_from(sketch >> 32).unwrap_or_default();
        for step in 0..Self::STEPS {
            match self.table.get_mut((first + step) & last) {
                Some(place) if *place == 0 => {
                    *place = sketch;
                    return true;
                }
                Some(other) if *other != sketch => {}
                _ => return false,
            }
        }
        false
    }
}

/// A number from eight bytes at a time, never 0.
fn sketch(bytes: &[u8]) -> u64 {
    // Odd, with about as many ones as zeros: digits of the golden ratio.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |sketch: u64, part: u64| (sketch.rotate_left(23) ^ part).wrapping_mul(FACTOR);
    let (parts, rest) = bytes.as_chunks();
    let sketch = parts.iter().fold(bytes.len() as u64, |sketch, part| {
        add(sketch, u64::from_le_bytes(*part))
    });
    let rest = rest
        .iter()
        .fold(0, |rest, byte| rest << 8 | u64::from(*byte));
    add(sketch, rest) | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_texts_differ_and_the_same_do_not() {
        let texts: Vec<String> = (0..20_000)
            .map(|n| format!("a-flag-of-a-team/{n:05}"))
            .collect();
        let mut sketches = Sketches::with_room_for(texts.len());
        let new = texts.iter().filter(|text| sketches.insert(text)).count();
        // One that isn't noted is looked at twice, and that is all.
        assert!(new > texts.len() * 999 / 1000, "{new}");
        assert!(texts.iter().all(|text| !sketches.insert(text)));
    }

    #[test]
    fn a_full_table_says_that_it_cannot_tell() {
        let mut sketches = Sketches::with_room_for(1);
        let new = (0..100).filter(|n| sketches.insert(&n.to_string()));
        assert!(new.count() <= 2);
    }
}
