//! Documents as YAML text, as JSON text, and as trees.

use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;

/// A document's tree as YAML text. Keys `true` and `false` are written plain, as people write them.
///
/// # Errors
///
/// Where the YAML library refuses; it has no reason to.
pub fn to_yaml(document: &Value) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(&plain_keys(serde_yaml::to_value(document)?))
}

/// A document's tree as JSON text.
///
/// ```
/// use flagstone_tests::to_json;
///
/// assert_eq!(to_json(&serde_json::json!({ "version": 1 })), r#"{"version":1}"#);
/// ```
pub fn to_json(document: &Value) -> String {
    document.to_string()
}

/// The tree of a document's YAML text, with every key as text.
///
/// ```
/// use flagstone_tests::{from_yaml, to_yaml};
/// use serde_json::json;
///
/// let document = from_yaml("overrides: { true: [u-1, 7] }")?;
/// assert_eq!(document, json!({ "overrides": { "true": ["u-1", 7] } }));
/// assert_eq!(from_yaml(&to_yaml(&document)?)?, document);
/// # Ok::<(), serde_yaml::Error>(())
/// ```
///
/// # Errors
///
/// Where the text is no YAML.
pub fn from_yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    to_tree(serde_yaml::from_str(text)?)
}

fn plain_keys(value: Yaml) -> Yaml {
    match value {
        Yaml::Sequence(list) => list.into_iter().map(plain_keys).collect(),
        Yaml::Mapping(mapping) => {
            let entries = mapping.into_iter().map(|(key, value)| {
                let key = match key.as_str() {
                    Some("true") => Yaml::Bool(true),
                    Some("false") => Yaml::Bool(false),
                    _ => key,
                };
                (key, plain_keys(value))
            });
            Yaml::Mapping(entries.collect())
        }
        scalar => scalar,
    }
}

fn to_tree(value: Yaml) -> Result<Value, serde_yaml::Error> {
    match value {
        Yaml::Sequence(list) => list.into_iter().map(to_tree).collect(),
        Yaml::Mapping(mapping) => {
            let mut object = Map::new();
            for (key, value) in mapping {
                let key = match key {
                    Yaml::Bool(key) => key.to_string(),
                    Yaml::Number(key) => key.to_string(),
                    key => serde_yaml::from_value(key)?,
                };
                object.insert(key, to_tree(value)?);
            }
            Ok(Value::Object(object))
        }
        scalar => serde_yaml::from_value(scalar),
    }
}
