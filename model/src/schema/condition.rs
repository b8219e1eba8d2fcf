//! Conditions and the tests in them.

use serde_json::{Map, Value, json};

use super::{named, one_or_some, reference};
use crate::shape::Shape;

/// A condition: entries that must all hold, or a list of conditions.
pub(super) fn condition() -> Value {
    let condition = reference(Shape::Condition);
    let some = json!({ "type": "array", "items": condition, "minItems": 1 });
    let now = ["gt", "gte", "lt", "lte", "before", "after"]
        .map(|operator| (operator.to_owned(), reference(Shape::Moment)));
    json!({
        "anyOf": [
            some,
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": { "$ref": "#/$defs/name" },
                "properties": {
                    "all": some,
                    "any": some,
                    "not": condition,
                    "segment": one_or_some(&reference(Shape::Name)),
                    "sample": { "anyOf": [reference(Shape::Percent), reference(Shape::Sample)] },
                    "flag": named(&one_or_some(&reference(Shape::Variant))),
                    "now": {
                        "type": "object",
                        "minProperties": 1,
                        "properties": Map::from_iter(now),
                        "additionalProperties": false,
                    },
                },
                "additionalProperties": { "$ref": "#/$defs/test" },
            },
        ],
    })
}

/// What an attribute must fulfil: a value, one of several, or operators.
pub(super) fn test() -> Value {
    let scalar = json!({ "type": ["string", "number", "boolean"] });
    let some = json!({ "type": "array", "items": scalar, "minItems": 1 });
    let text = json!({ "type": "string", "minLength": 1 });
    let texts = one_or_some(&text);
    let mut operators = Map::new();
    operators.insert("exists".into(), json!({ "type": "boolean" }));
    for operator in [
        "equals",
        "not_equals",
        "gt",
        "gte",
        "lt",
        "lte",
        "before",
        "after",
    ] {
        operators.insert(operator.into(), scalar.clone());
    }
    for operator in ["in", "not_in"] {
        operators.insert(operator.into(), some.clone());
    }
    for operator in [
        "contains",
        "not_contains",
        "starts_with",
        "ends_with",
        "matches",
    ] {
        operators.insert(operator.into(), texts.clone());
    }
    json!({
        "anyOf": [
            scalar,
            some,
            {
                "type": "object",
                "minProperties": 1,
                "properties": operators,
                "additionalProperties": false,
            },
        ],
    })
}
