//! A document that arrives at run time, compiled and asked by key, as tools do.

use flagstone::{Attributes, Snapshot, Timestamp};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// When the document arrives. No flag of it depends on the time.
const NOW: Timestamp = Timestamp::from_milliseconds(1_780_000_000_000);

/// A snapshot of a document in JSON.
pub struct Json(Snapshot);

/// A snapshot of a document in YAML.
pub struct Yaml(Snapshot);

impl Engine for Json {
    const NAME: &'static str = "flagstone, by key, from JSON";
    const PACKAGE: &'static str = "flagstone";
    const SETUP: &'static str = "`snapshot.evaluate(\"rule\", &attributes, now)`, for tools; loading is `flagstone::load` and `Snapshot::new`: parsed, checked and compiled";

    type Context<'u> = Attributes;

    fn document(flags: &[Declared]) -> String {
        document(flags).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        snapshot(document).map(Self)
    }

    fn context(user: &User) -> Attributes {
        Attributes::new()
            .set("user_id", user.id.as_str())
            .set("country", user.country)
            .set("plan", user.plan)
            .set("age", user.age)
            .set("app_version", user.app_version)
    }

    fn is_enabled(&self, question: Question, context: &Attributes) -> bool {
        is_enabled(&self.0, question, context)
    }
}

impl Engine for Yaml {
    const NAME: &'static str = "flagstone, from YAML";
    const PACKAGE: &'static str = "flagstone";
    const SETUP: &'static str = "the same document, as people write it";
    const QUESTIONS: &'static [Question] = &[];
    const BUILDS: bool = false;

    type Context<'u> = Attributes;

    fn document(flags: &[Declared]) -> String {
        yaml(flags)
    }

    fn load(document: &str) -> Result<Self, Failure> {
        snapshot(document).map(Self)
    }

    fn context(user: &User) -> Attributes {
        Json::context(user)
    }

    fn is_enabled(&self, question: Question, context: &Attributes) -> bool {
        is_enabled(&self.0, question, context)
    }
}

fn snapshot(document: &str) -> Result<Snapshot, Failure> {
    let loaded = flagstone::load("flags.yaml", document.as_bytes());
    let definition = loaded.definition().ok_or_else(|| {
        let first = loaded.diagnostics().first();
        first.map_or_else(String::new, |mistake| format!("{mistake:?}"))
    })?;
    Ok(Snapshot::new(definition, None, NOW)?)
}

fn is_enabled(snapshot: &Snapshot, question: Question, context: &Attributes) -> bool {
    let evaluation = snapshot.evaluate(question.key(), context, NOW);
    evaluation.variant == Some("on")
}

fn document(flags: &[Declared]) -> Value {
    let flags = flags
        .iter()
        .map(|flag| (flag.key.clone(), declaration(flag.question)));
    json!({
        "version": 1,
        "context": {
            "targeting_key": "user_id",
            "attributes": {
                "user_id": "string",
                "country": "string",
                "plan": "string",
                "age": "integer",
                "app_version": "semver",
            },
        },
        "flags": flags.collect::<Map<_, _>>(),
    })
}

fn declaration(question: Question) -> Value {
    match question {
        Question::Plain => json!({ "serve": "on" }),
        Question::Rollout => json!({ "rollout": "50%" }),
        Question::Rule => json!({ "rules": [{
            "if": { "country": COUNTRIES, "age": { "gte": AGE }, "app_version": { "gte": VERSION } },
            "serve": "on",
        }] }),
    }
}

fn yaml(flags: &[Declared]) -> String {
    let mut text = String::from(concat!(
        "version: 1\n",
        "context:\n",
        "  targeting_key: user_id\n",
        "  attributes: { user_id: string, country: string, plan: string, age: integer, app_version: semver }\n",
        "flags:\n",
    ));
    for flag in flags {
        text.push_str("  ");
        text.push_str(&flag.key);
        text.push_str(":\n");
        text.push_str(match flag.question {
            Question::Plain => "    serve: on\n",
            Question::Rollout => "    rollout: 50%\n",
            Question::Rule => concat!(
                "    rules:\n",
                "      - if: { country: [DE, FR, GB, JP, US], age: { gte: 21 }, app_version: { gte: \"2.10.0\" } }\n",
                "        serve: on\n",
            ),
        });
    }
    text
}
