//! The enums of flags that have variants, and of attributes that have a closed list of values.

use core::fmt::Write;

use flagstone_model::{AttributeIndex, Definition, Flag, ValueType, rust_name};

use super::docs;
use super::names::Names;

pub(crate) fn render(rust: &mut String, definition: &Definition, names: &Names) {
    for (flag, name) in definition.flags.iter().zip(&names.answers) {
        if flag.variants.ty != ValueType::Boolean {
            flag_enum(rust, flag, name);
        }
    }
    for (index, attribute) in definition.context.attributes.iter().enumerate() {
        let (Some(values), Some(name)) =
            (&attribute.values, names.list(AttributeIndex::new(index)))
        else {
            continue;
        };
        let values: Vec<&str> = values.iter().map(|value| &**value).collect();
        let what = format!("The values of the attribute `{}`.", attribute.name);
        value_enum(rust, name, &what, &values, "as_str");
    }
}

/// The variants of a flag's enum with their names in Rust.
pub(crate) fn identifiers(flag: &Flag) -> Vec<(&str, String)> {
    let names: Vec<&str> = flag
        .variants
        .list
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    let identifiers = rust_name::variants(&names);
    names.into_iter().zip(identifiers).collect()
}

fn flag_enum(rust: &mut String, flag: &Flag, name: &str) {
    let names: Vec<&str> = flag
        .variants
        .list
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    let what = format!("What the flag `{}` answers.", flag.key);
    value_enum(rust, name, &what, &names, "name");
    let value = match (flag.variants.ty, &flag.about().rust_type) {
        (ValueType::Integer, _) => "i64".to_owned(),
        (ValueType::Number, _) => "f64".to_owned(),
        (ValueType::Json, Some(ty)) => format!("__rt::Typed<{ty}>"),
        (ValueType::Json, None) => "__rt::Json".to_owned(),
        (ValueType::String | ValueType::Boolean, _) => "__rt::Text".to_owned(),
    };
    let identifiers = identifiers(flag);
    let first = identifiers
        .first()
        .map_or("", |(_, identifier)| identifier.as_str());
    let _ = write!(
        rust,
        "\n#[automatically_derived]\n\
         impl __rt::Variant for {name} {{\n    \
             const NAMES: &'static [&'static str] = &{names:?};\n    \
             const FIRST: Self = Self::{first};\n    \
             type Value = {value};\n\n    \
             #[inline]\n    \
             fn from_ordinal(ordinal: u32) -> ::core::option::Option<Self> {{\n        \
                 match ordinal {{\n"
    );
    for (ordinal, (_, identifier)) in identifiers.iter().enumerate() {
        let _ = writeln!(
            rust,
            "            {ordinal} => ::core::option::Option::Some(Self::{identifier}),"
        );
    }
    rust.push_str("            _ => ::core::option::Option::None,\n        }\n    }\n\n    #[inline]\n    fn ordinal(self) -> u32 {\n        match self {\n");
    for (ordinal, (_, identifier)) in identifiers.iter().enumerate() {
        let _ = writeln!(rust, "            Self::{identifier} => {ordinal},");
    }
    rust.push_str("        }\n    }\n}\n");
}

/// An enum whose variants stand for texts.
fn value_enum(rust: &mut String, name: &str, what: &str, texts: &[&str], reader: &str) {
    let identifiers = rust_name::variants(texts);
    rust.push('\n');
    docs::comment(rust, "", what);
    let _ = writeln!(
        rust,
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum {name} {{"
    );
    for (text, identifier) in texts.iter().zip(&identifiers) {
        docs::comment(rust, "    ", &format!("Stands for {}.", code(text)));
        let _ = writeln!(rust, "    {identifier},");
    }
    let count = texts.len();
    let all: Vec<String> = identifiers
        .iter()
        .map(|identifier| format!("Self::{identifier}"))
        .collect();
    let _ = write!(
        rust,
        "}}\n\nimpl {name} {{\n    \
             /// Each of them, in the order of the document.\n    \
             pub const ALL: [Self; {count}] = [{}];\n\n    \
             /// The text that it stands for.\n    \
             #[must_use]\n    \
             pub const fn {reader}(self) -> &'static str {{\n        \
                 match self {{\n",
        all.join(", ")
    );
    for (text, identifier) in texts.iter().zip(&identifiers) {
        let _ = writeln!(rust, "            Self::{identifier} => {text:?},");
    }
    let _ = write!(
        rust,
        "        }}\n    }}\n\n    \
             /// The one that a text stands for.\n    \
             #[must_use]\n    \
             pub fn from_name(text: &str) -> ::core::option::Option<Self> {{\n        \
                 Self::ALL.into_iter().find(|value| value.{reader}() == text)\n    }}\n}}\n\n\
         #[automatically_derived]\n\
         impl ::core::fmt::Display for {name} {{\n    \
             fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{\n        \
                 f.pad(self.{reader}())\n    }}\n}}\n"
    );
}

/// A text as code in a doc comment, where it is plain enough; else as a literal of Rust.
fn code(text: &str) -> String {
    let is_plain = !text.is_empty()
        && !text.contains('`')
        && !text.contains(char::is_control)
        && text.trim() == text;
    if is_plain {
        format!("`{text}`")
    } else {
        docs::prose(&format!("the text {text:?}"))
            .trim_end_matches('.')
            .to_owned()
    }
}
