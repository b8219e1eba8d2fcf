//! An explanation as JSON.

use serde_json::{Map, Value, json};

use super::explanation::{Check, Decided, Explained, Explanation, Place, Share, Stand, Step, Told};
use crate::decision::ErrorCode;

impl Explanation {
    /// The explanation as JSON, with all that was looked at. Percentages are texts as in documents; places have a line and
    /// a column, from 1.
    ///
    /// ```
    /// use flagstone::{Attributes, Snapshot, Timestamp};
    ///
    /// let loaded = flagstone::load("flags.yaml", b"{ version: 1, flags: { dark: { serve: on } } }");
    /// let definition = loaded.definition().ok_or("the document is wrong")?;
    /// let at: Timestamp = "2026-11-20T09:00:00Z".parse()?;
    /// let snapshot = Snapshot::new(definition, None, at)?.with_source(&loaded.source);
    /// let json = snapshot.explain("dark", &Attributes::new(), at).to_json();
    /// assert_eq!(json["variant"], "on");
    /// assert_eq!(json["steps"][3]["says"], "serve: on");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> Value {
        let mut object = flag(&self.flag);
        object.insert("environment".into(), self.environment.as_deref().into());
        object.insert("at".into(), self.at.to_string().into());
        object.insert("snapshot".into(), self.snapshot.to_string().into());
        Value::Object(object)
    }
}

fn flag(flag: &Explained) -> Map<String, Value> {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    set("flag", (*flag.key).into());
    set("variant", flag.variant.as_deref().into());
    let value = flag.value.as_ref().map(flagstone_model::Value::to_json);
    set("value", value.unwrap_or_default());
    set("reason", flag.reason.as_str().into());
    set("rule", flag.rule.into());
    set("rule_name", flag.rule_name.as_deref().into());
    set("error", flag.error.map(ErrorCode::as_str).into());
    set("place", place(flag.place.as_ref()));
    if let Some(overlay) = &flag.overlay {
        set(
            "overlay",
            json!({ "environment": &*overlay.environment, "keys": overlay.keys }),
        );
    }
    let told = match flag.told {
        Told::InFull => "in_full",
        Told::Before => "before",
        Told::NoDocument => "no_document",
        Told::TooDeep => "too_deep",
    };
    set("told", told.into());
    set("steps", flag.steps.iter().map(step).collect());
    object
}

fn step(step: &Step) -> Value {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    set("step", step.step.as_str().into());
    if let Decided::Rule(index) = step.step {
        set("rule", index.into());
    }
    set("decides", step.decides.into());
    set("says", (*step.says).into());
    set("place", place(step.place.as_ref()));
    set("overlaid", step.is_overlaid.into());
    set("checks", step.checks.iter().map(check).collect());
    if let Some(share) = &step.share {
        set("share", self::share(share));
    }
    Value::Object(object)
}

fn check(check: &Check) -> Value {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    set("holds", check.holds.into());
    set("entry", (*check.entry).into());
    set("found", check.found.as_deref().into());
    set("place", place(check.place.as_ref()));
    if let Some(stand) = check.stand {
        set("stand", self::stand(stand));
    }
    if let Some(flag) = &check.flag {
        set("flag", Value::Object(self::flag(flag)));
    }
    set("checks", check.checks.iter().map(self::check).collect());
    Value::Object(object)
}

fn share(share: &Share) -> Value {
    json!({
        "says": share.says,
        "place": place(share.place.as_ref()),
        "stand": share.stand.map(stand),
    })
}

fn stand(stand: Stand) -> Value {
    json!({
        "position": stand.position.to_string(),
        "from": stand.from.to_string(),
        "below": stand.below.to_string(),
        "taken": stand.is_taken,
        "taken_from": stand.taken_from.to_string(),
    })
}

fn place(place: Option<&Place>) -> Value {
    place.map_or(Value::Null, |place| {
        json!({
            "document": &*place.document,
            "line": place.line,
            "column": place.column,
        })
    })
}
