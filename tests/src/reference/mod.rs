//! A slow evaluator, written from the language's page alone.
//!
//! It exists to disagree with flagstone: it shares no code with it, compiles nothing ahead and keeps nothing, and each
//! question walks the document's JSON again. It takes the document to be valid and the environment to be declared;
//! what it answers about others means nothing.
//!
//! Where the page is silent, this is what it does:
//!
//! 1. A rollout that changes with time is never *plain*: at 0 % or 100 % its reasons are still `left_out` and `split`.
//! 2. Without a text to bucket by, a rollout that stands at 0 % at that time leaves out without an error, whatever
//!    its split; one between 0 % and 100 %, and a split with two weighty arms at 100 %, leave out with `unit_missing`.
//! 3. "Two arms or more have weight" counts arms, not variants: a list that names one variant twice needs a text.
//! 4. In a boolean flag `"true"` and `"false"` in quotes stand for `on` and `off` as well, since JSON has no other keys.
//! 5. A `by` or a targeting key is read raw: the text of an attribute that is declared `integer` buckets, and the other way round.
//! 6. The arms of a mapping are in byte order of the names as they are written.
//! 7. An identifier of a pre-release is any text but the empty one; one of digits alone is a number of any size, leading
//!    zeros ignored. What stands behind `+` is cut before anything else is looked at.
//! 8. Offsets go from `-23:59` to `+23:59`, `-00:00` is UTC, and the years are 0000 to 9999 before the offset is taken off.
//! 9. An integer is what JSON writes without point and exponent; `-0` is none.
//! 10. Units that are written as integers are read up to 2^64 − 1, since JSON's tree holds no larger ones.

mod attribute;
mod condition;
mod deciding;
mod distribution;
mod operator;
mod time;
mod version;

use serde_json::{Map, Value};

use crate::Answer;
use deciding::Flag;

pub use time::milliseconds;

/// What the flag answers in the environment, for the context, at a time in milliseconds since 1970.
///
/// ```
/// use flagstone_tests::{evaluate, from_yaml, milliseconds};
/// use serde_json::{Map, json};
///
/// let document = from_yaml("{ version: 1, flags: { dark_mode: { serve: on } } }")?;
/// let now = milliseconds("2026-12-31T18:00:00Z").unwrap_or_default();
/// let answer = evaluate(&document, None, "dark_mode", &Map::new(), now);
/// assert_eq!(answer.variant.as_deref(), Some("on"));
/// assert_eq!(answer.value, json!(true));
/// assert_eq!(answer.reason, "static");
/// # Ok::<(), serde_yaml::Error>(())
/// ```
pub fn evaluate(
    document: &Value,
    environment: Option<&str>,
    flag: &str,
    context: &Map<String, Value>,
    now: i64,
) -> Answer {
    let question = Question {
        document,
        environment,
        context,
        now,
    };
    question.answer(flag)
}

/// Whether an attribute of the context fulfils an operator.
///
/// ```
/// use flagstone_tests::fits;
/// use serde_json::{Map, json};
///
/// let document = json!({ "context": { "attributes": { "age": "integer" } } });
/// assert!(!fits(&document, &Map::new(), "age", "not_equals", &json!(5)), "missing");
/// ```
pub fn fits(
    document: &Value,
    context: &Map<String, Value>,
    attribute: &str,
    operator: &str,
    operand: &Value,
) -> bool {
    let attribute = attribute::read(document, context, attribute);
    operator::holds(attribute.as_ref(), operator, operand)
}

/// What every answer depends on.
#[derive(Debug, Clone, Copy)]
struct Question<'a> {
    document: &'a Value,
    environment: Option<&'a str>,
    context: &'a Map<String, Value>,
    now: i64,
}

impl Question<'_> {
    fn answer(&self, key: &str) -> Answer {
        let flag = self
            .document
            .get("flags")
            .and_then(|flags| flags.get(key))
            .map(|base| Flag::new(*self, key, base));
        let Some(flag) = flag else {
            return Answer {
                variant: None,
                value: Value::Null,
                reason: "error".to_owned(),
                rule: None,
                rule_name: None,
                error: Some("flag_not_found".to_owned()),
            };
        };
        let decision = flag.decide();
        Answer {
            value: flag.value_of(&decision.variant),
            variant: Some(decision.variant),
            reason: decision.reason.to_owned(),
            rule: decision.rule.map(|(index, _)| index),
            rule_name: decision.rule.and_then(|(_, name)| name.map(str::to_owned)),
            error: decision.unit_missing.then(|| "unit_missing".to_owned()),
        }
    }

    /// Whether another flag answers the variant, or one of the variants, that are written.
    fn answers_one_of(&self, key: &str, written: &Value) -> bool {
        let Some(base) = self.document.get("flags").and_then(|flags| flags.get(key)) else {
            return false;
        };
        let flag = Flag::new(*self, key, base);
        let answer = flag.decide().variant;
        one_or_more(written)
            .iter()
            .any(|variant| flag.spelled(variant) == answer)
    }
}

/// The entries of a list, or the one value that isn't a list.
fn one_or_more(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        single => core::slice::from_ref(single),
    }
}
