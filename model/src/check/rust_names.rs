//! Flags that would have the same constant in Rust.

use std::collections::HashMap;

use super::known::Declared;
use super::read::Reader;
use super::report::Holder;
use crate::definition::Flag;
use crate::{Code, rust_name};

/// Reports two flags whose constants would have the same name, at the second of the two.
pub(super) fn check(reader: &mut Reader<'_>, declared: &Declared) {
    let mut constants: HashMap<String, (usize, &Flag)> = HashMap::new();
    for (index, flag) in declared.flags() {
        let constant = rust_name::constant(flag.key.as_str(), flag.about.rust_name.as_deref());
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
