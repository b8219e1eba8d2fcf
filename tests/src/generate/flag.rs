//! Flags: their variants, and what stands in them for people.

use serde_json::{Map, Value, json};

use super::{Draft, Random, vocabulary};

/// What other parts of a document need to know of a flag.
#[derive(Debug, Clone, Default)]
pub(super) struct FlagShape {
    pub(super) key: String,
    pub(super) is_boolean: bool,
    pub(super) variants: Vec<String>,
    pub(super) salt: String,
    pub(super) cost: usize,
}

/// The name of a variant as a value; a boolean's may be `true` or `false`.
pub(super) fn value_as_written(random: &mut Random, flag: &FlagShape, variant: &str) -> Value {
    if flag.is_boolean && random.chance(40) {
        (variant == "on").into()
    } else {
        variant.into()
    }
}

/// The name of a variant as a key.
pub(super) fn key_as_written(random: &mut Random, flag: &FlagShape, variant: &str) -> String {
    if flag.is_boolean && random.chance(25) {
        (variant == "on").to_string()
    } else {
        variant.to_owned()
    }
}

/// Some variants of a flag, as values.
pub(super) fn variants_as_written(random: &mut Random, flag: &FlagShape) -> Vec<Value> {
    let some = random.pick_some(&flag.variants, flag.variants.len());
    some.iter()
        .map(|variant| value_as_written(random, flag, variant))
        .collect()
}

const VARIANTS: [&str; 8] = [
    "control",
    "variant_a",
    "small",
    "Zed",
    "x-1",
    "1.5",
    "big.one",
    "2nd",
];

impl Draft {
    /// Makes a flag that refers to nothing but what was made before.
    pub(super) fn flag(&mut self) -> (String, Value) {
        let mut flag = Map::new();
        let mut shape = self.shape(&mut flag);
        let base = self.deciding(&shape);
        let mut overlays = Map::new();
        for environment in self.environments.clone() {
            if self.random.chance(40) {
                let overlay = self.overlay(&shape, &base);
                if !overlay.is_empty() {
                    overlays.insert(environment, Value::Object(overlay));
                }
            }
        }
        flag.extend(base);
        if !overlays.is_empty() {
            flag.insert("environments".to_owned(), Value::Object(overlays));
        }
        self.add_what_people_read(&mut flag);
        shape.cost = self.cost;
        let key = shape.key.clone();
        self.flags.push(shape);
        (key, Value::Object(flag))
    }

    fn shape(&mut self, flag: &mut Map<String, Value>) -> FlagShape {
        let stem = self.random.pick(&["flag", "flag", "F", "ui.flag-", "2fa_"]);
        let key = format!("{stem}{}", self.flags.len());
        let is_boolean = self.random.chance(45);
        let variants = if is_boolean {
            if self.random.chance(20) {
                flag.insert("type".to_owned(), "boolean".into());
            }
            vec!["off".to_owned(), "on".to_owned()]
        } else {
            self.variants(flag)
        };
        let salt = if self.random.chance(25) {
            self.random
                .pick(&["shared", "holdout", "a/b", "größe"])
                .to_owned()
        } else {
            key.clone()
        };
        if salt != key {
            flag.insert("salt".to_owned(), salt.clone().into());
        }
        FlagShape {
            key,
            is_boolean,
            variants,
            salt,
            cost: 0,
        }
    }

    /// Writes the variants, and the type where the values don't say it.
    fn variants(&mut self, flag: &mut Map<String, Value>) -> Vec<String> {
        let ty = self.random.pick(&["string", "integer", "number", "json"]);
        let names = self.random.pick_some(&VARIANTS, 4);
        let mut variants = Map::new();
        let mut has_fraction = false;
        for name in &names {
            let value = match ty {
                "string" => vocabulary::text(&mut self.random),
                "integer" => vocabulary::integer(&mut self.random).into(),
                "number" => self.number(),
                _ => vocabulary::json(&mut self.random),
            };
            has_fraction |= value.is_f64() && value.as_f64().is_some_and(|it| it.fract() != 0.0);
            variants.insert((*name).to_owned(), value);
        }
        let says_itself = matches!(ty, "string" | "integer") || (ty == "number" && has_fraction);
        if !says_itself || self.random.chance(50) {
            flag.insert("type".to_owned(), ty.into());
        }
        flag.insert("variants".to_owned(), Value::Object(variants));
        names.into_iter().map(str::to_owned).collect()
    }

    fn number(&mut self) -> Value {
        if self.random.chance(30) {
            vocabulary::integer(&mut self.random).into()
        } else {
            vocabulary::decimal(&mut self.random).into()
        }
    }

    fn add_what_people_read(&mut self, flag: &mut Map<String, Value>) {
        if self.random.chance(60) {
            return;
        }
        let is_json = flag.get("type").and_then(Value::as_str) == Some("json");
        let kind = self
            .random
            .pick(&["release", "experiment", "operational", "permission"]);
        let expose = self.random.pick(&["server", "client"]);
        for (key, value) in [
            (
                "description",
                "What it switches: größe, \"quotes\"\nand lines".into(),
            ),
            ("owner", "growth".into()),
            ("tags", json!(["ui", "q3"])),
            ("link", "https://example.com/42?a=b#c".into()),
            (
                "metadata",
                json!({ "ticket": 42, "share": 0.5, "late": true, "team": "on" }),
            ),
            ("kind", kind.into()),
            ("remove_by", "2027-03-31".into()),
            ("deprecated", "use another".into()),
            ("expose", expose.into()),
            ("rust_name", format!("RENAMED_{}", self.flags.len()).into()),
        ] {
            if self.random.chance(25) {
                flag.insert(key.to_owned(), value);
            }
        }
        if is_json && self.random.chance(25) {
            flag.insert("rust_type".to_owned(), "serde_json::Value".into());
        }
    }
}
