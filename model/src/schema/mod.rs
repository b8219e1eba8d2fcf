//! The language as a JSON Schema, from which editors complete and check while one types.

mod condition;
mod place;

use serde_json::{Map, Value, json};

use crate::RESERVED;
use crate::shape::Shape;

/// The JSON Schema, draft 2020-12, of a document.
///
/// Whatever [`load`](crate::load) takes fits it. It can't say all: that a name is declared, that a value is of its flag's type,
/// that moments are in order. So what fits it may still be wrong.
///
/// ```
/// let schema = flagstone_model::json_schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert!(schema["$defs"]["flag"]["properties"]["rollout"].is_object());
/// ```
pub fn json_schema() -> Value {
    let definitions = DEFINED
        .into_iter()
        .map(|(name, shape)| (name.to_owned(), place::of(shape)));
    let mut definitions: Map<String, Value> = definitions.collect();
    definitions.insert("test".into(), condition::test());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "flags.yaml",
        "description": "Feature flags, as flagstone reads them.",
        "$ref": "#/$defs/document",
        "$defs": definitions,
    })
}

/// What has a definition of its own: what is used in several places, or inside itself.
const DEFINED: [(&str, Shape); 17] = [
    ("document", Shape::Document),
    ("attribute", Shape::Attribute),
    ("segment", Shape::Segment),
    ("environment", Shape::Environment),
    ("flag", Shape::Flag),
    ("overlay", Shape::Overlay),
    ("override", Shape::Override),
    ("rule", Shape::Rule),
    ("condition", Shape::Condition),
    ("sample", Shape::Sample),
    ("rollout", Shape::Rollout),
    ("split", Shape::Split),
    ("name", Shape::Name),
    ("variant", Shape::Variant),
    ("unit", Shape::Unit),
    ("percent", Shape::Percent),
    ("moment", Shape::Moment),
];

/// What a place of a shape may hold: a reference where the shape has a definition.
fn reference(shape: Shape) -> Value {
    let defined = DEFINED.iter().find(|(_, defined)| *defined == shape);
    match defined {
        Some((name, _)) => json!({ "$ref": format!("#/$defs/{name}") }),
        None => place::of(shape),
    }
}

/// A mapping with the shape's keys, and no others.
fn object(shape: Shape) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in shape.keys() {
        let mut value = reference(key.shape);
        if let Some(value) = value.as_object_mut() {
            value.insert("description".into(), key.says.into());
        }
        properties.insert(key.name.into(), value);
        if key.is_required {
            required.push(key.name);
        }
    }
    let mut object = Map::new();
    object.insert("type".into(), "object".into());
    object.insert("properties".into(), properties.into());
    object.insert("additionalProperties".into(), false.into());
    if !required.is_empty() {
        object.insert("required".into(), required.into());
    }
    object
}

/// A mapping whose keys are names.
fn named(value: &Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "$ref": "#/$defs/name" },
        "additionalProperties": value,
    })
}

/// A mapping whose keys are names that the language doesn't reserve.
fn unreserved(value: &Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "$ref": "#/$defs/name", "not": { "enum": RESERVED } },
        "additionalProperties": value,
    })
}

/// One of these, or a list of them.
fn one_or_some(of: &Value) -> Value {
    json!({ "anyOf": [of, { "type": "array", "items": of, "minItems": 1 }] })
}
