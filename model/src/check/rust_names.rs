//! Flags that would have the same constant in Rust.

use std::collections::{HashMap, HashSet};

use super::known::Declared;
use super::read::Reader;
use super::report::Holder;
use crate::definition::Flag;
use crate::{Code, rust_name};

/// Reports two flags whose constants would have the same name, at the second of the two.
pub(super) fn check(reader: &mut Reader<'_>, declared: &Declared) {
    let mut constants: HashMap<String, (usize, &Flag)> = HashMap::new();
    for (index, flag) in alike(declared) {
        let constant = rust_name::constant(flag.key.as_str(), flag.about().rust_name.as_deref());
        let Some((first_index, first)) = constants.get(&constant).copied() else {
            constants.insert(constant, (index, flag));
            continue;
        };
        let line = reader.source.line_of(first.span.start);
        let message = format!(
            "the flags `{}` and `{}` (line {line}) would both become `Flags::{constant}`",
            flag.key, first.key
        );
        let help = format!("rename one, or give it a name of its own: `rust_name: {constant}_2`");
        let holders = vec![Holder::Flag(index), Holder::Flag(first_index)];
        reader
            .report
            .error_in(holders, Code::RustNameCollision, flag.span, message, help);
    }
}

/// The flags whose constants could be the same as another's, in the document's order; nearly always none.
fn alike(declared: &Declared) -> Vec<(usize, &Flag)> {
    let mut sorted = declared.sketches.clone();
    sorted.sort_unstable();
    let groups = sorted
        .chunk_by(PartialEq::eq)
        .filter(|group| group.len() > 1);
    let shared: HashSet<u64> = groups.flatten().copied().collect();
    if shared.is_empty() {
        return Vec::new();
    }
    let sketched = declared.flags().zip(&declared.sketches);
    let alike = sketched.filter(|(_, sketch)| shared.contains(*sketch));
    alike.map(|(flag, _)| flag).collect()
}

/// A number that flags with the same constant share: names become the same by their case and by what parts their words,
/// so it is of the letters and digits alone. Others may share it by chance.
pub(super) fn sketch(flag: &Flag) -> u64 {
    let name = flag.about().rust_name.as_deref();
    let mut sketch = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.unwrap_or(flag.key.as_str()).bytes() {
        if byte.is_ascii_alphanumeric() {
            // The bit that tells a small letter from a large one; every digit has it.
            sketch = (sketch ^ u64::from(byte | 0x20)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    sketch
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_the_same_whatever_parts_their_words() {
        let text = b"version: 1\nflags: { a_b: {}, c: {}, A.B: {}, aB: {}, ab: {}, d: { rust_name: A_B }, _2: {}, 2: {} }\n";
        let loaded = crate::load("flags.yaml", text);
        let collisions = loaded
            .diagnostics()
            .iter()
            .filter(|mistake| mistake.code == crate::Code::RustNameCollision);
        let messages: Vec<_> = collisions.map(|mistake| mistake.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the flags `A.B` and `a_b` (line 2) would both become `Flags::A_B`",
                "the flags `aB` and `a_b` (line 2) would both become `Flags::A_B`",
                "the flags `d` and `a_b` (line 2) would both become `Flags::A_B`",
            ]
        );
    }
}
