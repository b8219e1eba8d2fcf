//! `ConfigCat`'s SDK with flags from a local file.

use configcat::{Client, FileDataSource, OverrideBehavior, User as Asked};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Failure, at_once};
use crate::file;
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `configcat`
pub struct ConfigCat(Client);

impl Engine for ConfigCat {
    const NAME: &'static str = "configcat";
    const PACKAGE: &'static str = "configcat";
    const SETUP: &'static str = "`client.get_value(\"rule\", false, Some(user.clone())).await` with a `FileDataSource`, `LocalOnly`; it takes the user by value";

    type Context<'u> = Asked;

    fn document(flags: &[Declared]) -> String {
        let flags = flags
            .iter()
            .map(|flag| (flag.key.clone(), declaration(flag.question)));
        json!({ "f": flags.collect::<Map<_, _>>(), "s": [] }).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let file = file::written(document)?;
        let source = FileDataSource::new(&file.path().to_string_lossy())?;
        let client = Client::builder("local")
            .overrides(Box::new(source), OverrideBehavior::LocalOnly)
            .build()?;
        Ok(Self(client))
    }

    fn context(user: &User) -> Asked {
        Asked::new(&user.id)
            .country(user.country)
            .custom("Plan", user.plan)
            .custom("Age", user.age)
            .custom("AppVersion", user.app_version)
    }

    fn is_enabled(&self, question: Question, user: &Asked) -> bool {
        at_once(self.0.get_value(question.key(), false, Some(user.clone())))
    }
}

fn declaration(question: Question) -> Value {
    let (on, off) = (json!({ "b": true }), json!({ "b": false }));
    match question {
        Question::Plain => json!({ "t": 0, "v": on }),
        Question::Rollout => {
            json!({ "t": 0, "v": off, "p": [{ "p": 50, "v": on }, { "p": 50, "v": off }] })
        }
        // The comparators: 0 is "one of", 15 "≥" of numbers, 9 "≥" of versions.
        Question::Rule => json!({ "t": 0, "v": off, "r": [{
            "c": [
                { "u": { "a": "Country", "c": 0, "l": COUNTRIES } },
                { "u": { "a": "Age", "c": 15, "d": AGE } },
                { "u": { "a": "AppVersion", "c": 9, "s": VERSION } },
            ],
            "s": { "v": on },
        }] }),
    }
}
