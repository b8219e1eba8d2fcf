//! Segments and environments.

use serde_json::{Map, Value};

use super::deciding::unit_as_written;
use super::{Draft, SegmentShape, vocabulary};

impl Draft {
    /// Makes a segment of members, a condition or both.
    pub(super) fn segment(&mut self) -> (String, Value) {
        let name = format!(
            "{}{}",
            self.random.pick(&["seg", "S-", "beta.", "x_"]),
            self.segments.len()
        );
        let mut segment = Map::new();
        if self.random.chance(20) {
            segment.insert("description".to_owned(), "Whoever opted in".into());
        }
        let form = self.random.below(3);
        if form != 0 {
            segment.insert("members".to_owned(), self.members());
        }
        if form != 1 {
            segment.insert("if".to_owned(), self.condition(2, None));
        }
        self.segments.push(SegmentShape {
            name: name.clone(),
            cost: self.cost,
        });
        (name, Value::Object(segment))
    }

    fn members(&mut self) -> Value {
        let mut units: Vec<String> = Vec::new();
        for _ in 0..=self.random.below(6) {
            let unit = vocabulary::unit(&mut self.random);
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
            .iter()
            .map(|unit| unit_as_written(&mut self.random, unit))
            .collect()
    }

    /// Declares up to three environments.
    pub(super) fn declared_environments(&mut self) -> Map<String, Value> {
        let mut declared = Map::new();
        for name in ["development", "staging", "production"] {
            if self.random.chance(30) {
                continue;
            }
            let mut environment = Map::new();
            if self.random.chance(20) {
                environment.insert("description".to_owned(), "Where it runs".into());
            }
            if self.random.chance(25) {
                environment.insert("killed".to_owned(), self.random.chance(25).into());
            }
            declared.insert(name.to_owned(), Value::Object(environment));
            self.environments.push(name.to_owned());
        }
        declared
    }
}
