//! The macro through which `#[feature_gate("key")]` finds a flag: an arm for each key, and one for all others.

use core::fmt::Write;

use flagstone_model::{Definition, Flag, Retired, ValueType, VariantIndex};

use super::names::Names;
use super::variants::identifiers;
use super::{Target, retired};

pub(crate) fn render(rust: &mut String, definition: &Definition, target: &Target, names: &Names) {
    let module = format!("$crate::{}", target.module);
    let macro_name = format!(
        "__{}_{}_flag",
        identifier(&target.package),
        identifier(&target.module)
    );
    let _ = write!(
        rust,
        "\n#[doc(hidden)]\n#[macro_export]\nmacro_rules! {macro_name} {{\n"
    );
    // The arms are tried one after another, so those that most gates ask for come first. An arm that differs in its first token
    // costs the compiler least, so each begins with its key.
    let (booleans, others): (Vec<_>, Vec<_>) = definition
        .flags
        .iter()
        .zip(&names.constants)
        .zip(&names.answers)
        .partition(|((flag, _), _)| flag.variants.ty == ValueType::Boolean);
    for ((flag, constant), _) in booleans {
        boolean_arm(rust, flag, &module, constant);
    }
    for ((flag, constant), answer) in others {
        variant_arms(rust, flag, &module, constant, answer);
    }
    for retired in &definition.retired {
        retired_arm(rust, retired, &module);
    }
    let keys: Vec<&str> = definition
        .flags
        .iter()
        .map(|flag| flag.key.as_str())
        .collect();
    let _ = write!(
        rust,
        "    ($key:tt $how:ident $place:tt $($rest:tt)*) => {{\n        \
             {module}::__rt::__unknown! {{ $how $place {keys:?} }}\n    }};\n}}\n\
         \n\
         #[doc(hidden)]\n\
         #[allow(unused_imports, reason = \"a program may gate nothing\")]\n\
         pub use {macro_name} as __flag;\n"
    );
}

/// A text as a part of an identifier.
fn identifier(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// The flag's constant; where its use warns, at the place of the key.
fn path(flag: &Flag, module: &str, constant: &str) -> String {
    let path = format!("{module}::Flags::{constant}");
    match flag.about().deprecated {
        Some(_) => format!("{module}::__rt::__respan! {{ $place {path} }}"),
        None => path,
    }
}

fn boolean_arm(rust: &mut String, flag: &Flag, module: &str, constant: &str) {
    let (key, path) = (flag.key.as_str(), path(flag, module, constant));
    let _ = writeln!(rust, "    ({key:?} gate $place:tt) => {{ {path} }};");
}

fn variant_arms(rust: &mut String, flag: &Flag, module: &str, constant: &str, answer: &str) {
    let (key, path) = (flag.key.as_str(), path(flag, module, constant));
    let identifiers = identifiers(flag);
    // The gated function itself is for one of the variants; the baseline's is likely to be there already.
    let baseline = flag.base.rare().baseline.unwrap_or(VariantIndex::OFF).get();
    let arguments: Vec<String> = identifiers
        .iter()
        .enumerate()
        .map(|(index, (name, _))| {
            let function = if index == baseline { "" } else { " = ..." };
            format!("{}{function}", as_argument(name))
        })
        .collect();
    let message = format!(
        "flag `{key}` has variants, and `#[feature_gate]` with a fallback needs a boolean; for one function a variant write `variants({})`",
        arguments.join(", ")
    );
    let declared: Vec<String> = identifiers
        .iter()
        .map(|(name, identifier)| format!("{name:?} {identifier}"))
        .collect();
    let _ = write!(
        rust,
        "    ({key:?} gate $place:tt) => {{\n        \
                 {module}::__rt::__error! {{ $place {message:?} }}\n    }};\n    \
             ({key:?} variants $place:tt $context:tt $arms:tt) => {{\n        \
                 {module}::__rt::__variants! {{\n            \
                     $place {{ {module} }} {{ {module}::{answer} }} {{ {path} }} [{}] $context $arms\n        }}\n    }};\n",
        declared.join(" ")
    );
}

/// A variant as `variants(…)` takes it: a name that is no identifier stands in quotes.
fn as_argument(name: &str) -> String {
    let is_identifier = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_identifier {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

fn retired_arm(rust: &mut String, retired: &Retired, module: &str) {
    let (key, message) = (retired.key.as_str(), retired::message(retired));
    let _ = write!(
        rust,
        "    ({key:?} $how:ident $place:tt $($rest:tt)*) => {{\n        \
                 {module}::__rt::__error! {{ $place {message:?} }}\n    }};\n"
    );
}
