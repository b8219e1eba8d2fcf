//! What a question about a flag is answered with, in the words of the language.

use serde_json::Value;

/// An answer. Two answers are equal where they say the same; numbers in values compare by value, so `1` is `1.0`.
///
/// ```
/// use flagstone_tests::Answer;
/// use serde_json::json;
///
/// let answer = |value| Answer {
///     variant: Some("one".to_owned()),
///     value,
///     reason: "static".to_owned(),
///     rule: None,
///     rule_name: None,
///     error: None,
/// };
/// assert_eq!(answer(json!(1)), answer(json!(1.0)));
/// assert_ne!(answer(json!(1)), answer(json!("1")));
/// ```
#[derive(Debug, Clone)]
pub struct Answer {
    /// The variant's name; none where there is no such flag.
    pub variant: Option<String>,
    /// What the variant holds; null where there is no such flag.
    pub value: Value,
    /// Which step decided, such as `left_out`.
    pub reason: String,
    /// The index of the rule that decided, from 0.
    pub rule: Option<usize>,
    /// The name of the rule that decided, where it has one.
    pub rule_name: Option<String>,
    /// `flag_not_found`, `circle` or `unit_missing`.
    pub error: Option<String>,
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        self.variant == other.variant
            && same_value(&self.value, &other.value)
            && self.reason == other.reason
            && self.rule == other.rule
            && self.rule_name == other.rule_name
            && self.error == other.error
    }
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left == right,
            _ => left.as_f64() == right.as_f64(),
        },
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same_value(l, r))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| {
                    right.get(key).is_some_and(|other| same_value(value, other))
                })
        }
        _ => left == right,
    }
}
