//! The random documents say everything that the language can say, and their questions are answered in every way.

use std::collections::BTreeMap;

use flagstone_model::{Style, load, render};
use flagstone_tests::{
    Case, damage_document, damage_text, evaluate, fits, from_yaml, milliseconds, to_json, to_yaml,
};
use serde_json::{Map, Value};

const SEEDS: u64 = 2000;

/// How often each thing occurred.
#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    fn assert_at_least(&self, least: usize, expected: &[&str]) {
        for what in expected {
            let count = self.0.get(*what).copied().unwrap_or(0);
            assert!(count >= least, "{what}: {count} times\n{:#?}", self.0);
        }
    }
}

#[test]
fn every_answer_occurs() {
    let mut counts = Counts::default();
    for case in (0..SEEDS).map(Case::new) {
        let now = milliseconds(&case.at).unwrap();
        for (flag, context) in &case.requests {
            let environment = case.environment.as_deref();
            let answer = evaluate(&case.document, environment, flag, context, now);
            let place = if answer.rule.is_some() { "rule: " } else { "" };
            let error = answer.error.map(|error| format!(" {error}"));
            counts.add(format!(
                "{place}{}{}",
                answer.reason,
                error.unwrap_or_default()
            ));
        }
    }
    counts.assert_at_least(
        50,
        &[
            "static",
            "split",
            "left_out",
            "left_out unit_missing",
            "rule: rule",
            "rule: left_out",
            "rule: left_out unit_missing",
            "override",
            "killed",
            "disabled",
            "not_started",
            "ended",
            "prerequisite",
            "default",
            "error flag_not_found",
        ],
    );
}

#[test]
fn every_operator_holds_and_fails() {
    let mut counts = Counts::default();
    for case in (0..SEEDS / 2).map(Case::new) {
        let contexts: Vec<_> = case.requests.iter().map(|(_, context)| context).collect();
        walk(&case.document, &mut |key, value| {
            let Some(ty) = type_of(&case.document, key) else {
                return;
            };
            for (operator, operand) in operators(value) {
                // Asking each operator for two contexts says enough, and regular expressions take their time.
                for context in contexts.iter().take(2) {
                    let holds = fits(&case.document, context, key, operator, operand);
                    counts.add(format!("{ty} {operator} {holds}"));
                }
            }
        });
    }
    let equalities = ["exists", "equals", "not_equals", "in", "not_in"];
    let orders = ["gt", "gte", "lt", "lte"];
    for (ty, operators) in [
        ("string", [&equalities[..], &TEXTS[..]].concat()),
        ("strings", vec!["exists", "contains", "not_contains"]),
        ("boolean", vec!["exists", "equals", "not_equals"]),
        ("integer", [&equalities[..], &orders[..]].concat()),
        ("number", [&equalities[..], &orders[..]].concat()),
        ("semver", [&equalities[..], &orders[..]].concat()),
        (
            "timestamp",
            [&equalities[..], &orders[..], &["before", "after"]].concat(),
        ),
    ] {
        for operator in operators {
            for holds in [true, false] {
                counts.assert_at_least(10, &[&format!("{ty} {operator} {holds}")]);
            }
        }
    }
}

const TEXTS: [&str; 5] = [
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "matches",
];

#[test]
fn every_form_occurs() {
    let mut counts = Counts::default();
    for case in (0..SEEDS).map(Case::new) {
        walk(&case.document, &mut |key, value| {
            let form = match value {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::String(_) => "text",
                Value::Array(_) => "list",
                Value::Object(_) => "mapping",
            };
            counts.add(format!("{key} {form}"));
        });
    }
    counts.assert_at_least(
        20,
        &[
            "all list",
            "any list",
            "not mapping",
            "not list",
            "if mapping",
            "if list",
            "segment text",
            "segment list",
            "sample text",
            "sample mapping",
            "flag mapping",
            "now mapping",
            "rollout text",
            "rollout mapping",
            "rollout list",
            "split mapping",
            "split list",
            "serve text",
            "serve boolean",
            "by text",
            "salt text",
            "until text",
            "unit text",
            "unit number",
            "overrides mapping",
            "prerequisites mapping",
            "starts_at text",
            "ends_at text",
            "killed boolean",
            "enabled boolean",
            "members list",
            "true list",
            "true number",
            "values list",
            "retired mapping",
            "rust_type text",
            "metadata mapping",
        ],
    );
}

#[test]
fn both_notations_say_the_same() {
    for case in (0..100).map(Case::new) {
        assert_eq!(
            from_yaml(&to_yaml(&case.document).unwrap()).unwrap(),
            case.document
        );
        let from_json: Value = serde_json::from_str(&to_json(&case.document)).unwrap();
        assert_eq!(from_json, case.document);
    }
}

#[test]
fn the_checker_finds_nothing_wrong() {
    for (seed, case) in (0..100).map(|seed| (seed, Case::new(seed))) {
        for text in [to_yaml(&case.document).unwrap(), to_json(&case.document)] {
            let loaded = load("flags.yaml", text.as_bytes());
            let report = render(
                &loaded.source,
                loaded.diagnostics(),
                loaded.total(),
                Style::Plain,
            );
            assert_eq!(loaded.total(), 0, "seed {seed}\n{report}");
        }
    }
}

#[test]
fn the_checker_survives_damage_and_finds_most() {
    let mut refused = 0;
    for seed in 0..100 {
        let document = Case::new(seed).document;
        let text = to_yaml(&document).unwrap();
        for damaged in [
            to_json(&damage_document(seed, &document)),
            damage_text(seed, &text),
        ] {
            let loaded = load("flags.yaml", damaged.as_bytes());
            refused += usize::from(loaded.total() > 0);
        }
    }
    assert!(refused > 150, "{refused} of 200");
}

/// Shows every key and value of the document's mappings, outside of what the flags' variants hold.
fn walk(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                see(key, value);
                if !matches!(key.as_str(), "variants" | "x-note") {
                    walk(value, see);
                }
            }
        }
        Value::Array(entries) => {
            for value in entries {
                walk(value, see);
            }
        }
        _ => {}
    }
}

fn type_of<'a>(document: &'a Value, attribute: &str) -> Option<&'a str> {
    let attributes = document.pointer("/context/attributes")?;
    let declared = attributes.get(attribute)?;
    declared.as_str().or_else(|| declared.get("type")?.as_str())
}

/// The operators of a test, where it has them; a declaration, which says a type, is no test.
fn operators(test: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let test = test.as_object().filter(|test| !test.contains_key("type"));
    let entries = test.into_iter().flat_map(Map::iter);
    entries.map(|(operator, operand)| (operator.as_str(), operand))
}
