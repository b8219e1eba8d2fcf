//! `Context`: what the program knows about a request, with a method for each attribute.

use core::fmt::Write;

use flagstone_model::{Attribute, AttributeIndex, AttributeType, Definition};

use super::docs;
use super::names::Names;

pub(crate) fn render(rust: &mut String, definition: &Definition, names: &Names) {
    let schema = &definition.context;
    let count = schema.attributes.len();
    let has_required = schema.attributes.iter().any(|attribute| attribute.required);
    let _ = write!(
        rust,
        "\n/// What the program knows about a request. It borrows what it is given, and building one allocates nothing.\n\
         #[derive(Debug, Clone, Copy)]\n\
         #[must_use = \"a context does nothing until flags are asked about it\"]\n\
         pub struct Context<'a> {{\n    slots: __rt::Context<'a, Schema, {count}>,\n}}\n\
         \n\
         impl<'a> Context<'a> {{\n"
    );
    if has_required {
        new_from_required(rust, definition, names);
    } else {
        new_from_key(rust, definition, names);
    }
    rust.push_str(
        "\n    /// A context without a unit: rollouts below 100 % leave it out.\n    \
             #[inline]\n    \
             pub fn anonymous() -> Self {\n        \
                 Self { slots: __rt::Context::new() }\n    }\n",
    );
    for (index, attribute) in schema.attributes.iter().enumerate() {
        setter(rust, attribute, AttributeIndex::new(index), names);
    }
    rust.push_str("}\n");
    let _ = write!(
        rust,
        "\n#[automatically_derived]\n\
         impl<'a> __rt::ContextFor<Schema> for Context<'a> {{\n    \
             type Slots = __rt::Context<'a, Schema, {count}>;\n\n    \
             #[inline]\n    \
             fn slots(&self) -> &Self::Slots {{\n        \
                 &self.slots\n    }}\n}}\n"
    );
    if has_required {
        required(rust, definition, names);
    }
}

fn new_from_key(rust: &mut String, definition: &Definition, names: &Names) {
    let key = definition.context.targeting_key;
    let Some(attribute) = definition.context.attribute(key) else {
        return;
    };
    let parameter = names.method(key);
    let (ty, value) = argument(attribute, key, names, parameter);
    let _ = write!(
        rust,
        "    /// A context of the unit that `{}` identifies.\n    \
             #[inline]\n    \
             pub fn new({parameter}: {ty}) -> Self {{\n        \
                 Self {{ slots: __rt::Context::new().set({}, {value}) }}\n    }}\n",
        attribute.name,
        key.get()
    );
}

/// The attributes that a context can't do without, the targeting key among them.
fn required_attributes(
    definition: &Definition,
) -> impl Iterator<Item = (AttributeIndex, &Attribute)> {
    let schema = &definition.context;
    let indexed = schema
        .attributes
        .iter()
        .enumerate()
        .map(|(index, attribute)| (AttributeIndex::new(index), attribute));
    indexed.filter(move |(index, attribute)| attribute.required || *index == schema.targeting_key)
}

fn new_from_required(rust: &mut String, definition: &Definition, names: &Names) {
    let lifetime = if required_borrows(definition, names) {
        "<'a>"
    } else {
        ""
    };
    let _ = write!(
        rust,
        "    /// A context that has what every context must have.\n    \
             #[inline]\n    \
             pub fn new(required: Required{lifetime}) -> Self {{\n        \
                 let slots = __rt::Context::new()"
    );
    for (index, attribute) in required_attributes(definition) {
        let field = format!("required.{}", names.method(index));
        let (_, value) = argument(attribute, index, names, &field);
        let _ = write!(rust, "\n            .set({}, {value})", index.get());
    }
    rust.push_str(";\n        Self { slots }\n    }\n");
}

fn required(rust: &mut String, definition: &Definition, names: &Names) {
    let lifetime = if required_borrows(definition, names) {
        "<'a>"
    } else {
        ""
    };
    let _ = write!(
        rust,
        "\n/// What every context must have; the compiler names what is missing.\n\
         #[derive(Debug, Clone, Copy)]\n\
         pub struct Required{lifetime} {{\n"
    );
    for (index, attribute) in required_attributes(definition) {
        docs::comment(rust, "    ", &docs::attribute(attribute));
        let _ = writeln!(
            rust,
            "    pub {}: {},",
            names.method(index),
            plain_type(attribute, index, names)
        );
    }
    rust.push_str("}\n");
}

fn required_borrows(definition: &Definition, names: &Names) -> bool {
    required_attributes(definition)
        .any(|(index, attribute)| plain_type(attribute, index, names).contains("'a"))
}

fn setter(rust: &mut String, attribute: &Attribute, index: AttributeIndex, names: &Names) {
    let method = names.method(index);
    let (ty, value) = argument(attribute, index, names, method);
    rust.push('\n');
    docs::comment(rust, "    ", &docs::attribute(attribute));
    let _ = write!(
        rust,
        "    #[inline]\n    \
             pub fn {method}(self, {method}: {ty}) -> Self {{\n        \
                 Self {{ slots: self.slots.set({}, {value}) }}\n    }}\n",
        index.get()
    );
}

/// The type of a parameter for an attribute, and the expression that its slot takes.
fn argument(
    attribute: &Attribute,
    index: AttributeIndex,
    names: &Names,
    name: &str,
) -> (String, String) {
    if names.list(index).is_some() {
        return (
            plain_type(attribute, index, names),
            format!("{name}.as_str()"),
        );
    }
    match attribute.ty {
        AttributeType::Timestamp => (
            "impl Into<__rt::Timestamp>".to_owned(),
            format!("{name}.into()"),
        ),
        AttributeType::Semver => (
            "impl Into<__rt::SemverArgument<'a>>".to_owned(),
            format!("{name}.into()"),
        ),
        AttributeType::Strings => (
            "impl Into<__rt::Texts<'a>>".to_owned(),
            format!("{name}.into()"),
        ),
        _ => (plain_type(attribute, index, names), name.to_owned()),
    }
}

/// The type of a field for an attribute, which can't be generic.
fn plain_type(attribute: &Attribute, index: AttributeIndex, names: &Names) -> String {
    if let Some(list) = names.list(index) {
        return list.to_owned();
    }
    match attribute.ty {
        AttributeType::String => "&'a str",
        AttributeType::Integer => "i64",
        AttributeType::Number => "f64",
        AttributeType::Boolean => "bool",
        AttributeType::Timestamp => "__rt::Timestamp",
        AttributeType::Semver => "__rt::SemverArgument<'a>",
        AttributeType::Strings => "__rt::Texts<'a>",
    }
    .to_owned()
}
