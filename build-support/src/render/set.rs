//! The flag set: what the runtime is told about this program, and the functions that stand for it.

use core::fmt::Write;

use flagstone_model::{Definition, Flag, ValueType, VariantIndex};

use super::Target;

pub(crate) fn render(rust: &mut String, definition: &Definition, target: &Target) {
    let (document, runtime) = (&target.document, &target.runtime);
    let _ = write!(
        rust,
        "\n/// Marks the flags and contexts of `{document}`.\n\
         #[doc(hidden)]\n\
         #[derive(Debug, Clone, Copy)]\n\
         pub enum Schema {{}}\n\
         \n\
         #[automatically_derived]\n\
         impl __rt::Schema for Schema {{\n    \
             fn set() -> &'static __rt::FlagSet {{\n        \
                 &SET\n    }}\n\n    \
             #[inline]\n    \
             fn state(index: u32) -> &'static ::core::sync::atomic::AtomicU8 {{\n        \
                 STATES.get(index as usize).unwrap_or(&__rt::NO_STATE)\n    }}\n\n    \
             #[inline]\n    \
             fn rollout(index: u32) -> &'static __rt::PublishedRollout {{\n        \
                 ROLLOUTS.get(index as usize).unwrap_or(&__rt::NO_ROLLOUT)\n    }}\n}}\n"
    );
    statics(rust, definition, target);
    functions(rust, runtime);
    if definition
        .flags
        .iter()
        .any(|flag| flag.about().rust_type.is_some())
    {
        let _ = write!(
            rust,
            "\n#[cfg(test)]\n\
             mod tests {{\n    \
                 #[test]\n    \
                 fn the_values_fit_their_rust_types() {{\n        \
                     let misfits = super::SET.misfits().iter();\n        \
                     let misfits: ::std::vec::Vec<_> =\n            \
                         misfits.map(|misfit| ::std::format!(\"\\n{document}: `{{}}`: {{}}\", misfit.key, misfit.reason)).collect();\n        \
                     ::core::assert!(misfits.is_empty(), \"{{}}\", misfits.concat());\n    }}\n}}\n",
        );
    }
}

fn statics(rust: &mut String, definition: &Definition, target: &Target) {
    let count = definition.flags.len();
    let _ = write!(
        rust,
        "\nstatic STATES: [::core::sync::atomic::AtomicU8; {count}] =\n    \
             [const {{ ::core::sync::atomic::AtomicU8::new(__rt::ASK) }}; {count}];\n\
         \n\
         static ROLLOUTS: [__rt::PublishedRollout; {count}] =\n    \
             [const {{ __rt::PublishedRollout::new() }}; {count}];\n\
         \n\
         static SET: __rt::FlagSet = __rt::FlagSet::new(\n    \
             __rt::Embedded {{\n        \
                 name: {:?},\n        \
                 text: ::core::include_str!(::core::concat!(::core::env!(\"OUT_DIR\"), \"/{}\")),\n        \
                 program: __rt::Program {{\n            \
                     targeting_key: {},\n            \
                     attributes: &[\n",
        target.document,
        target.document_file(),
        definition.context.targeting_key.get()
    );
    for attribute in &definition.context.attributes {
        let (name, ty) = (attribute.name.as_str(), attribute.ty);
        let _ = writeln!(
            rust,
            "                __rt::EmbeddedAttribute {{ name: {name:?}, ty: __rt::AttributeType::{ty:?} }},"
        );
    }
    rust.push_str("            ],\n            flags: &[\n");
    for flag in &definition.flags {
        embedded_flag(rust, flag);
    }
    rust.push_str("            ],\n        },\n    },\n    &STATES,\n    &ROLLOUTS,\n);\n");
}

fn embedded_flag(rust: &mut String, flag: &Flag) {
    let key = flag.key.as_str();
    let baseline = flag.base.rare().baseline.unwrap_or(VariantIndex::OFF).get();
    if flag.variants.ty == ValueType::Boolean {
        let _ = writeln!(
            rust,
            "                __rt::EmbeddedFlag::boolean({key:?}, {baseline}),"
        );
        return;
    }
    let variants: Vec<&str> = flag
        .variants
        .list
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    let decode = match &flag.about().rust_type {
        Some(ty) => format!("::core::option::Option::Some(__rt::decode::<{ty}>)"),
        None => "::core::option::Option::None".to_owned(),
    };
    let _ = writeln!(
        rust,
        "                __rt::EmbeddedFlag {{\n                    \
             key: {key:?},\n                    \
             ty: __rt::ValueType::{:?},\n                    \
             variants: &{variants:?},\n                    \
             baseline: {baseline},\n                    \
             decode: {decode},\n                \
         }},",
        flag.variants.ty,
    );
}

fn functions(rust: &mut String, runtime: &str) {
    let _ = write!(
        rust,
        "\n/// The scope of one request or message: what flags are asked in it without a context, they are asked about this one.\n\
         pub fn scope(context: &Context<'_>) -> {runtime}::Scope<Schema> {{\n    \
             {runtime}::Scope::new(context)\n}}\n\
         \n\
         /// Follows a file, or other sources, while the program runs: `flags::live().file(\"flags.yaml\").start()?`.\n\
         pub fn live() -> {runtime}::LiveBuilder<Schema> {{\n    \
             {runtime}::LiveBuilder::new()\n}}\n\
         \n\
         /// What is in force, since when, from where, and what was refused.\n\
         #[must_use]\n\
         pub fn status() -> {runtime}::Status {{\n    \
             SET.status()\n}}\n\
         \n\
         /// Hears of changes and refusals from now on.\n\
         pub fn subscribe() -> {runtime}::Changes {{\n    \
             SET.subscribe()\n}}\n\
         \n\
         /// Steers the flags by hand: kills, the environment, documents from elsewhere.\n\
         #[must_use]\n\
         pub fn control() -> {runtime}::Control {{\n    \
             SET.control()\n}}\n\
         \n\
         /// What is in force, for questions by key.\n\
         #[must_use]\n\
         pub fn snapshot() -> ::std::sync::Arc<{runtime}::Snapshot> {{\n    \
             SET.snapshot()\n}}\n"
    );
}
