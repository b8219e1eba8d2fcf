//! The deciding keys of a flag's base and of its overlays.

use serde_json::{Map, Number, Value};

use super::flag::{FlagShape, key_as_written, value_as_written, variants_as_written};
use super::{Draft, Random, moment, vocabulary};

/// A unit as text or, where it is what an integer looks like, as one.
pub(super) fn unit_as_written(random: &mut Random, unit: &str) -> Value {
    let integer: Option<Number> = unit.parse().ok();
    match integer {
        Some(integer) if !integer.is_f64() && is_canonical(&integer, unit) && random.chance(50) => {
            integer.into()
        }
        _ => unit.into(),
    }
}

fn is_canonical(integer: &Number, unit: &str) -> bool {
    let written = integer.to_string();
    written == unit
}

impl Draft {
    /// The keys of a base.
    pub(super) fn deciding(&mut self, flag: &FlagShape) -> Map<String, Value> {
        let mut keys = Map::new();
        if !flag.is_boolean || self.random.chance(25) {
            keys.insert("baseline".to_owned(), self.variant(flag));
        }
        self.add_distribution(flag, &mut keys, false);
        if self.random.chance(60) {
            let can_borrow = keys.contains_key("split");
            let rules = self.rules(flag, can_borrow, leaves_split(&keys));
            keys.insert("rules".to_owned(), rules);
        } else if leaves_split(&keys) {
            keys.remove("serve");
        }
        self.add_switches(flag, &mut keys, 8);
        keys
    }

    /// The keys of an overlay over a base; none at times.
    pub(super) fn overlay(
        &mut self,
        flag: &FlagShape,
        base: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut keys = Map::new();
        if self.random.chance(20) {
            keys.insert("baseline".to_owned(), self.variant(flag));
        }
        if self.random.chance(50) {
            self.add_distribution(flag, &mut keys, base.contains_key("split"));
        }
        let is_left = leaves_split(&keys) || leaves_split(base);
        if self.random.chance(40) {
            let can_borrow = keys.contains_key("split") || base.contains_key("split");
            let rules = self.rules(flag, can_borrow, is_left);
            keys.insert("rules".to_owned(), rules);
        } else if leaves_split(&keys) && !base.get("rules").is_some_and(one_borrows) {
            keys.remove("serve");
        }
        self.add_switches(flag, &mut keys, 10);
        keys
    }

    fn variant(&mut self, flag: &FlagShape) -> Value {
        let variant = self.random.pick(&flag.variants);
        value_as_written(&mut self.random, flag, &variant)
    }

    /// `serve`, `rollout` and `split`, or some of them, so that there is always something to give.
    fn add_distribution(
        &mut self,
        flag: &FlagShape,
        keys: &mut Map<String, Value>,
        has_split: bool,
    ) {
        let form = self.random.below(10);
        if matches!(form, 0..3) {
            keys.insert("serve".to_owned(), self.variant(flag));
        }
        if matches!(form, 3..8) {
            keys.insert("rollout".to_owned(), self.rollout());
        }
        let needs_split = matches!(form, 3..8) && !flag.is_boolean && !has_split;
        if needs_split || matches!(form, 0 | 3 | 4 | 5 | 8) {
            keys.insert("split".to_owned(), self.split(flag));
        }
    }

    fn rules(&mut self, flag: &FlagShape, can_borrow: bool, must_borrow: bool) -> Value {
        let mut rules = Vec::new();
        for index in 0..=self.random.below(4) {
            let mut rule = self.rule(flag, can_borrow, must_borrow && index == 0);
            if self.random.chance(50) {
                let stem = self.random.pick(&["rule-", "R.", "0_"]);
                rule.insert("name".to_owned(), format!("{stem}{index}").into());
            }
            rules.push(Value::Object(rule));
        }
        // Rules that must borrow needn't come first.
        let by = self.random.below(rules.len());
        rules.rotate_left(by);
        rules.into()
    }

    fn rule(
        &mut self,
        flag: &FlagShape,
        can_borrow: bool,
        must_borrow: bool,
    ) -> Map<String, Value> {
        let mut rule = Map::new();
        let form = if must_borrow {
            0
        } else {
            self.random.below(10)
        };
        match form {
            0..3 if can_borrow || flag.is_boolean => {
                rule.insert("rollout".to_owned(), self.rollout());
            }
            0..5 => {
                rule.insert("rollout".to_owned(), self.rollout());
                rule.insert("split".to_owned(), self.split(flag));
            }
            5..7 => {
                rule.insert("split".to_owned(), self.split(flag));
            }
            _ => {
                rule.insert("serve".to_owned(), self.variant(flag));
            }
        }
        let salt = rule.contains_key("rollout").then_some(flag.salt.as_str());
        rule.insert("if".to_owned(), self.condition(3, salt));
        rule
    }

    /// The keys that decide before the rules, each with a chance of some in a hundred.
    fn add_switches(&mut self, flag: &FlagShape, keys: &mut Map<String, Value>, chance: usize) {
        for (key, common) in [("killed", 40), ("enabled", 30)] {
            if self.random.chance(chance) {
                keys.insert(key.to_owned(), self.random.chance(common).into());
            }
        }
        if self.random.chance(3 * chance) {
            keys.insert("overrides".to_owned(), self.overrides(flag));
        }
        if self.random.chance(2 * chance) {
            keys.extend(self.prerequisites());
        }
        if self.random.chance(2 * chance) {
            keys.extend(self.by());
        }
        // Every start lies before the middle of the flag's window and every end behind it, so that those of the base
        // fit those of each overlay.
        let middle = self.middle_of_window(flag);
        let apart = [1, 2, 1000, 86_400_000, 8_640_000_000];
        if self.random.chance(chance) {
            let start = middle + 1 - self.random.pick(&apart);
            keys.insert("starts_at".to_owned(), self.written(start));
        }
        if self.random.chance(chance) {
            let end = middle + self.random.pick(&apart);
            keys.insert("ends_at".to_owned(), self.written(end));
        }
    }

    /// It depends on the flag's key and the time alone, so that the base and every overlay have the same.
    fn middle_of_window(&self, flag: &FlagShape) -> i64 {
        let seed = flag.key.bytes().map(u64::from).sum::<u64>();
        let mut random = Random::new(seed ^ self.now.unsigned_abs());
        moment::near(&mut random, self.now)
    }

    fn overrides(&mut self, flag: &FlagShape) -> Value {
        let mut overrides = Map::new();
        let mut used = Vec::new();
        for variant in self.random.pick_some(&flag.variants, 2) {
            let mut units = Vec::new();
            for _ in 0..=self.random.below(4) {
                let unit = vocabulary::unit(&mut self.random);
                if !used.contains(&unit) {
                    units.push(self.overridden(&unit));
                    used.push(unit);
                }
            }
            if !units.is_empty() {
                let key = key_as_written(&mut self.random, flag, &variant);
                overrides.insert(key, units.into());
            }
        }
        Value::Object(overrides)
    }

    fn overridden(&mut self, unit: &str) -> Value {
        let unit = unit_as_written(&mut self.random, unit);
        if self.random.chance(50) {
            return unit;
        }
        let mut entry = Map::from_iter([("unit".to_owned(), unit)]);
        if self.random.chance(60) {
            let until = moment::near(&mut self.random, self.now);
            entry.insert("until".to_owned(), self.written(until));
        }
        if self.random.chance(40) {
            entry.insert("reason".to_owned(), "VIP: asked for it".into());
        }
        Value::Object(entry)
    }

    fn prerequisites(&mut self) -> Option<(String, Value)> {
        let mut required = Map::new();
        let flags = self.flags.clone();
        for flag in self.random.pick_some(&flags, 2) {
            if self.can_afford(flag.cost) {
                let variants = variants_as_written(&mut self.random, &flag);
                required.insert(flag.key, self.single_or_list(variants));
            }
        }
        (!required.is_empty()).then(|| ("prerequisites".to_owned(), Value::Object(required)))
    }
}

/// Whether the split stands there only to be borrowed.
fn leaves_split(keys: &Map<String, Value>) -> bool {
    keys.contains_key("serve") && keys.contains_key("split")
}

fn one_borrows(rules: &Value) -> bool {
    let rules = rules.as_array().map_or(&[][..], Vec::as_slice);
    rules
        .iter()
        .any(|rule| rule.get("serve").is_none() && rule.get("split").is_none())
}
