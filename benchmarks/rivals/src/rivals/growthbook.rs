//! GrowthBook's SDK with flags from a document.

use growthbook_rust::client::{GrowthBookClient, GrowthBookClientBuilder, GrowthBookClientTrait};
use growthbook_rust::model_public::{GrowthBookAttribute, GrowthBookAttributeValue as Attribute};
use serde_json::{Map, Value, json};
use tokio::runtime::Handle;

use crate::engine::{Engine, Failure};
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `growthbook-rust`
pub struct GrowthBook(GrowthBookClient);

impl Engine for GrowthBook {
    const NAME: &'static str = "growthbook-rust";
    const PACKAGE: &'static str = "growthbook-rust";
    const SETUP: &'static str = "`client.is_on(\"rule\", Some(attributes.clone()))` with `features_json`, no callbacks; it takes the attributes by value and copies all flags for each question, three of them here";

    type Context<'u> = Vec<GrowthBookAttribute>;

    fn document(flags: &[Declared]) -> String {
        let features = flags
            .iter()
            .map(|flag| (flag.key.clone(), declaration(flag.question)));
        Value::Object(features.collect::<Map<_, _>>()).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let builder = GrowthBookClientBuilder::new()
            .auto_refresh(false)
            .features_json(serde_json::from_str(document)?)
            .map_err(|error| format!("{error:?}"))?;
        let client = Handle::current().block_on(builder.build());
        Ok(Self(client.map_err(|error| format!("{error:?}"))?))
    }

    fn context(user: &User) -> Vec<GrowthBookAttribute> {
        let text = |value: &str| Attribute::String(value.to_owned());
        let attributes = [
            ("id", text(&user.id)),
            ("country", text(user.country)),
            ("plan", text(user.plan)),
            ("age", Attribute::Int(user.age)),
            ("app_version", text(user.app_version)),
        ];
        let attributes =
            attributes.map(|(name, value)| GrowthBookAttribute::new(name.to_owned(), value));
        attributes.into()
    }

    fn is_enabled(&self, question: Question, attributes: &Vec<GrowthBookAttribute>) -> bool {
        self.0.is_on(question.key(), Some(attributes.clone()))
    }
}

fn declaration(question: Question) -> Value {
    match question {
        Question::Plain => json!({ "defaultValue": true }),
        Question::Rollout => json!({
            "defaultValue": false,
            "rules": [{ "force": true, "coverage": 0.5, "hashAttribute": "id" }],
        }),
        Question::Rule => json!({
            "defaultValue": false,
            "rules": [{
                "condition": {
                    "country": { "$in": COUNTRIES },
                    "age": { "$gte": AGE },
                    "app_version": { "$vgte": VERSION },
                },
                "force": true,
            }],
        }),
    }
}
