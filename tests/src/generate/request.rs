//! Questions: a flag and what is known about a request.

use serde_json::{Map, Value, json};

use super::{Draft, vocabulary};

impl Draft {
    /// Asks a flag, now and then one that there is not.
    pub(super) fn request(&mut self) -> (String, Map<String, Value>) {
        let keys: Vec<String> = self.flags.iter().map(|flag| flag.key.clone()).collect();
        let key = if keys.is_empty() || self.random.chance(3) {
            self.random
                .pick(&["old-search", "nobody_knows", ""])
                .to_owned()
        } else {
            self.random.pick(&keys)
        };
        (key, self.attributes_of_a_request())
    }

    fn attributes_of_a_request(&mut self) -> Map<String, Value> {
        let mut context = Map::new();
        for attribute in self.attributes.clone() {
            if attribute.is_targeting_key {
                if let Some(unit) = self.targeting_key() {
                    context.insert(attribute.name, unit);
                }
            } else if self.random.chance(85) {
                let value = vocabulary::value(&mut self.random, &attribute, self.now);
                context.insert(attribute.name, value);
            }
        }
        if self.random.chance(10) {
            context.insert("undeclared".to_owned(), "anything".into());
        }
        context
    }

    fn targeting_key(&mut self) -> Option<Value> {
        let odd = [
            json!(""),
            json!(5.0),
            json!(u64::MAX),
            json!(1e19),
            json!(true),
            json!(["u-1"]),
            json!({ "unit": "u-1" }),
            Value::Null,
        ];
        Some(match self.random.below(20) {
            0 => return None,
            1 => self.random.pick(&odd),
            2..4 => vocabulary::integer(&mut self.random).into(),
            4..6 => self.random.pick(&[0, 7, -3, 42]).into(),
            6..13 => format!("u-{}", self.random.below(1_000_000)).into(),
            _ => vocabulary::unit(&mut self.random).into(),
        })
    }
}
