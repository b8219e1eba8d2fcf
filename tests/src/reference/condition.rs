//! Conditions (section 4).

use serde_json::{Map, Value};

use super::Question;
use super::attribute::written_unit;
use super::distribution::{HUNDRED, is_below, percent, position};
use super::one_or_more;
use super::operator::{equals_one_of, holds};
use super::time::milliseconds;

/// What a sample buckets with where it doesn't say so itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucketing<'a> {
    pub(super) salt: &'a str,
    pub(super) by: &'a str,
}

impl Question<'_> {
    /// Whether every entry of a mapping, or every element of a list, holds.
    pub(super) fn holds(&self, condition: &Value, bucketing: Bucketing<'_>) -> bool {
        match condition {
            Value::Array(elements) => elements.iter().all(|it| self.holds(it, bucketing)),
            Value::Object(entries) => entries
                .iter()
                .all(|(key, value)| self.entry_holds(key, value, bucketing)),
            _ => false,
        }
    }

    fn entry_holds(&self, key: &str, value: &Value, bucketing: Bucketing<'_>) -> bool {
        match key {
            "all" => self.holds(value, bucketing),
            "any" => one_or_more(value)
                .iter()
                .any(|element| self.holds(element, bucketing)),
            "not" => !self.holds(value, bucketing),
            "segment" => one_or_more(value)
                .iter()
                .filter_map(Value::as_str)
                .any(|name| self.is_in_segment(name)),
            "sample" => self.is_in_sample(value, bucketing),
            "flag" => entries(value).all(|(flag, variants)| self.answers_one_of(flag, variants)),
            "now" => entries(value).all(|(operator, time)| self.now_fits(operator, time)),
            attribute => self.attribute_fits(attribute, value),
        }
    }

    fn attribute_fits(&self, name: &str, test: &Value) -> bool {
        let attribute = self.attribute(name);
        match test {
            Value::Object(operators) => operators
                .iter()
                .all(|(operator, operand)| holds(attribute.as_ref(), operator, operand)),
            short_form => attribute.is_some_and(|it| equals_one_of(&it, short_form)),
        }
    }

    fn now_fits(&self, operator: &str, time: &Value) -> bool {
        let Some(time) = time.as_str().and_then(milliseconds) else {
            return false;
        };
        match operator {
            "gt" | "after" => self.now > time,
            "gte" => self.now >= time,
            "lt" | "before" => self.now < time,
            "lte" => self.now <= time,
            _ => false,
        }
    }

    /// A segment holds a unit when its members list it or its condition holds.
    fn is_in_segment(&self, name: &str) -> bool {
        if name == "everyone" {
            return true;
        }
        let segments = self.document.get("segments");
        let Some(segment) = segments.and_then(|segments| segments.get(name)) else {
            return false;
        };
        let is_member = || {
            let (Some(unit), Some(members)) = (self.unit(), segment.get("members")) else {
                return false;
            };
            one_or_more(members)
                .iter()
                .any(|member| written_unit(member) == unit)
        };
        let salt = format!("segment/{name}");
        let bucketing = Bucketing {
            salt: &salt,
            by: self.targeting_key(),
        };
        let condition_holds = || {
            segment
                .get("if")
                .is_some_and(|condition| self.holds(condition, bucketing))
        };
        is_member() || condition_holds()
    }

    /// Whether the position of a rollout lies in the sample's range. Without a text, only 0 % to 100 % holds.
    fn is_in_sample(&self, sample: &Value, bucketing: Bucketing<'_>) -> bool {
        let of = |key| sample.get(key).and_then(Value::as_str);
        let (from, to) = match sample {
            Value::String(to) => (0, percent(to)),
            _ => (
                of("from").map_or(0, percent),
                of("to").map_or(HUNDRED, percent),
            ),
        };
        match self.text_of(of("by").unwrap_or(bucketing.by)) {
            Some(text) => {
                let salt = of("salt").unwrap_or(bucketing.salt);
                let position = position(salt, "rollout", &text);
                !is_below(position, from) && is_below(position, to)
            }
            None => from == 0 && to == HUNDRED,
        }
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
