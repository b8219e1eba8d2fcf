//! Contexts made from bytes.

use serde_json::{Map, Value};

use crate::words::{ATTRIBUTES, SCALARS};

/// A context: each byte pair names an attribute and the value it has.
pub fn context(bytes: &[u8]) -> Map<String, Value> {
    let entry = |pair: &[u8]| {
        let [attribute, value] = pair else {
            return None;
        };
        let name = ATTRIBUTES[usize::from(*attribute) % ATTRIBUTES.len()];
        let value = match *value {
            200..=255 => Value::from(format!("u-{value}")),
            scalar => serde_json::from_str(SCALARS[usize::from(scalar) % SCALARS.len()])
                .unwrap_or(Value::Null),
        };
        Some((name.to_owned(), value))
    };
    bytes.chunks(2).take(12).filter_map(entry).collect()
}
