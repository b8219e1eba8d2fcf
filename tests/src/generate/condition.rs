//! Conditions of every form.

use serde_json::{Map, Value};

use super::distribution::percent;
use super::flag::variants_as_written;
use super::schema::{Attribute, Type};
use super::{Draft, moment, vocabulary};

const ORDERS: [&str; 4] = ["gt", "gte", "lt", "lte"];

impl Draft {
    /// Makes a condition with at most so many `all`, `any` and `not` inside each other. In a rule that has a rollout
    /// no sample may have the flag's salt, which is given then.
    pub(super) fn condition(&mut self, depth: usize, taken_salt: Option<&str>) -> Value {
        if depth > 0 && self.random.chance(12) {
            return self.conditions(depth - 1, taken_salt);
        }
        let mut entries = Map::new();
        let (second, third) = (self.random.chance(35), self.random.chance(12));
        for _ in 0..1 + usize::from(second) + usize::from(third) {
            let (key, value) = self.entry(depth, taken_salt);
            entries.insert(key, value);
        }
        Value::Object(entries)
    }

    fn conditions(&mut self, depth: usize, taken_salt: Option<&str>) -> Value {
        (0..=self.random.below(3))
            .map(|_| self.condition(depth, taken_salt))
            .collect()
    }

    fn entry(&mut self, depth: usize, taken_salt: Option<&str>) -> (String, Value) {
        let (key, value) = match self.random.below(100) {
            0..12 => ("segment", self.segments_to_be_in()),
            12..20 => ("sample", self.sample(taken_salt)),
            20..28 => match self.flags_to_ask() {
                Some(flags) => ("flag", flags),
                None => return self.attribute_entry(),
            },
            28..34 => ("now", self.now_entry()),
            34..40 if depth > 0 => ("all", self.conditions(depth - 1, taken_salt)),
            40..52 if depth > 0 => ("any", self.conditions(depth - 1, taken_salt)),
            52..62 if depth > 0 => ("not", self.condition(depth - 1, taken_salt)),
            _ => return self.attribute_entry(),
        };
        (key.to_owned(), value)
    }

    fn segments_to_be_in(&mut self) -> Value {
        let mut names = Vec::new();
        let segments = self.segments.clone();
        for segment in self.random.pick_some(&segments, 2) {
            if self.can_afford(segment.cost) {
                names.push(segment.name);
            }
        }
        if names.is_empty() || self.random.chance(15) {
            names.push("everyone".to_owned());
        }
        self.single_or_list(names.into_iter().map(Value::from).collect())
    }

    fn flags_to_ask(&mut self) -> Option<Value> {
        let mut asked = Map::new();
        let flags = self.flags.clone();
        for flag in self.random.pick_some(&flags, 2) {
            if self.can_afford(flag.cost) {
                let variants = variants_as_written(&mut self.random, &flag);
                let variants = self.single_or_list(variants);
                asked.insert(flag.key, variants);
            }
        }
        (!asked.is_empty()).then_some(Value::Object(asked))
    }

    fn now_entry(&mut self) -> Value {
        let operators = ["gt", "gte", "lt", "lte", "before", "after"];
        let mut entries = Map::new();
        for operator in self.random.pick_some(&operators, 2) {
            let time = moment::near(&mut self.random, self.now);
            let time = moment::written(&mut self.random, time);
            entries.insert(operator.to_owned(), time.into());
        }
        Value::Object(entries)
    }

    fn sample(&mut self, taken_salt: Option<&str>) -> Value {
        if taken_salt.is_none() && self.random.chance(50) {
            return percent(&mut self.random);
        }
        let mut sample = Map::new();
        for key in ["from", "to"] {
            if self.random.chance(50) {
                sample.insert(key.to_owned(), percent(&mut self.random));
            }
        }
        let salts: Vec<&str> = ["holdout", "holdout-2026", "größe/1", "flag0"]
            .into_iter()
            .filter(|salt| Some(*salt) != taken_salt)
            .collect();
        if taken_salt.is_some() || sample.is_empty() || self.random.chance(50) {
            sample.insert("salt".to_owned(), self.random.pick(&salts).into());
        }
        if self.random.chance(40) {
            sample.extend(self.by());
        }
        Value::Object(sample)
    }

    /// A key `by`, where there is an attribute to bucket by.
    pub(super) fn by(&mut self) -> Option<(String, Value)> {
        let able = self.attributes.iter().filter(|it| it.ty.can_bucket());
        let able: Vec<String> = able.map(|it| it.name.clone()).collect();
        (!able.is_empty()).then(|| ("by".to_owned(), self.random.pick(&able).into()))
    }

    fn attribute_entry(&mut self) -> (String, Value) {
        let attribute = self
            .random
            .pick_some(&self.attributes, 1)
            .pop()
            .unwrap_or_default();
        let test = match self.random.below(10) {
            0..3 if attribute.ty != Type::Strings => self.operand(&attribute),
            3..5 if attribute.ty != Type::Strings => self.operands(&attribute),
            _ => self.operators(&attribute),
        };
        (attribute.name, test)
    }

    fn operators(&mut self, attribute: &Attribute) -> Value {
        let orders = ORDERS.as_slice();
        let equalities = ["exists", "equals", "not_equals", "in", "not_in"].as_slice();
        let texts = [
            "contains",
            "not_contains",
            "starts_with",
            "ends_with",
            "matches",
        ];
        let of_type = match attribute.ty {
            Type::String => [equalities, &texts].concat(),
            Type::Strings => vec!["exists", "contains", "not_contains"],
            Type::Boolean => vec!["exists", "equals", "not_equals"],
            Type::Timestamp => [equalities, orders, &["before", "after"]].concat(),
            Type::Integer | Type::Number | Type::Semver => [equalities, orders].concat(),
        };
        let mut operators = Map::new();
        let most = if self.random.chance(20) { 2 } else { 1 };
        for operator in self.random.pick_some(&of_type, most) {
            let operand = self.operand_of(operator, attribute);
            operators.insert(operator.to_owned(), operand);
        }
        Value::Object(operators)
    }

    fn operand_of(&mut self, operator: &str, attribute: &Attribute) -> Value {
        match operator {
            "exists" => self.random.chance(60).into(),
            "in" | "not_in" => self.operands(attribute),
            "matches" => {
                let patterns = self.repeated(vocabulary::pattern);
                self.single_or_list(patterns)
            }
            "contains" | "not_contains" | "starts_with" | "ends_with" => {
                let parts = self.repeated(|random| vocabulary::part(random, attribute));
                self.single_or_list(parts)
            }
            _ => self.operand(attribute),
        }
    }

    fn operand(&mut self, attribute: &Attribute) -> Value {
        vocabulary::operand(&mut self.random, attribute, self.now)
    }

    fn operands(&mut self, attribute: &Attribute) -> Value {
        let now = self.now;
        self.repeated(|random| vocabulary::operand(random, attribute, now))
            .into()
    }

    /// One to three values, in one list of many a lot more.
    fn repeated(&mut self, mut make: impl FnMut(&mut super::Random) -> Value) -> Vec<Value> {
        let most = if self.random.chance(4) { 20 } else { 3 };
        let count = 1 + self.random.below(most);
        (0..count).map(|_| make(&mut self.random)).collect()
    }

    /// A list, or the only value without one.
    pub(super) fn single_or_list(&mut self, mut values: Vec<Value>) -> Value {
        match values.len() {
            1 if self.random.chance(60) => values.pop().unwrap_or_default(),
            _ => values.into(),
        }
    }
}
