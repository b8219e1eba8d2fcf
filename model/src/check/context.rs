//! The section `context`.

use super::known::Known;
use super::read::{Entry, Fields, Reader};
use super::report::Holder;
use crate::quoted::Quoted;
use crate::{Attribute, AttributeIndex, AttributeType, Code, Name, Span};

const KEYS: [&str; 2] = ["targeting_key", "attributes"];
const ATTRIBUTE_KEYS: [&str; 5] = ["type", "values", "required", "private", "description"];

/// The name of the attribute that identifies the unit where the document names none.
const DEFAULT_TARGETING_KEY: &str = "targeting_key";

/// Reads what the program knows about a request.
pub(super) fn check<'t>(reader: &mut Reader<'_>, top: &Fields<'t>, known: &mut Known<'t>) {
    reader.report.enter(Holder::Document);
    let fields = top.get("context").and_then(|entry| {
        reader.fields(
            entry.value,
            "`context`",
            "for example `{ attributes: { country: string } }`",
            &KEYS,
        )
    });
    let mut targeting_key = None;
    if let Some(fields) = &fields {
        if let Some(entry) = fields.get("attributes") {
            attributes(reader, entry, known);
        }
        reader.report.enter(Holder::Document);
        if let Some(entry) = fields.get("targeting_key") {
            let text = reader.text(entry.value, &"`targeting_key`");
            targeting_key = text
                .and_then(|text| reader.unreserved_name(text, entry.value.span, "an attribute"));
        }
    }
    let name = targeting_key.or_else(|| Name::new(DEFAULT_TARGETING_KEY).ok());
    known.targeting_key = name.map(|name| declared_or_string(name, known));
}

fn attributes<'t>(reader: &mut Reader<'_>, entry: Entry<'t>, known: &mut Known<'t>) {
    let help = "name them with their types: `{ country: string }`";
    let Some(entries) = reader.entries(entry.value, "`attributes`", help) else {
        return;
    };
    for entry in entries.iter() {
        let Some(name) = reader.unreserved_name(entry.key, entry.span, "an attribute") else {
            continue;
        };
        let index = known.attributes.len();
        reader.report.enter(Holder::Attribute(index));
        let attribute = attribute(reader, entry, name.clone());
        known.keep_closed_list(&attribute);
        known.attributes.push(attribute);
        known
            .attribute_by_name
            .insert(name, AttributeIndex::new(index));
        reader.report.enter(Holder::Document);
    }
}

/// One attribute; where its type can't be read it is reported, and whatever reads it is held back.
fn attribute(reader: &mut Reader<'_>, entry: Entry<'_>, name: Name) -> Attribute {
    let mut attribute = Attribute {
        name,
        ty: AttributeType::String,
        values: None,
        required: false,
        private: false,
        description: None,
        span: entry.span,
    };
    if !reader.has_value(entry, "string") {
        return attribute;
    }
    if !entry.value.is_map() {
        attribute.ty = attribute_type(reader, entry.value).unwrap_or(attribute.ty);
        return attribute;
    }
    let what = format!("the attribute `{}`", attribute.name);
    let Some(fields) = reader.fields(entry.value, &what, "", &ATTRIBUTE_KEYS) else {
        return attribute;
    };
    match fields.get("type") {
        Some(entry) => attribute.ty = attribute_type(reader, entry.value).unwrap_or(attribute.ty),
        None if !fields.lacks(&["type"]) => {}
        None => reader.report.error(
            Code::MissingKey,
            entry.span,
            format!("{what} has no `type`"),
            "write `type: string`, or another",
        ),
    }
    if let Some(entry) = fields.get("values") {
        attribute.values = values(reader, entry, attribute.ty);
    }
    attribute.required = fields
        .get("required")
        .and_then(|entry| reader.boolean(entry.value, &"`required`"))
        .unwrap_or(false);
    attribute.private = fields
        .get("private")
        .and_then(|entry| reader.boolean(entry.value, &"`private`"))
        .unwrap_or(false);
    attribute.description = fields
        .get("description")
        .and_then(|entry| reader.words(entry));
    attribute
}

fn attribute_type(reader: &mut Reader<'_>, node: crate::Node<'_>) -> Option<AttributeType> {
    reader.word(
        node,
        &"the type of an attribute",
        &AttributeType::ALL.map(|ty| (ty.name(), ty)),
    )
}

fn values(reader: &mut Reader<'_>, entry: Entry<'_>, ty: AttributeType) -> Option<Vec<Box<str>>> {
    if ty != AttributeType::String {
        let message = format!(
            "only a `string` has a closed list of values, and this attribute is of type `{}`",
            ty.name()
        );
        reader.report.error(
            Code::NotForThisType,
            entry.span,
            message,
            "remove `values`, or write `type: string`",
        );
        return None;
    }
    let help = "write the values: `[free, premium]`";
    let nodes = reader.list(entry.value, &"`values`", help)?;
    if nodes.is_empty() {
        reader.empty(
            entry.value.span,
            "an empty list of values, so that no text would be one of them",
            help,
        );
        return None;
    }
    let mut values: Vec<Box<str>> = Vec::with_capacity(nodes.len());
    let mut seen = std::collections::HashSet::new();
    for node in nodes.iter() {
        let Some(text) = reader.text(node, &"a value of an attribute") else {
            continue;
        };
        if seen.insert(text) {
            values.push(text.into());
        } else {
            reader.report.error(
                Code::DuplicateKey,
                node.span,
                format!("the value {} stands twice", Quoted(text)),
                "keep one of the two",
            );
        }
    }
    Some(values)
}

/// The targeting key's attribute, which is a `string` where it isn't declared.
fn declared_or_string(name: Name, known: &mut Known<'_>) -> AttributeIndex {
    if let Some(index) = known.attribute_by_name.get(&name) {
        return *index;
    }
    let index = AttributeIndex::new(known.attributes.len());
    known.attributes.push(Attribute {
        name: name.clone(),
        ty: AttributeType::String,
        values: None,
        required: false,
        private: false,
        description: None,
        span: Span::default(),
    });
    known.attribute_by_name.insert(name, index);
    index
}
