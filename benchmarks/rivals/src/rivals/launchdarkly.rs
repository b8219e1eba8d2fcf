//! LaunchDarkly's evaluation engine, by itself and in the SDK.

mod engine;
mod sdk;

use launchdarkly_server_sdk_evaluation::{Context, ContextBuilder, Flag};
use serde_json::{Map, Value, json};

pub use engine::Evaluation;
pub use sdk::Sdk;

use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

fn document(flags: &[Declared]) -> Value {
    let flags = flags
        .iter()
        .map(|flag| (flag.key.clone(), declaration(flag)));
    Value::Object(flags.collect::<Map<_, _>>())
}

fn declaration(flag: &Declared) -> Value {
    let everyone = json!({ "variation": 0 });
    let half = json!({ "rollout": { "variations": [
        { "variation": 0, "weight": 50_000 },
        { "variation": 1, "weight": 50_000 },
    ] } });
    let rule = json!({
        "id": "rule",
        "trackEvents": false,
        "variation": 0,
        "clauses": [
            { "attribute": "country", "op": "in", "values": COUNTRIES, "negate": false },
            { "attribute": "age", "op": "greaterThanOrEqual", "values": [AGE], "negate": false },
            // Versions have no "greater than or equal".
            { "attribute": "app_version", "op": "semVerLessThan", "values": [VERSION], "negate": true },
        ],
    });
    let (rules, fallthrough) = match flag.question {
        Question::Plain => (json!([]), everyone),
        Question::Rollout => (json!([]), half),
        Question::Rule => (json!([rule]), json!({ "variation": 1 })),
    };
    json!({
        "key": flag.key,
        "version": 1,
        "on": true,
        "targets": [],
        "rules": rules,
        "prerequisites": [],
        "fallthrough": fallthrough,
        "offVariation": 1,
        "variations": [true, false],
        "clientSide": false,
        "salt": flag.key,
    })
}

fn context(user: &User) -> Context {
    let mut builder = ContextBuilder::new(&user.id);
    builder
        .set_string("country", user.country)
        .set_string("plan", user.plan)
        .set_float("age", user.decimal_age())
        .set_string("app_version", user.app_version);
    builder
        .build()
        .unwrap_or_else(|error| unreachable!("the users are users: {error}"))
}

fn parse(document: &str) -> serde_json::Result<std::collections::HashMap<String, Flag>> {
    serde_json::from_str(document)
}
