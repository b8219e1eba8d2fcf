//! Flagsmith's engine. It evaluates an environment as a whole, so each question gets an environment with that flag alone.

use std::collections::HashMap;
use std::hint::black_box;

use flagsmith_flag_engine::engine::get_evaluation_result;
use flagsmith_flag_engine::engine_eval::context::{EngineEvaluationContext, IdentityContext};
use flagsmith_flag_engine::types::{FlagsmithValue, FlagsmithValueType};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `flagsmith-flag-engine`
pub struct Flagsmith(EngineEvaluationContext);

/// An environment for each question, with the user in it.
pub struct Environments([EngineEvaluationContext; 3]);

impl Engine for Flagsmith {
    const NAME: &'static str = "flagsmith-flag-engine";
    const PACKAGE: &'static str = "flagsmith-flag-engine";
    const SETUP: &'static str = "`get_evaluation_result(&environment).flags[\"rule\"].enabled`; it evaluates all flags of an environment at once, so each question has an environment with that flag alone, and the user is in it already; building the context is building the `IdentityContext`. With 10 000 flags in the environment a question takes as long as 10 000, and so does the first answer, which is nearly half of the time to it";

    type Context<'u> = Environments;

    fn document(flags: &[Declared]) -> String {
        environment(flags).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let mut environment: EngineEvaluationContext = serde_json::from_str(document)?;
        environment.identity = Some(identity(&User::within(0)));
        Ok(Self(environment))
    }

    fn context(user: &User) -> Environments {
        Environments(Question::ALL.map(|question| {
            let flag = Declared {
                key: question.key().to_owned(),
                question,
            };
            let mut environment: EngineEvaluationContext =
                serde_json::from_value(environment(&[flag]))
                    .unwrap_or_else(|error| unreachable!("the document is right: {error}"));
            environment.identity = Some(identity(user));
            environment
        }))
    }

    fn build(user: &User) {
        drop(black_box(identity(black_box(user))));
    }

    fn is_enabled(&self, question: Question, environments: &Environments) -> bool {
        let [plain, rollout, rule] = &environments.0;
        let environment = match question {
            Question::Plain => plain,
            Question::Rollout => rollout,
            Question::Rule => rule,
        };
        is_enabled(environment, question)
    }

    /// Of the environment that was loaded, all of whose flags are evaluated for it.
    fn first_answer(&self, _: &Environments) -> bool {
        is_enabled(&self.0, Question::Plain)
    }
}

fn is_enabled(environment: &EngineEvaluationContext, question: Question) -> bool {
    let flags = get_evaluation_result(environment).flags;
    flags.get(question.key()).is_some_and(|flag| flag.enabled)
}

fn identity(user: &User) -> IdentityContext {
    let text = |value: &str| FlagsmithValue {
        value_type: FlagsmithValueType::String,
        value: value.to_owned(),
    };
    let age = FlagsmithValue {
        value_type: FlagsmithValueType::Integer,
        value: user.age.to_string(),
    };
    IdentityContext {
        identifier: user.id.clone(),
        key: user.id.clone(),
        traits: HashMap::from([
            ("country".to_owned(), text(user.country)),
            ("plan".to_owned(), text(user.plan)),
            ("age".to_owned(), age),
            ("app_version".to_owned(), text(user.app_version)),
        ]),
    }
}

fn environment(flags: &[Declared]) -> Value {
    let features = flags.iter().map(|flag| {
        let is_enabled = flag.question == Question::Plain;
        (flag.key.clone(), feature(&flag.key, is_enabled))
    });
    let segments = flags
        .iter()
        .filter_map(|flag| Some((flag.key.clone(), segment(flag)?)));
    json!({
        "environment": { "key": "production", "name": "production" },
        "features": features.collect::<Map<_, _>>(),
        "segments": segments.collect::<Map<_, _>>(),
    })
}

fn feature(key: &str, is_enabled: bool) -> Value {
    json!({ "key": key, "name": key, "enabled": is_enabled, "value": null })
}

/// Whoever is in the segment has the flag.
fn segment(flag: &Declared) -> Option<Value> {
    let conditions = match flag.question {
        Question::Plain => return None,
        Question::Rollout => json!([
            { "operator": "PERCENTAGE_SPLIT", "property": "$.identity.key", "value": "50" },
        ]),
        Question::Rule => json!([
            { "operator": "IN", "property": "country", "value": COUNTRIES },
            { "operator": "GREATER_THAN_INCLUSIVE", "property": "age", "value": AGE.to_string() },
            { "operator": "GREATER_THAN_INCLUSIVE", "property": "app_version", "value": format!("{VERSION}:semver") },
        ]),
    };
    Some(json!({
        "key": flag.key,
        "name": flag.key,
        "overrides": [feature(&flag.key, true)],
        "rules": [{ "type": "ALL", "conditions": conditions }],
    }))
}
