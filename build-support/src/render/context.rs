//! `Context`: what the program knows about a request, with a method for each attribute.

use core::fmt::Write;

use flagstone_model::{Attribute, AttributeIndex, AttributeType, Definition};

use super::docs;
use super::names::Names;

pub(crate) fn render(rust: &mut String, definition: &Definition, names: &Names) {
    let schema = &definition.context;
    let count = schema.attributes.len();
    let structs = required_structs(definition);
    let _ = write!(
        rust,
        "\n/// What the program knows about a request. It borrows what it is given, and building one allocates nothing.\n\
         #[derive(Debug, Clone, Copy)]\n\
         #[must_use = \"a context does nothing until flags are asked about it\"]\n\
         pub struct Context<'a> {{\n    slots: __rt::Context<'a, Schema, {count}>,\n}}\n\
         \n\
         impl<'a> Context<'a> {{\n"
    );
    if structs.is_empty() {
        new_from_key(rust, definition, names);
        anonymous(rust);
    }
    for required in &structs {
        required.constructor(rust, names);
    }
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
    for required in &structs {
        required.render(rust, names);
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

fn anonymous(rust: &mut String) {
    rust.push_str(
        "\n    /// A context without a unit: rollouts below 100 % leave it out.\n    \
             #[inline]\n    \
             pub const fn anonymous() -> Self {\n        \
                 Self { slots: __rt::Context::new() }\n    }\n",
    );
}

/// A struct of what a context can't do without, from which it is made.
struct RequiredStruct<'d> {
    name: &'static str,
    constructor: &'static str,
    /// What the documentation of the constructor says.
    what: &'static str,
    attributes: Vec<(AttributeIndex, &'d Attribute)>,
}

/// The structs of a document with required attributes: with the unit, and without it unless it is required itself.
fn required_structs(definition: &Definition) -> Vec<RequiredStruct<'_>> {
    let schema = &definition.context;
    let attributes = || {
        let indexed = schema.attributes.iter().enumerate();
        indexed.map(|(index, attribute)| (AttributeIndex::new(index), attribute))
    };
    if !attributes().any(|(_, attribute)| attribute.required) {
        return Vec::new();
    }
    let is_key = |index: AttributeIndex| index == schema.targeting_key;
    let mut structs = vec![RequiredStruct {
        name: "Required",
        constructor: "new",
        what: "A context that has what every context must have.",
        attributes: attributes()
            .filter(|(index, attribute)| attribute.required || is_key(*index))
            .collect(),
    }];
    let key_is_required =
        attributes().any(|(index, attribute)| attribute.required && is_key(index));
    if !key_is_required {
        structs.push(RequiredStruct {
            name: "Anonymous",
            constructor: "anonymous",
            what: "A context without a unit, which rollouts below 100 % leave out, but with what every context must have.",
            attributes: attributes().filter(|(_, attribute)| attribute.required).collect(),
        });
    }
    structs
}

impl RequiredStruct<'_> {
    fn constructor(&self, rust: &mut String, names: &Names) {
        let Self {
            name,
            constructor,
            what,
            ..
        } = self;
        let lifetime = self.lifetime(names);
        let _ = write!(
            rust,
            "    /// {what}\n    \
                 #[inline]\n    \
                 pub fn {constructor}(required: {name}{lifetime}) -> Self {{\n        \
                     let slots = __rt::Context::new()"
        );
        for (index, attribute) in &self.attributes {
            let field = format!("required.{}", names.method(*index));
            let value = plain_value(attribute, *index, names, &field);
            let _ = write!(rust, "\n            .set({}, {value})", index.get());
        }
        rust.push_str(";\n        Self { slots }\n    }\n\n");
    }

    fn render(&self, rust: &mut String, names: &Names) {
        let name = self.name;
        let lifetime = self.lifetime(names);
        let _ = write!(
            rust,
            "\n/// What such a context must have: see [`Context::{}`]. The compiler names what is missing.\n\
             #[derive(Clone, Copy)]\n\
             pub struct {name}{lifetime} {{\n",
            self.constructor
        );
        for (index, attribute) in &self.attributes {
            docs::comment(rust, "    ", &docs::attribute(attribute));
            let (field, ty) = (names.method(*index), plain_type(attribute, *index, names));
            let _ = writeln!(rust, "    pub {field}: {ty},");
        }
        let elided = lifetime.replace("'a", "'_");
        let _ = write!(
            rust,
            "}}\n\n\
             /// Shows no values, since they may be private.\n\
             #[automatically_derived]\n\
             impl ::core::fmt::Debug for {name}{elided} {{\n    \
                 fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{\n        \
                     f.debug_struct({name:?}).finish_non_exhaustive()\n    }}\n}}\n"
        );
    }

    /// The lifetime, where a field borrows.
    fn lifetime(&self, names: &Names) -> &'static str {
        let borrows = self
            .attributes
            .iter()
            .any(|(index, attribute)| plain_type(attribute, *index, names).contains("'a"));
        if borrows { "<'a>" } else { "" }
    }
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
    let ty = plain_type(attribute, index, names);
    match attribute.ty {
        AttributeType::Timestamp | AttributeType::Semver | AttributeType::Strings => {
            let into = format!("::core::convert::Into::<{ty}>");
            (
                format!("impl ::core::convert::Into<{ty}>"),
                format!("{into}::into({name})"),
            )
        }
        _ => (ty, plain_value(attribute, index, names, name)),
    }
}

/// The expression that a slot takes of a field for an attribute.
fn plain_value(attribute: &Attribute, index: AttributeIndex, names: &Names, name: &str) -> String {
    if attribute.ty == AttributeType::String && names.list(index).is_some() {
        format!("{name}.as_str()")
    } else {
        name.to_owned()
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
