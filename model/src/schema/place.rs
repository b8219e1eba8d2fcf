//! What each place of a document may hold.

use serde_json::{Value, json};

use super::{condition, named, object, one_or_some, reference, unreserved};
use crate::definition::{AttributeType, Expose, Kind, ValueType};
use crate::limits;
use crate::shape::Shape;

/// The schema of a place.
pub(super) fn of(shape: Shape) -> Value {
    match shape {
        Shape::Document => with(shape, &json!({ "patternProperties": { "^x-": true } })),
        Shape::Context | Shape::Environment | Shape::RetiredFlag | Shape::Sample | Shape::Step => {
            object(shape).into()
        }
        Shape::Attributes => unreserved(&json!({
            "anyOf": [of(Shape::AttributeType), reference(Shape::Attribute)],
        })),
        Shape::Attribute => with(
            shape,
            &json!({
                "if": { "required": ["values"] },
                "then": { "properties": { "type": { "const": "string" } } },
            }),
        ),
        Shape::Segments => unreserved(&reference(Shape::Segment)),
        Shape::Segment => with(
            shape,
            &json!({ "anyOf": [{ "required": ["members"] }, { "required": ["if"] }] }),
        ),
        Shape::Environments => unreserved(&reference(Shape::Environment)),
        Shape::Flags => named(&reference(Shape::Flag)),
        Shape::Overlays => named(&reference(Shape::Overlay)),
        Shape::Flag | Shape::Overlay => with(
            shape,
            &json!({
                "not": { "required": ["serve", "rollout"] },
                "dependentRequired": if shape == Shape::Flag { json!({ "variants": ["baseline"] }) } else { json!({}) },
            }),
        ),
        Shape::Retired => named(&of(Shape::RetiredFlag)),
        Shape::Overrides => named(&of(Shape::Units)),
        Shape::Units => json!({
            "type": "array",
            "items": { "anyOf": [reference(Shape::Unit), reference(Shape::Override)] },
        }),
        Shape::Override => object(shape).into(),
        Shape::Prerequisites => named(&one_or_some(&reference(Shape::Variant))),
        Shape::Rules => json!({
            "type": "array",
            "items": reference(Shape::Rule),
            "maxItems": limits::RULES,
        }),
        Shape::Rule => with(
            shape,
            &json!({
                "anyOf": [{ "required": ["serve"] }, { "required": ["rollout"] }, { "required": ["split"] }],
                "if": { "required": ["serve"] },
                "then": { "not": { "anyOf": [{ "required": ["rollout"] }, { "required": ["split"] }] } },
            }),
        ),
        Shape::Condition => condition::condition(),
        Shape::Rollout => json!({
            "anyOf": [
                reference(Shape::Percent),
                object(shape),
                { "type": "array", "items": of(Shape::Step), "minItems": 1 },
            ],
        }),
        Shape::Split => split(),
        Shape::Variants => json!({
            "type": "object",
            "propertyNames": { "$ref": "#/$defs/name" },
            "minProperties": 1,
        }),
        Shape::Members => json!({
            "type": "array",
            "items": reference(Shape::Unit),
            "minItems": 1,
        }),
        scalar => self::scalar(scalar),
    }
}

fn scalar(shape: Shape) -> Value {
    match shape {
        Shape::Metadata => json!({
            "type": "object",
            "additionalProperties": { "type": ["string", "number", "boolean"] },
        }),
        Shape::AttributeType => json!({ "enum": AttributeType::ALL.map(AttributeType::name) }),
        Shape::Kind => json!({ "enum": Kind::ALL.map(Kind::name) }),
        Shape::Expose => json!({ "enum": Expose::ALL.map(Expose::name) }),
        Shape::ValueType => json!({ "enum": ValueType::ALL.map(ValueType::name) }),
        Shape::Variant => json!({ "anyOf": [reference(Shape::Name), { "type": "boolean" }] }),
        Shape::Version => json!({ "const": 1 }),
        Shape::Name => json!({
            "type": "string",
            "pattern": "^(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9_.-]*$",
            "maxLength": limits::NAME_CHARACTERS,
        }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Shape::Moment => json!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        }),
        Shape::Percent => json!({ "type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,6})?%$" }),
        Shape::RustName => json!({ "type": "string", "pattern": "^[A-Z][A-Z0-9_]*$" }),
        Shape::Unit => {
            json!({ "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "integer" }] })
        }
        Shape::Text => json!({ "type": "string" }),
        _ => json!({}),
    }
}

/// A mapping from variants to weights, or a list of such mappings with one entry each.
fn split() -> Value {
    let weight = json!({ "type": "integer", "minimum": 0 });
    let mut weights = named(&weight);
    let mut arm = weights.clone();
    if let (Some(weights), Some(arm)) = (weights.as_object_mut(), arm.as_object_mut()) {
        weights.insert("minProperties".into(), 1.into());
        weights.insert(
            "not".into(),
            json!({ "additionalProperties": { "const": 0 } }),
        );
        arm.insert("minProperties".into(), 1.into());
        arm.insert("maxProperties".into(), 1.into());
    }
    let has_weight = json!({ "additionalProperties": { "minimum": 1 } });
    json!({ "anyOf": [weights, { "type": "array", "items": arm, "contains": has_weight }] })
}

/// A mapping with the shape's keys, and more to say of it.
fn with(shape: Shape, more: &Value) -> Value {
    let mut object = object(shape);
    if let Some(more) = more.as_object() {
        object.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    object.into()
}
