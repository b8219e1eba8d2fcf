//! The evaluation order: a row for each step, each reason, and each thing that comes before another.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what it expects by unwrapping it, in its helpers too"
)]

use flagstone::{Attributes, Evaluation, Snapshot, Timestamp};
use serde_json::{Map, Value};

const HEAD: &str = "
version: 1
context:
  targeting_key: user_id
  attributes: { user_id: string, plan: string, team: integer, score: number }
segments:
  testers: { members: [u-17, 7], if: { plan: internal } }
  half: { if: { sample: 50% } }
environments: { production: { killed: false }, stopped: { killed: true } }
flags:
  yes: { serve: on }
  no: {}
  color: { variants: { red: 1, green: 2 }, baseline: red, serve: green }
";

/// The snapshot of a document with the flag `f` beside a few others.
fn snapshot(flag: &str, environment: Option<&str>, now: Timestamp) -> Snapshot {
    let document = format!("{HEAD}  f: {{ {flag} }}\n");
    let loaded = flagstone::load("flags.yaml", document.as_bytes());
    let definition = loaded
        .definition()
        .unwrap_or_else(|| panic!("{flag}: {:?}", loaded.diagnostics()));
    Snapshot::new(definition, environment, now).unwrap()
}

/// The flag with the salt for which the position of `u-17` is known: `0x551d…`, which is 33.2 %.
fn salted(flag: &str) -> String {
    format!("salt: new_dashboard, {flag}")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The answer in the form `variant reason rule:name error`.
fn shown(answer: &Evaluation<'_>) -> String {
    let mut words = vec![answer.variant.unwrap_or("null").to_owned()];
    words.push(answer.reason.to_string());
    words.extend(answer.rule.map(|rule| {
        let name = rule.name.map(|name| format!(":{name}"));
        format!("{}{}", rule.index, name.unwrap_or_default())
    }));
    words.extend(answer.error.map(|error| error.to_string()));
    words.join(" ")
}

/// Checks the answer of `f` at noon on the first of June, compiled long before, just then, and long after.
fn check(flag: &str, context: &str, expected: &str) {
    let noon = at("2026-06-01T12:00:00Z");
    for compiled_at in [at("2000-01-01T00:00:00Z"), noon, at("2100-01-01T00:00:00Z")] {
        let snapshot = snapshot(&salted(flag), Some("production"), compiled_at);
        let context: Map<String, Value> = serde_json::from_str(context).unwrap();
        let answer = snapshot.evaluate("f", &Attributes::from_json(&context), noon);
        assert_eq!(
            shown(&answer),
            expected,
            "{flag} for {context:?}, compiled at {compiled_at}"
        );
    }
}

/// A unit that 35 % of `f` take and 30 % don't.
const U: &str = r#"{ "user_id": "u-17" }"#;
const NOBODY: &str = "{}";

#[test]
#[expect(clippy::too_many_lines, reason = "it is one even table")]
fn each_step_decides_with_its_reason() {
    for (flag, context, expected) in [
        (
            "killed: true, serve: on, overrides: { on: [u-17] }",
            U,
            "off killed",
        ),
        (
            "environments: { production: { killed: true } }, serve: on",
            U,
            "off killed",
        ),
        (
            "overrides: { on: [u-17] }, enabled: false",
            U,
            "on override",
        ),
        (
            "overrides: { on: [u-2] }, enabled: false",
            U,
            "off disabled",
        ),
        (
            "overrides: { on: [7] }",
            r#"{ "user_id": 7 }"#,
            "on override",
        ),
        (
            "overrides: { on: [7] }",
            r#"{ "user_id": "7" }"#,
            "on override",
        ),
        (
            "overrides: { on: [7] }",
            r#"{ "user_id": 7.0 }"#,
            "off default",
        ),
        (
            "overrides: { on: [-7] }",
            r#"{ "user_id": -7 }"#,
            "on override",
        ),
        (
            "overrides: { on: [{ unit: u-17, until: 2026-06-01T12:00:00.001Z }] }",
            U,
            "on override",
        ),
        (
            "overrides: { on: [{ unit: u-17, until: 2026-06-01T12:00:00Z }] }",
            U,
            "off default",
        ),
        (
            "enabled: false, starts_at: 2027-01-01T00:00:00Z, serve: on",
            U,
            "off disabled",
        ),
        (
            "starts_at: 2026-06-01T12:00:00.001Z, serve: on",
            U,
            "off not_started",
        ),
        ("starts_at: 2026-06-01T12:00:00Z, serve: on", U, "on static"),
        ("ends_at: 2026-06-01T12:00:00Z, serve: on", U, "off ended"),
        (
            "ends_at: 2026-06-01T12:00:00.001Z, serve: on",
            U,
            "on static",
        ),
        (
            "prerequisites: { no: on }, serve: on",
            U,
            "off prerequisite",
        ),
        (
            "prerequisites: { yes: on, no: [on, off] }, serve: on",
            U,
            "on static",
        ),
        (
            "prerequisites: { color: [green] }, serve: on",
            U,
            "on static",
        ),
        (
            "prerequisites: { color: red }, serve: on",
            U,
            "off prerequisite",
        ),
        (
            "rules: [{ if: { segment: everyone }, serve: on }]",
            NOBODY,
            "on rule 0",
        ),
        (
            "rules: [{ if: { plan: x }, serve: off }, { name: n, if: { segment: testers }, serve: on }]",
            U,
            "on rule 1:n",
        ),
        (
            "rules: [{ if: { segment: testers }, rollout: 0% }], serve: on",
            U,
            "off left_out 0",
        ),
        (
            "rules: [{ if: { segment: testers }, rollout: 30% }], serve: on",
            U,
            "off left_out 0",
        ),
        (
            "rules: [{ if: { segment: testers }, rollout: 35% }], serve: off",
            U,
            "on rule 0",
        ),
        (
            "rules: [{ if: { plan: internal }, rollout: 50% }]",
            r#"{ "plan": "internal" }"#,
            "off left_out 0 unit_missing",
        ),
        (
            "rules: [{ if: { flag: { color: [red, green] } }, serve: on }]",
            NOBODY,
            "on rule 0",
        ),
        (
            "rules: [{ if: { flag: { color: red } }, serve: on }]",
            NOBODY,
            "off default",
        ),
        (
            "rules: [{ if: { now: { gte: 2026-06-01T12:00:00Z, lt: 2026-06-01T12:00:00.001Z } }, serve: on }]",
            U,
            "on rule 0",
        ),
        (
            "rules: [{ if: { now: { after: 2026-06-01T12:00:00Z } }, serve: on }]",
            U,
            "off default",
        ),
        ("serve: off", U, "off static"),
        ("", U, "off default"),
    ] {
        check(flag, context, expected);
    }
}

#[test]
fn distributions_take_split_and_leave_out() {
    for (flag, context, expected) in [
        ("rollout: 0%", U, "off static"),
        ("rollout: 0%", NOBODY, "off static"),
        ("rollout: 100%", NOBODY, "on static"),
        ("rollout: 30%", U, "off left_out"),
        ("rollout: 35%", U, "on split"),
        ("rollout: 35%", NOBODY, "off left_out unit_missing"),
        (
            "rollout: 35%",
            r#"{ "user_id": "" }"#,
            "off left_out unit_missing",
        ),
        (
            "rollout: 35%",
            r#"{ "user_id": ["u-17"] }"#,
            "off left_out unit_missing",
        ),
        ("split: { on: 1 }", NOBODY, "on static"),
        ("split: { on: 1, off: 0 }", NOBODY, "on static"),
        (
            "split: { on: 1, off: 1 }",
            NOBODY,
            "off left_out unit_missing",
        ),
        (
            "rollout: 0%, split: { on: 1, off: 1 }",
            NOBODY,
            "off static",
        ),
        (
            "rollout: 100%, split: { on: 1, off: 1 }",
            NOBODY,
            "off left_out unit_missing",
        ),
        (
            "rollout: { from: 0%, to: 100%, start: 2026-05-01T00:00:00Z, end: 2026-06-01T12:00:00Z }",
            NOBODY,
            "on split",
        ),
        (
            "rollout: { from: 0%, to: 100%, start: 2026-06-01T12:00:00Z, end: 2026-07-01T00:00:00Z }",
            NOBODY,
            "off left_out",
        ),
        (
            "rollout: { from: 0%, to: 100%, start: 2026-06-01T00:00:00Z, end: 2026-06-02T00:00:00Z }",
            U,
            "on split",
        ),
        (
            "rollout: { from: 100%, to: 0%, start: 2026-06-01T00:00:00Z, end: 2026-06-02T00:00:00Z }",
            NOBODY,
            "off left_out unit_missing",
        ),
        (
            "rollout: [{ at: 2026-06-01T12:00:00Z, to: 100% }]",
            NOBODY,
            "on split",
        ),
        (
            "rollout: [{ at: 2026-06-01T12:00:00.001Z, to: 100% }]",
            NOBODY,
            "off left_out",
        ),
        ("rollout: 99.9%, by: team", r#"{ "team": 5 }"#, "on split"),
        ("rollout: 99.9%, by: team", r#"{ "team": "5" }"#, "on split"),
        (
            "rollout: 99.9%, by: team",
            r#"{ "team": 5.0, "user_id": "u-17" }"#,
            "off left_out unit_missing",
        ),
    ] {
        check(flag, context, expected);
    }
}

#[test]
fn samples_hold_for_positions_in_their_range() {
    for (sample, context, holds) in [
        ("35%", U, true),
        ("30%", U, false),
        ("0%", U, false),
        ("100%", NOBODY, true),
        ("35%", NOBODY, false),
        ("{ from: 30%, to: 35% }", U, true),
        ("{ from: 35% }", U, false),
        ("{ from: 30% }", U, true),
        ("{ to: 30% }", U, false),
        ("{ from: 0%, to: 100% }", NOBODY, true),
        ("{ from: 0.000001% }", NOBODY, false),
        ("{ from: 100%, to: 100% }", U, false),
        ("{ from: 50%, to: 40% }", U, false),
        ("{ to: 100%, by: team }", NOBODY, true),
        ("{ to: 35%, by: team }", U, false),
    ] {
        let flag = format!("rules: [{{ if: {{ sample: {sample} }}, serve: on }}]");
        let expected = if holds { "on rule 0" } else { "off default" };
        check(&flag, context, expected);
    }
    // In a segment the salt is the segment's, so flags agree on who is in it.
    let flag = "rules: [{ if: { segment: half }, serve: on }]";
    let other_salt = format!("salt: another, {flag}");
    let now = at("2026-06-01T12:00:00Z");
    let (one, other) = (snapshot(flag, None, now), snapshot(&other_salt, None, now));
    let mut taken = 0;
    for unit in 0..1000 {
        let context = Attributes::new().set("user_id", unit);
        let answer = one.evaluate("f", &context, now).variant;
        assert_eq!(answer, other.evaluate("f", &context, now).variant, "{unit}");
        taken += usize::from(answer == Some("on"));
    }
    assert!((400..600).contains(&taken), "{taken} of 1000");
}

#[test]
fn an_unknown_flag_and_a_killed_environment_say_so() {
    let now = at("2026-06-01T12:00:00Z");
    let snapshot = snapshot("serve: on", Some("stopped"), now);
    let context = Attributes::new();
    for (key, expected) in [
        ("f", "off killed"),
        ("color", "red killed"),
        ("gone", "null error flag_not_found"),
    ] {
        assert_eq!(shown(&snapshot.evaluate(key, &context, now)), expected);
    }
    assert_eq!(
        snapshot.keys().collect::<Vec<_>>(),
        ["yes", "no", "color", "f"]
    );
}

#[test]
fn reasons_have_openfeature_words() {
    for (flag, context, word) in [
        ("serve: on", U, "STATIC"),
        ("rollout: 35%", U, "SPLIT"),
        ("rollout: 30%", U, "SPLIT"),
        ("overrides: { on: [u-17] }", U, "TARGETING_MATCH"),
        (
            "rules: [{ if: { segment: everyone }, serve: on }]",
            U,
            "TARGETING_MATCH",
        ),
        (
            "rules: [{ if: { segment: everyone }, rollout: 35% }]",
            U,
            "SPLIT",
        ),
        (
            "rules: [{ if: { segment: everyone }, rollout: 30% }]",
            U,
            "SPLIT",
        ),
        ("killed: true", U, "DISABLED"),
        ("enabled: false", U, "DISABLED"),
        ("starts_at: 2027-01-01T00:00:00Z", U, "DISABLED"),
        ("ends_at: 2026-01-01T00:00:00Z", U, "DISABLED"),
        ("prerequisites: { no: on }", U, "DEFAULT"),
        ("", U, "DEFAULT"),
    ] {
        let now = at("2026-06-01T12:00:00Z");
        let snapshot = snapshot(&salted(flag), None, now);
        let context: Map<String, Value> = serde_json::from_str(context).unwrap();
        let answer = snapshot.evaluate("f", &Attributes::from_json(&context), now);
        assert_eq!(answer.openfeature(), word, "{flag}");
    }
}

#[test]
fn raising_a_percentage_only_adds_units_and_moves_nobody() {
    let now = at("2026-06-01T12:00:00Z");
    let split = "variants: { a: x, b: y, c: z }, baseline: c, split: { a: 1, b: 2 }";
    let steps = ["0.1%", "1%", "10%", "33.333333%", "50%", "99.9%", "100%"]
        .map(|percentage| snapshot(&format!("rollout: {percentage}, {split}"), None, now));
    for unit in 0..2000 {
        let context = Attributes::new().set("user_id", format!("user-{unit}"));
        let mut given = None;
        for step in &steps {
            let answer = step.evaluate("f", &context, now);
            let arm = answer.variant.filter(|variant| *variant != "c");
            assert!(given.is_none() || given == arm, "user-{unit}");
            given = arm;
        }
        assert!(given.is_some(), "100% takes user-{unit}");
    }
}

#[test]
fn what_answers_alike_has_the_same_digest() {
    let now = at("2026-06-01T12:00:00Z");
    let digest = |flag: &str| snapshot(flag, None, now).digest();
    let base = "rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35% }]";
    for same in [
        "description: New, rules: [{ rollout: 35%, if: { plan: [b, a, b], team: 5 } }]",
        "salt: f, owner: me, rules: [{ rollout: 35.0%, if: [{ team: { equals: 5 } }, { plan: { in: [a, b] } }] }]",
    ] {
        assert_eq!(digest(base), digest(same), "{same}");
    }
    for other in [
        "rules: [{ if: { plan: [a, c], team: 5 }, rollout: 35% }]",
        "rules: [{ if: { plan: [a, b], team: 6 }, rollout: 35% }]",
        "rules: [{ if: { plan: [a, b], score: 5 }, rollout: 35% }]",
        "rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35.000001% }]",
        "rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35%, name: x }]",
        "salt: g, rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35% }]",
        "killed: true, rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35% }]",
        "overrides: { on: [u] }, rules: [{ if: { plan: [a, b], team: 5 }, rollout: 35% }]",
    ] {
        assert_ne!(digest(base), digest(other), "{other}");
    }
    // The same on every machine: a change here means that the canonical form has changed.
    assert_eq!(digest(base).to_string(), "20491f4e79fd9f2fa95108b44dc7ffcc");
}
