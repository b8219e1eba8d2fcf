//! A flag as it stands in an environment, and the order in which its keys decide (section 6).

use serde_json::{Map, Value};

use super::Question;
use super::attribute::written_unit;
use super::condition::Bucketing;
use super::distribution::{HUNDRED, Share, percent};
use super::one_or_more;
use super::time::milliseconds;

/// A flag of the document, for one question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flag<'a> {
    pub(super) question: Question<'a>,
    key: &'a str,
    base: &'a Value,
    overlay: Option<&'a Value>,
}

/// What a flag answers, and which step said so.
pub(super) struct Decision<'a> {
    pub(super) variant: String,
    pub(super) reason: &'static str,
    /// Index and name.
    pub(super) rule: Option<(usize, Option<&'a str>)>,
    pub(super) unit_missing: bool,
}

impl<'a> Flag<'a> {
    pub(super) fn new(question: Question<'a>, key: &'a str, base: &'a Value) -> Self {
        let overlay = question
            .environment
            .and_then(|environment| base.get("environments")?.get(environment));
        Self {
            question,
            key,
            base,
            overlay,
        }
    }

    /// The steps of section 6, from the second on.
    pub(super) fn decide(&self) -> Decision<'a> {
        let now = self.question.now;
        if self.is_killed() {
            return self.gives_baseline("killed");
        }
        if let Some(variant) = self.overridden() {
            return Decision::new(variant, "override");
        }
        if self.deciding("enabled") == Some(&Value::Bool(false)) {
            return self.gives_baseline("disabled");
        }
        if self.moment("starts_at").is_some_and(|start| now < start) {
            return self.gives_baseline("not_started");
        }
        if self.moment("ends_at").is_some_and(|end| now >= end) {
            return self.gives_baseline("ended");
        }
        if !self.prerequisites_hold() {
            return self.gives_baseline("prerequisite");
        }
        self.decide_by_rule()
            .unwrap_or_else(|| self.decide_by_distribution())
    }

    fn is_killed(&self) -> bool {
        let environment = self
            .question
            .environment
            .and_then(|name| self.question.document.get("environments")?.get(name));
        [Some(self.base), self.overlay, environment]
            .into_iter()
            .flatten()
            .any(|it| it.get("killed") == Some(&Value::Bool(true)))
    }

    /// The variant of an override for the unit that hasn't ended.
    fn overridden(&self) -> Option<String> {
        let unit = self.question.unit()?;
        for (variant, units) in entries(self.deciding("overrides")) {
            for entry in one_or_more(units) {
                let (written, until) = match entry {
                    Value::Object(entry) => (entry.get("unit")?, entry.get("until")),
                    written => (written, None),
                };
                let until = until.and_then(Value::as_str).and_then(milliseconds);
                if written_unit(written) == unit {
                    let holds = until.is_none_or(|until| self.question.now < until);
                    return holds.then(|| self.spelled_key(variant));
                }
            }
        }
        None
    }

    fn prerequisites_hold(&self) -> bool {
        entries(self.deciding("prerequisites"))
            .all(|(flag, variants)| self.question.answers_one_of(flag, variants))
    }

    /// The first rule whose condition holds decides, even for whom it leaves out.
    fn decide_by_rule(&self) -> Option<Decision<'a>> {
        let bucketing = Bucketing {
            salt: self.salt(),
            by: self.by(),
        };
        let rules = self.deciding("rules").map_or(&[][..], one_or_more);
        let (index, rule) = rules.iter().enumerate().find(|(_, rule)| {
            let condition = rule.get("if");
            condition.is_some_and(|condition| self.question.holds(condition, bucketing))
        })?;
        let mut decision = if let Some(variant) = rule.get("serve") {
            Decision::new(self.spelled(variant), "rule")
        } else {
            let split = rule.get("split").or_else(|| self.deciding("split"));
            self.decision_of(self.share(rule.get("rollout"), split), "rule")
        };
        decision.rule = Some((index, rule.get("name").and_then(Value::as_str)));
        Some(decision)
    }

    fn decide_by_distribution(&self) -> Decision<'a> {
        if let Some(variant) = self.serve() {
            return Decision::new(self.spelled(variant), "static");
        }
        let (rollout, split) = (self.rollout(), self.deciding("split"));
        if rollout.is_none() && split.is_none() {
            return self.gives_baseline("default");
        }
        let plain_percent = match rollout {
            None => Some(HUNDRED),
            Some(Value::String(plain)) => Some(percent(plain)),
            Some(_) => None,
        };
        let gives_one = split.is_none_or(|split| self.only_arm(split).is_some());
        let is_static = plain_percent == Some(0) || (plain_percent == Some(HUNDRED) && gives_one);
        let mut decision = self.decision_of(self.share(rollout, split), "split");
        if is_static {
            decision.reason = "static";
        }
        decision
    }

    fn decision_of(&self, share: Share, reason_of_the_taken: &'static str) -> Decision<'a> {
        match share {
            Share::Gets(variant) => Decision::new(variant, reason_of_the_taken),
            Share::LeftOut { unit_missing } => Decision {
                unit_missing,
                ..self.gives_baseline("left_out")
            },
        }
    }

    fn gives_baseline(&self, reason: &'static str) -> Decision<'a> {
        Decision::new(self.baseline(), reason)
    }
}

impl Decision<'_> {
    fn new(variant: String, reason: &'static str) -> Self {
        Self {
            variant,
            reason,
            rule: None,
            unit_missing: false,
        }
    }
}

/// The keys as they stand in the environment: what the overlay writes, else what the base does.
impl<'a> Flag<'a> {
    fn deciding(&self, key: &str) -> Option<&'a Value> {
        self.overlay_writes(key).or_else(|| self.base.get(key))
    }

    fn overlay_writes(&self, key: &str) -> Option<&'a Value> {
        self.overlay.and_then(|overlay| overlay.get(key))
    }

    /// An overlay's `rollout` or `split` drops the base's `serve`.
    fn serve(&self) -> Option<&'a Value> {
        let shares = ["rollout", "split"].map(|key| self.overlay_writes(key).is_some());
        let base = self.base.get("serve").filter(|_| shares == [false, false]);
        self.overlay_writes("serve").or(base)
    }

    /// An overlay's `serve` drops the base's `rollout`.
    fn rollout(&self) -> Option<&'a Value> {
        let serves = self.overlay_writes("serve").is_some();
        let base = self.base.get("rollout").filter(|_| !serves);
        self.overlay_writes("rollout").or(base)
    }

    pub(super) fn baseline(&self) -> String {
        self.deciding("baseline")
            .map_or_else(|| "off".to_owned(), |variant| self.spelled(variant))
    }

    pub(super) fn salt(&self) -> &'a str {
        self.base
            .get("salt")
            .and_then(Value::as_str)
            .unwrap_or(self.key)
    }

    pub(super) fn by(&self) -> &str {
        self.deciding("by")
            .and_then(Value::as_str)
            .unwrap_or_else(|| self.question.targeting_key())
    }

    fn moment(&self, key: &str) -> Option<i64> {
        self.deciding(key)?.as_str().and_then(milliseconds)
    }

    fn is_boolean(&self) -> bool {
        match self.base.get("type") {
            Some(ty) => ty.as_str() == Some("boolean"),
            None => self.base.get("variants").is_none(),
        }
    }

    /// The name of a variant that is written as a value; a boolean's may be `true` or `false`.
    pub(super) fn spelled(&self, written: &Value) -> String {
        match written {
            Value::String(name) => self.spelled_key(name),
            boolean => self.spelled_key(&boolean.to_string()),
        }
    }

    /// The name of a variant that is written as a key.
    pub(super) fn spelled_key(&self, written: &str) -> String {
        match written {
            "true" if self.is_boolean() => "on",
            "false" if self.is_boolean() => "off",
            name => name,
        }
        .to_owned()
    }

    /// What a variant holds.
    pub(super) fn value_of(&self, variant: &str) -> Value {
        if self.is_boolean() {
            return Value::Bool(variant == "on");
        }
        let variants = self.base.get("variants");
        variants
            .and_then(|variants| variants.get(variant))
            .cloned()
            .unwrap_or_default()
    }
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}
