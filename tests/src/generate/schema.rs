//! The context that a document declares.

use serde_json::{Map, Value, json};

use super::Draft;

/// An attribute that conditions can ask about.
#[derive(Debug, Clone, Default)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) ty: Type,
    /// The closed list; empty where there is none.
    pub(super) values: Vec<String>,
    pub(super) is_targeting_key: bool,
}

/// The type of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Type {
    #[default]
    String,
    Integer,
    Number,
    Boolean,
    Timestamp,
    Semver,
    Strings,
}

impl Type {
    const ALL: [Self; 7] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Timestamp,
        Self::Semver,
        Self::Strings,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Timestamp => "timestamp",
            Self::Semver => "semver",
            Self::Strings => "strings",
        }
    }

    /// Whether `by` may name an attribute of this type.
    pub(super) const fn can_bucket(self) -> bool {
        matches!(self, Self::String | Self::Integer)
    }
}

/// Names that attributes can have, with the type that one expects; `type` and `2nd` are no names of Rust.
const ATTRIBUTES: [(&str, Type); 14] = [
    ("plan", Type::String),
    ("country", Type::String),
    ("email", Type::String),
    ("account_age_days", Type::Integer),
    ("account", Type::Integer),
    ("score", Type::Number),
    ("verified", Type::Boolean),
    ("app_version", Type::Semver),
    ("os.version", Type::Semver),
    ("signed_up_at", Type::Timestamp),
    ("roles", Type::Strings),
    ("Tier-2", Type::String),
    ("type", Type::Number),
    ("2nd", Type::Strings),
];

impl Draft {
    /// Declares the context; none where the targeting key stands alone, undeclared.
    pub(super) fn context(&mut self) -> Option<Value> {
        if self.random.chance(3) {
            self.undeclared_targeting_key("targeting_key");
            return None;
        }
        let mut declared = Map::new();
        for (name, ty) in self.random.pick_some(&ATTRIBUTES, 10) {
            let ty = if self.random.chance(85) {
                ty
            } else {
                self.random.pick(&Type::ALL)
            };
            self.declare(&mut declared, name, ty, false);
        }
        let mut context = Map::new();
        let name = self
            .random
            .pick(&["targeting_key", "user_id", "user_id", "account.id"]);
        if name != "targeting_key" || self.random.chance(30) {
            context.insert("targeting_key".to_owned(), name.into());
        }
        if self.random.chance(60) {
            let ty = match self.random.below(10) {
                0 => self.random.pick(&Type::ALL),
                1 | 2 => Type::Integer,
                _ => Type::String,
            };
            self.declare(&mut declared, name, ty, true);
        } else {
            self.undeclared_targeting_key(name);
        }
        context.insert("attributes".to_owned(), Value::Object(declared));
        Some(Value::Object(context))
    }

    /// It is a `string` then.
    fn undeclared_targeting_key(&mut self, name: &str) {
        self.attributes.push(Attribute {
            name: name.to_owned(),
            ty: Type::String,
            values: Vec::new(),
            is_targeting_key: true,
        });
    }

    fn declare(
        &mut self,
        declared: &mut Map<String, Value>,
        name: &str,
        ty: Type,
        is_targeting_key: bool,
    ) {
        let values = self.closed_list(ty, is_targeting_key);
        let declaration = if values.is_empty() && self.random.chance(60) {
            ty.name().into()
        } else {
            self.long_form(ty, &values)
        };
        declared.insert(name.to_owned(), declaration);
        self.attributes.push(Attribute {
            name: name.to_owned(),
            ty,
            values,
            is_targeting_key,
        });
    }

    fn closed_list(&mut self, ty: Type, is_targeting_key: bool) -> Vec<String> {
        if ty != Type::String || is_targeting_key || self.random.chance(60) {
            return Vec::new();
        }
        let words = ["free", "premium", "enterprise", "US", "UK", "DE"];
        let words = self.random.pick_some(&words, 4);
        words.into_iter().map(str::to_owned).collect()
    }

    fn long_form(&mut self, ty: Type, values: &[String]) -> Value {
        let mut declaration = Map::new();
        declaration.insert("type".to_owned(), ty.name().into());
        if !values.is_empty() {
            declaration.insert("values".to_owned(), json!(values));
        }
        for key in ["private", "required"] {
            if self.random.chance(20) {
                declaration.insert(key.to_owned(), self.random.chance(70).into());
            }
        }
        if self.random.chance(20) {
            declaration.insert("description".to_owned(), "What it says".into());
        }
        Value::Object(declaration)
    }
}
