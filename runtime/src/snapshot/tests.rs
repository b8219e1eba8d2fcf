//! The law of loading, as sequences of documents and what is in force after each.

mod kept;
mod kills;
mod let_go;
mod unchanged;

use std::sync::Arc;

use flagstone_model::{AttributeType, Kills, Timestamp, ValueType, load};

use super::*;
use crate::decision::Reason;

const PROGRAM: Program = Program {
    flags: &[
        EmbeddedFlag::boolean("a", 0),
        EmbeddedFlag::boolean("b", 0),
        EmbeddedFlag {
            key: "color",
            ty: ValueType::String,
            variants: &["red", "green"],
            baseline: 0,
            decode: None,
        },
        EmbeddedFlag {
            key: "limits",
            ty: ValueType::Json,
            variants: &["small", "large"],
            baseline: 0,
            decode: Some(decode_number),
        },
    ],
    attributes: &[
        attribute("user_id", AttributeType::String),
        attribute("plan", AttributeType::String),
        attribute("age", AttributeType::Integer),
    ],
    targeting_key: 0,
};

const fn attribute(name: &'static str, ty: AttributeType) -> EmbeddedAttribute {
    EmbeddedAttribute { name, ty }
}

fn decode_number(
    value: &serde_json::Value,
) -> Result<Arc<dyn core::any::Any + Send + Sync>, String> {
    let number = value.as_i64().ok_or("not a number")?;
    Ok(Arc::new(number))
}

const HEAD: &str = "
version: 1
context: { targeting_key: user_id, attributes: { user_id: string, plan: string, age: integer, team: string } }
environments: { production: {} }
flags:
";

const EMBEDDED: &str = "
  a: { serve: on }
  b: { rules: [{ if: { plan: x }, serve: on }] }
  color: { variants: { red: R, green: G }, baseline: red, serve: green }
  limits: { type: json, variants: { small: 1, large: 2 }, baseline: small }
";

const NOW: Timestamp = Timestamp::from_milliseconds(0);

fn embedded(environment: Option<&str>) -> Snapshot {
    let text = format!("{HEAD}{EMBEDDED}");
    let loaded = load("flags.yaml", text.as_bytes());
    let definition = loaded.definition().expect("the embedded document is right");
    let loading = Snapshot::embedded(definition, &PROGRAM, environment, NOW);
    assert_eq!(loading.problems, []);
    loading.snapshot
}

/// Loads the next document: the flags below the usual head, or a whole document of its own.
fn next(snapshot: &Snapshot, document: &str) -> Loading {
    let text = if document.contains("version:") {
        document.to_owned()
    } else {
        format!("{HEAD}{document}")
    };
    let loaded = load("flags.yaml", text.as_bytes());
    let checked = loaded
        .outcome
        .as_ref()
        .expect("the document is well formed");
    let last = snapshot.document.as_ref();
    let document = Document {
        name: "flags.yaml".into(),
        bytes: text.as_bytes().into(),
        serial: last.map_or(1, |last| last.serial + 1),
    };
    snapshot.next(checked, Some(Arc::new(document)), &PROGRAM, NOW)
}

/// Every flag's answer for a context with `plan: x`.
fn answers(snapshot: &Snapshot) -> Vec<String> {
    let context = Attributes::new().set("user_id", "u-1").set("plan", "x");
    let keys = ["a", "b", "color", "limits", "new", "newer"];
    let answers = keys.iter().map(|key| {
        let answer = snapshot.evaluate(key, &context, NOW);
        let variant = answer.variant.unwrap_or("null");
        let error = answer.error.map(|error| format!(" {error}"));
        format!(
            "{key}: {variant} {}{}",
            answer.reason,
            error.unwrap_or_default()
        )
    });
    answers.collect()
}

/// What loading reports.
fn reports(loading: &Loading) -> Vec<String> {
    let refused = loading
        .refused
        .iter()
        .map(|refusal| format!("refused: {refusal}"));
    let problems = loading.problems.iter();
    refused
        .chain(problems.map(|problem| format!("{}: {}", problem.key, problem.reason)))
        .collect()
}

/// Checks some answers, and all that loading reports.
fn expect(loading: &Loading, document: &str, expected: &[&str]) {
    let (answers, reports) = (answers(&loading.snapshot), reports(loading));
    let is_expected = |line: &String| expected.contains(&line.as_str());
    for line in expected {
        let is_there = answers.iter().chain(&reports).any(|shown| shown == line);
        assert!(is_there, "{document}: {line} in {answers:#?} {reports:#?}");
    }
    assert!(reports.iter().all(is_expected), "{document}: {reports:#?}");
}

/// Loads documents one after the other, and checks what is in force after each.
fn check(environment: Option<&str>, steps: &[(&str, &[&str])]) {
    let mut snapshot = embedded(environment);
    for (document, expected) in steps {
        let loading = next(&snapshot, document);
        expect(&loading, document, expected);
        snapshot = loading.snapshot;
    }
}

/// What `a` and `color` answer as long as the program's own document is in force.
const A: &str = "a: on static";
/// Why `a` stays where it reads an attribute that only documents know.
const TEAM: &str = "a: it reads the attribute `team`, which the program's context doesn't have";
const COLOR: &str = "color: green static";

#[test]
fn the_digest_is_of_what_is_in_force() {
    let wrong = next(
        &embedded(None),
        &EMBEDDED.replace("a: { serve: on }", "a: { serve: of }"),
    );
    assert_eq!(wrong.snapshot.digest(), embedded(None).digest());
    let text = format!("{HEAD}{EMBEDDED}");
    let loaded = load("flags.yaml", text.as_bytes());
    let alone = Snapshot::new(loaded.definition().unwrap(), None, NOW).unwrap();
    assert_eq!(alone.digest(), embedded(None).digest());
    let moved = next(
        &embedded(None),
        &EMBEDDED.replace("a: { serve: on }", "a: { serve: off }"),
    );
    assert_ne!(moved.snapshot.digest(), embedded(None).digest());
}

#[test]
fn a_flag_of_the_program_answers_in_the_programs_ordinals() {
    let document = "  color: { variants: { green: G, red: R }, baseline: red, rules: [{ if: { plan: x }, serve: green }] }\n";
    let snapshot = next(&embedded(None), document).snapshot;
    let context = crate::context::Context::<(), 3>::new().set(1, "x");
    let decision = snapshot.decide(2, &context, &NOW);
    assert_eq!((decision.variant, decision.reason), (1, Reason::Rule));
    assert_eq!(snapshot.decide(2, &(), &NOW).variant, 0);
    let value = snapshot.value(2, 1).map(StoredValue::value);
    assert_eq!(value, Some(&flagstone_model::Value::String("G".into())));
    let limits = snapshot.value(3, 1).and_then(StoredValue::typed);
    let limits = limits
        .and_then(Result::ok)
        .and_then(|typed| typed.downcast_ref());
    assert_eq!(limits, Some(&2_i64));
}

#[test]
fn verdicts_are_constant_just_where_nothing_can_change_them() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let noon = at("2026-06-01T12:00:00Z");
    for (flag, verdict) in [
        ("serve: on", 1),
        ("", 0),
        ("rollout: 100%", 1),
        ("rollout: 0%", 0),
        ("rollout: 50%", ASK),
        ("killed: true, rollout: 50%", 0),
        ("enabled: false, rollout: 50%", 0),
        ("enabled: false, overrides: { on: [u] }", ASK),
        (
            "enabled: false, overrides: { on: [{ unit: u, until: 2026-06-01T12:00:00Z }] }",
            0,
        ),
        (
            "serve: on, overrides: { on: [{ unit: u, until: 2026-06-01T12:00:00.001Z }] }",
            ASK,
        ),
        ("serve: on, starts_at: 2026-06-01T12:00:00Z", 1),
        ("serve: on, starts_at: 2026-06-01T12:00:00.001Z", ASK),
        ("serve: on, ends_at: 2026-06-01T12:00:00Z", 0),
        ("serve: on, ends_at: 2026-06-01T12:00:00.001Z", ASK),
        ("rollout: [{ at: 2026-06-01T12:00:00Z, to: 100% }]", 1),
        ("rollout: [{ at: 2026-06-01T12:00:00.001Z, to: 100% }]", ASK),
        (
            "rollout: { from: 0%, to: 100%, start: 2026-06-01T00:00:00Z, end: 2026-06-01T12:00:00Z }",
            1,
        ),
        (
            "rollout: { from: 0%, to: 100%, start: 2026-06-01T00:00:00Z, end: 2026-06-01T12:00:01Z }",
            ASK,
        ),
        ("prerequisites: { on1: on }, serve: on", 1),
        ("prerequisites: { on1: off, half: on }, serve: on", 0),
        ("prerequisites: { half: on }, serve: on", ASK),
        ("prerequisites: { half: [on, off] }, serve: on", ASK),
        ("rules: [{ if: { segment: everyone }, serve: on }]", 1),
        ("rules: [{ if: { plan: x }, serve: on }]", ASK),
        (
            "rules: [{ if: { not: { segment: everyone }, plan: x }, serve: off }], serve: on",
            1,
        ),
        (
            "rules: [{ if: { now: { before: 2026-01-01T00:00:00Z } }, serve: off }], serve: on",
            1,
        ),
        (
            "rules: [{ if: { now: { before: 2026-06-01T12:00:00Z } }, serve: off }], serve: on",
            1,
        ),
        (
            "rules: [{ if: { now: { before: 2026-06-01T12:00:00.001Z } }, serve: off }], serve: on",
            ASK,
        ),
        (
            "rules: [{ if: { now: { after: 2026-06-01T12:00:00.001Z } }, serve: off }], serve: on",
            ASK,
        ),
        (
            "rules: [{ if: { not: { now: { after: 2026-06-01T12:00:00.001Z } } }, serve: on }]",
            ASK,
        ),
        ("prerequisites: { later: on }, serve: on", ASK),
        ("rules: [{ if: { flag: { later: on } }, serve: on }]", ASK),
        (
            "rules: [{ if: { now: { after: 2026-01-01T00:00:00Z } }, rollout: 50% }], serve: on",
            ASK,
        ),
        (
            "rules: [{ if: { any: [{ plan: x }, { flag: { on1: on } }] }, serve: on }]",
            1,
        ),
        ("rules: [{ if: { sample: 0% }, serve: on }]", 0),
    ] {
        let document = format!(
            "version: 1\ncontext: {{ attributes: {{ plan: string }}, targeting_key: u }}\nflags:\n  f: {{ {flag} }}\n  on1: {{ serve: on }}\n  half: {{ rollout: 50% }}\n  later: {{ serve: on, starts_at: 2026-06-01T12:00:00.001Z }}\n"
        );
        let loaded = load("flags.yaml", document.as_bytes());
        let definition = loaded
            .definition()
            .unwrap_or_else(|| panic!("{flag} {:?}", loaded.diagnostics()));
        let snapshot = Snapshot::new(definition, None, noon).unwrap();
        assert_eq!(snapshot.verdict(0), verdict, "{flag}");
    }
}
