//! Attributes of a context, by their declared types (section 3).

use serde_json::{Map, Value};

use super::Question;
use super::time::milliseconds_of_time_or_date;
use super::version::Version;

/// The value of an attribute that isn't missing.
#[derive(Debug)]
pub(super) enum Attribute {
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Timestamp(i64),
    Version(Version),
    Texts(Vec<String>),
}

/// An attribute's value; none where it is absent, null, or not of its declared type.
pub(super) fn read(
    document: &Value,
    context: &Map<String, Value>,
    name: &str,
) -> Option<Attribute> {
    let value = context.get(name)?;
    match declared_type(document, name) {
        "integer" => value.as_i64().map(Attribute::Integer),
        "number" => finite(value).map(Attribute::Number),
        "boolean" => value.as_bool().map(Attribute::Boolean),
        "timestamp" => milliseconds_of_time_or_date(value.as_str()?).map(Attribute::Timestamp),
        "semver" => Version::read(value.as_str()?).map(Attribute::Version),
        "strings" => texts(value.as_array()?).map(Attribute::Texts),
        _ => value.as_str().map(|text| Attribute::Text(text.to_owned())),
    }
}

/// What is declared, in the short form or the long; an undeclared targeting key is a `string`.
fn declared_type<'a>(document: &'a Value, name: &str) -> &'a str {
    let declaration = document
        .get("context")
        .and_then(|context| context.get("attributes"))
        .and_then(|attributes| attributes.get(name));
    match declaration {
        Some(Value::String(short)) => short,
        Some(long) => long.get("type").and_then(Value::as_str).unwrap_or("string"),
        None => "string",
    }
}

fn finite(value: &Value) -> Option<f64> {
    value.as_f64().filter(|number| number.is_finite())
}

fn texts(list: &[Value]) -> Option<Vec<String>> {
    list.iter()
        .map(|element| element.as_str().map(str::to_owned))
        .collect()
}

impl Question<'_> {
    pub(super) fn attribute(&self, name: &str) -> Option<Attribute> {
        read(self.document, self.context, name)
    }

    /// The name of the attribute that identifies the unit.
    pub(super) fn targeting_key(&self) -> &str {
        self.document
            .get("context")
            .and_then(|context| context.get("targeting_key"))
            .and_then(Value::as_str)
            .unwrap_or("targeting_key")
    }

    /// The text of the targeting key.
    pub(super) fn unit(&self) -> Option<String> {
        self.text_of(self.targeting_key())
    }

    /// What an attribute buckets by: text that isn't empty as it is, an integer in decimal, whatever its declared type.
    pub(super) fn text_of(&self, attribute: &str) -> Option<String> {
        match self.context.get(attribute)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => number.as_i64().map(|integer| integer.to_string()),
            _ => None,
        }
    }
}

/// The text that a unit in a document stands for, be it written as text or as an integer.
pub(super) fn written_unit(written: &Value) -> String {
    match written {
        Value::String(text) => text.clone(),
        integer => integer.to_string(),
    }
}
