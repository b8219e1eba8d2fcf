//! Statsig's SDK, started from a document.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use statsig_rust::{
    DynamicValue, Statsig, StatsigBootstrapSpecsAdapter, StatsigOptions, StatsigUser,
    StatsigUserBuilder, dyn_value,
};
use tokio::runtime::Handle;

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `statsig-rust`
pub struct StatsigSdk(Statsig);

impl Engine for StatsigSdk {
    const NAME: &'static str = "statsig-rust";
    const PACKAGE: &'static str = "statsig-rust";
    const SETUP: &'static str = "`statsig.check_gate(&user, \"rule\")` with `StatsigBootstrapSpecsAdapter`, `disable_network` and `disable_all_logging`";

    type Context<'u> = StatsigUser;

    fn document(flags: &[Declared]) -> String {
        let gates = flags.iter().map(|flag| (flag.key.clone(), gate(flag)));
        json!({
            "has_updates": true,
            "time": 1_780_000_000_000_u64,
            "response_format": "dcs-v2",
            "company_id": "rivals",
            "feature_gates": gates.collect::<Map<_, _>>(),
            "dynamic_configs": {},
            "layer_configs": {},
            "experiment_to_layer": {},
            "param_stores": {},
            "condition_map": conditions(),
        })
        .to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let options = StatsigOptions {
            specs_adapter: Some(Arc::new(StatsigBootstrapSpecsAdapter::new(
                document.to_owned(),
            ))),
            disable_network: Some(true),
            disable_all_logging: Some(true),
            ..StatsigOptions::new()
        };
        let statsig = Statsig::new("secret-key", Some(Arc::new(options)));
        let initialized = Handle::current().block_on(statsig.initialize());
        initialized.map_err(|error| format!("{error:?}"))?;
        Ok(Self(statsig))
    }

    fn context(user: &User) -> StatsigUser {
        let custom: HashMap<String, DynamicValue> = HashMap::from([
            ("plan".to_owned(), dyn_value!(user.plan)),
            ("age".to_owned(), dyn_value!(user.age)),
        ]);
        StatsigUserBuilder::new_with_user_id(user.id.clone())
            .country(Some(user.country.to_owned()))
            .app_version(Some(user.app_version.to_owned()))
            .custom(Some(custom))
            .build()
    }

    fn is_enabled(&self, question: Question, user: &StatsigUser) -> bool {
        self.0.check_gate(user, question.key())
    }
}

/// Gates share their conditions, by name.
fn conditions() -> Value {
    let field = |field: &str, operator: &str, target: Value| {
        json!({
            "type": "user_field",
            "targetValue": target,
            "operator": operator,
            "field": field,
            "additionalValues": {},
            "idType": "userID",
        })
    };
    json!({
        "everyone": {
            "type": "public",
            "targetValue": null,
            "operator": null,
            "field": null,
            "additionalValues": {},
            "idType": "userID",
        },
        "country": field("country", "any", json!(COUNTRIES)),
        "age": field("age", "gte", json!(AGE)),
        "version": field("appVersion", "version_gte", json!(VERSION)),
    })
}

fn gate(flag: &Declared) -> Value {
    let (share, conditions) = match flag.question {
        Question::Plain => (100, json!(["everyone"])),
        Question::Rollout => (50, json!(["everyone"])),
        Question::Rule => (100, json!(["country", "age", "version"])),
    };
    json!({
        "type": "feature_gate",
        "salt": flag.key,
        "enabled": true,
        "defaultValue": false,
        "rules": [{
            "name": "rule",
            "passPercentage": share,
            "conditions": conditions,
            "returnValue": true,
            "id": "rule",
            "salt": "rule",
            "idType": "userID",
        }],
        "idType": "userID",
        "entity": "feature_gate",
        "version": 1,
    })
}
