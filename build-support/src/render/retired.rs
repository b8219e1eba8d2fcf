//! Keys that were retired: whoever still asks is told when, and what came instead.

use core::fmt::Write;
use std::collections::BTreeSet;

use flagstone_model::{Definition, Retired, rust_name};

use super::names::Names;

/// Why there is no such flag any more.
pub(crate) fn message(retired: &Retired) -> String {
    let note = retired
        .note
        .as_deref()
        .map_or_else(String::new, |note| format!(": {note}"));
    let (key, date) = (retired.key.as_str(), retired.date);
    format!("feature flag `{key}` was retired on {date}{note}")
}

/// The constants that were. Each stands under a condition that never holds, so that it can't be used, and an error says
/// why. One whose name a flag of today has is left out.
pub(crate) fn render(rust: &mut String, definition: &Definition, names: &Names) {
    let mut taken: BTreeSet<String> = names.constants.iter().cloned().collect();
    for retired in &definition.retired {
        let constant = rust_name::constant(retired.key.as_str(), None);
        if taken.insert(constant.clone()) {
            gone(rust, retired, &constant);
        }
    }
}

fn gone(rust: &mut String, retired: &Retired, constant: &str) {
    // The message is a format, in which braces stand for types.
    let message = message(retired).replace('{', "{{").replace('}', "}}");
    // A condition that names nothing but the type would be an error here; the lifetime defers it to where it is used.
    let _ = write!(
        rust,
        "\nconst _: () = {{\n    \
             #[diagnostic::on_unimplemented(message = {message:?}, label = \"retired\")]\n    \
             pub trait NotRetired {{}}\n\n    \
             #[allow(dead_code, clippy::extra_unused_lifetimes, reason = \"the constant is there to say that it is gone\")]\n    \
             impl Flags\n    where\n        for<'a> Self: NotRetired,\n    {{\n        \
                 #[doc(hidden)]\n        \
                 pub const {constant}: Flag<bool> = Flag::new(0);\n    }}\n}};\n"
    );
}
