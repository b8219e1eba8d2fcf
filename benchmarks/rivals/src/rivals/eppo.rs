//! The engine that Eppo's SDKs share.

use std::collections::HashMap;
use std::sync::Arc;

use eppo_core::configuration_store::ConfigurationStore;
use eppo_core::eval::{Evaluator, EvaluatorConfig};
use eppo_core::ufc::{UniversalFlagConfig, VariationType};
use eppo_core::{Attributes, Configuration, SdkMetadata, Str};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `eppo_core`
pub struct Eppo(Evaluator);

const SDK: SdkMetadata = SdkMetadata {
    name: "rivals",
    version: "0",
};

impl Engine for Eppo {
    const NAME: &'static str = "eppo_core";
    const PACKAGE: &'static str = "eppo_core";
    const SETUP: &'static str = "`evaluator.get_assignment(\"rule\", &subject, &attributes, Some(VariationType::Boolean))` over a `ConfigurationStore`; the event it returns is dropped";

    type Context<'u> = (Str, Arc<Attributes>);

    fn document(flags: &[Declared]) -> String {
        let flags = flags
            .iter()
            .map(|flag| (flag.key.clone(), declaration(flag)));
        json!({
            "createdAt": "2026-01-01T00:00:00Z",
            "format": "SERVER",
            "environment": { "name": "production" },
            "flags": flags.collect::<Map<_, _>>(),
            "bandits": {},
        })
        .to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let flags = UniversalFlagConfig::from_json(SDK, document.as_bytes().to_vec())?;
        let configuration_store = Arc::new(ConfigurationStore::new());
        let configuration = Configuration::from_server_response(flags, None);
        configuration_store.set_configuration(Arc::new(configuration));
        Ok(Self(Evaluator::new(EvaluatorConfig {
            configuration_store,
            sdk_metadata: SDK,
        })))
    }

    fn context(user: &User) -> Self::Context<'_> {
        let attributes = HashMap::from([
            (Str::from("country"), user.country.into()),
            (Str::from("plan"), user.plan.into()),
            (Str::from("age"), user.decimal_age().into()),
            (Str::from("app_version"), user.app_version.into()),
        ]);
        (user.id.as_str().into(), Arc::new(attributes))
    }

    fn is_enabled(&self, question: Question, (subject, attributes): &Self::Context<'_>) -> bool {
        let expected = Some(VariationType::Boolean);
        let assignment = self
            .0
            .get_assignment(question.key(), subject, attributes, expected);
        match assignment {
            Ok(Some(assignment)) => assignment.value.as_boolean() == Some(true),
            Ok(None) | Err(_) => false,
        }
    }
}

fn declaration(flag: &Declared) -> Value {
    let everyone = json!([{ "shards": [], "variationKey": "on" }]);
    let allocations = match flag.question {
        Question::Plain => json!([{ "key": "all", "splits": everyone }]),
        Question::Rollout => json!([{
            "key": "half",
            "splits": [{
                "shards": [{ "salt": flag.key, "ranges": [{ "start": 0, "end": 5000 }] }],
                "variationKey": "on",
            }],
        }]),
        Question::Rule => json!([{
            "key": "rule",
            "rules": [{ "conditions": [
                { "attribute": "country", "operator": "ONE_OF", "value": COUNTRIES },
                { "attribute": "age", "operator": "GTE", "value": AGE },
                { "attribute": "app_version", "operator": "GTE", "value": VERSION },
            ] }],
            "splits": everyone,
        }]),
    };
    json!({
        "key": flag.key,
        "enabled": true,
        "variationType": "BOOLEAN",
        "variations": { "on": { "key": "on", "value": true }, "off": { "key": "off", "value": false } },
        "allocations": allocations,
        "totalShards": 10_000,
    })
}
