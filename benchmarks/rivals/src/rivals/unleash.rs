//! The engine that Unleash's SDKs share.

use std::collections::HashMap;

use serde_json::{Value, json};
use unleash_types::client_features::ClientFeatures;
use unleash_yggdrasil::{Context, EngineState, UpdateMessage};

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `unleash-yggdrasil`
pub struct Unleash(EngineState);

impl Engine for Unleash {
    const NAME: &'static str = "unleash-yggdrasil";
    const PACKAGE: &'static str = "unleash-yggdrasil";
    const SETUP: &'static str =
        "`engine.is_enabled(\"rule\", &context, &None)`; no metrics are counted";

    type Context<'u> = Context;

    fn document(flags: &[Declared]) -> String {
        let features: Vec<Value> = flags
            .iter()
            .map(|flag| {
                json!({
                    "name": flag.key,
                    "type": "release",
                    "enabled": true,
                    "strategies": [strategy(flag)],
                })
            })
            .collect();
        json!({ "version": 2, "features": features }).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let features: ClientFeatures = serde_json::from_str(document)?;
        let engine = EngineState::default();
        match engine.take_state(UpdateMessage::FullResponse(features)) {
            None => Ok(Self(engine)),
            Some(warnings) => {
                let first = warnings.first().map(|warning| warning.message.clone());
                Err(first.unwrap_or_default().into())
            }
        }
    }

    fn context(user: &User) -> Context {
        let properties = [
            ("country", user.country.to_owned()),
            ("plan", user.plan.to_owned()),
            ("age", user.age.to_string()),
            ("app_version", user.app_version.to_owned()),
        ];
        let properties = properties.map(|(name, value)| (name.to_owned(), value));
        Context {
            user_id: Some(user.id.clone()),
            session_id: None,
            environment: None,
            app_name: None,
            current_time: None,
            remote_address: None,
            properties: Some(HashMap::from(properties)),
        }
    }

    fn is_enabled(&self, question: Question, context: &Context) -> bool {
        self.0.is_enabled(question.key(), context, &None)
    }
}

fn strategy(flag: &Declared) -> Value {
    match flag.question {
        Question::Plain => json!({ "name": "default" }),
        Question::Rollout => json!({
            "name": "flexibleRollout",
            "parameters": { "rollout": "50", "stickiness": "userId", "groupId": flag.key },
        }),
        Question::Rule => json!({
            "name": "default",
            "constraints": [
                { "contextName": "country", "operator": "IN", "values": COUNTRIES },
                { "contextName": "age", "operator": "NUM_GTE", "value": AGE.to_string() },
                { "contextName": "app_version", "operator": "SEMVER_GTE", "value": VERSION },
            ],
        }),
    }
}
