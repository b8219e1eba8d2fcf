//! The law of loading, as sequences of documents and what is in force after each.

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
fn a_wrong_flag_stays_and_the_others_move() {
    check(
        None,
        &[
            (
                "  a: { serve: of }\n  b: { serve: on }\n",
                &[
                    A,
                    "b: on static",
                    "color: null error flag_not_found",
                    "a: unknown variant `of`",
                ],
            ),
            (
                "  a: { rollout: 0% }\n",
                &["a: off static", "b: null error flag_not_found"],
            ),
            // What was good once is better than what the program was built with.
            (
                "  a: { serve: of }\n",
                &["a: off static", "a: unknown variant `of`"],
            ),
        ],
    );
}

#[test]
fn a_flag_that_the_program_cannot_serve_stays() {
    let with = |flag: &str| format!("{HEAD}{flag}");
    let other_head = "version: 1\ncontext: { targeting_key: user_id, attributes: { user_id: string, plan: strings, team: string } }\nflags:\n";
    let rows: [(String, &[&str]); 12] = [
        (
            with("  a: { type: string, variants: { x: y }, baseline: x }\n"),
            &[A, "a: it has the type string, and the program was built with boolean"],
        ),
        (
            with("  color: { variants: { red: R, green: G, blue: B }, baseline: red }\n"),
            &[COLOR, "color: the program was built without its variant `blue`"],
        ),
        (
            with("  color: { variants: { green: G }, baseline: green }\n"),
            &[COLOR, "color: its variant `red` is gone, which the program answers when it knows nothing better"],
        ),
        // A variant that isn't the compiled baseline may go, and the order may change.
        (with("  color: { variants: { red: R }, baseline: red }\n"), &["color: red default"]),
        (
            with("  color: { variants: { green: G, red: R }, baseline: green }\n"),
            &["color: green default"],
        ),
        (
            with("  limits: { type: json, variants: { small: 1, large: [2] }, baseline: large }\n"),
            &[
                "limits: small default",
                "limits: the value of its variant `large` doesn't fit the program's type: not a number",
            ],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ team: x }}, serve: off }}] }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rollout: 50%, by: team }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ sample: {{ to: 5%, by: team }} }}, serve: off }}] }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ plan: {{ exists: true }} }}, serve: off }}] }}\n"),
            &[A, "a: it reads the attribute `plan` as strings, and the program was built with string"],
        ),
        // A flag that the program doesn't know may read what its contexts don't have, but not for the program's flags.
        (
            format!("{other_head}  new: {{ rules: [{{ if: {{ team: x }}, serve: on }}] }}\n  b: {{ prerequisites: {{ new: on }} }}\n"),
            &[
                "new: off default",
                "b: on rule",
                "b: it asks about the flag `new`, which reads the attribute `team`, which the program's context doesn't have",
            ],
        ),
        (
            "version: 1\ncontext: { targeting_key: team }\nflags: { a: { rollout: 50% }, b: { serve: on } }\n".to_owned(),
            &[A, "b: on static", TEAM],
        ),
    ];
    for (document, expected) in rows {
        check(None, &[(&document, expected)]);
    }
}

#[test]
fn what_asks_for_something_not_in_force_stays() {
    for (document, expected) in [
        (
            // `color` stays as it was, so it has no `blue`, so `b` can't ask for it, so `new` can't ask for `b`'s answer
            // to be the new one; but `b` is there, and that is enough.
            "  color: { variants: { red: R, blue: B }, baseline: red }\n  b: { prerequisites: { color: blue }, serve: on }\n  new: { prerequisites: { b: on }, serve: on }\n",
            &[
                COLOR,
                "b: on rule",
                "new: on static",
                "color: the program was built without its variant `blue`",
                "b: it asks for the variant `blue` of the flag `color`, which isn't in force",
            ][..],
        ),
        (
            // `new` was never in force, so nothing can ask for it, nor for what asks for it.
            "  new: { nonsense: 1 }\n  newer: { prerequisites: { new: on } }\n  b: { prerequisites: { newer: on } }\n",
            &[
                "b: on rule",
                "new: unknown key `nonsense` in the flag `new`",
                "newer: it asks about the flag `new`, which isn't in force",
                "b: it asks about the flag `newer`, which isn't in force",
            ],
        ),
    ] {
        check(None, &[(document, expected)]);
    }
}

#[test]
fn a_kept_form_that_closes_a_circle_answers_its_baseline() {
    let steps: [(&str, &[&str]); 3] = [
        (
            "  a: { prerequisites: { b: on }, serve: on }\n  b: { serve: on }\n",
            &[A, "b: on static"],
        ),
        (
            "  a: { rollout: 50%, by: team }\n  b: { rules: [{ if: { flag: { a: off } }, serve: on }] }\n",
            &[
                "a: off error circle",
                "b: on rule",
                TEAM,
                "a: its last good form closes a circle with newer forms of other flags, so it answers its baseline",
            ],
        ),
        // The circle is gone, so the form that was kept answers again.
        (
            "  a: { rollout: 50%, by: team }\n  b: { serve: on }\n",
            &[A, "b: on static", TEAM],
        ),
    ];
    check(None, &steps);
}

#[test]
fn a_kept_form_that_makes_a_chain_too_long_answers_its_baseline() {
    let chain = |length: usize, a: &str| {
        let links = (0..length).map(|index| {
            let next = index + 1;
            let needs = format!("prerequisites: {{ x{next}: on }},");
            let needs = if next < length { needs } else { String::new() };
            format!("  x{index}: {{ {needs} serve: on }}\n")
        });
        let links: String = links.collect();
        format!("  a: {{ {a} }}\n  b: {{ prerequisites: {{ a: [on, off] }}, serve: on }}\n{links}")
    };
    let longest = flagstone_model::limits::CHAIN;
    let first = next(
        &embedded(None),
        &chain(9, "prerequisites: { x0: on }, serve: on"),
    );
    for (length, a) in [
        (longest - 2, "a: on static"),
        (longest - 1, "a: off error circle"),
    ] {
        // `a` stays what it was and asks for what is now a longer chain, and `b` asks for `a`.
        let loading = next(&first.snapshot, &chain(length, "rollout: 50%, by: team"));
        let answers = answers(&loading.snapshot);
        assert_eq!(answers[..2], [a, "b: on static"], "{length}");
    }
}

#[test]
fn a_kill_always_arrives() {
    let rows: [(&str, &[&str]); 7] = [
        (
            "  a: { killed: true, serve: of }\n",
            &["a: off killed", "a: unknown variant `of`"],
        ),
        (
            "  b: { environments: { production: { killed: true } }, nonsense: 1 }\n",
            &["b: off killed", "b: unknown key `nonsense` in the flag `b`"],
        ),
        (
            "  b: { environments: { production: { killed: false } }, nonsense: 1 }\n",
            &["b: on rule", "b: unknown key `nonsense` in the flag `b`"],
        ),
        (
            "version: 1\nflags: { a: { killed: true }, b: 5 }\ncontext: 7\n",
            &["a: off killed", COLOR, "refused: the document is wrong"],
        ),
        (
            "version: 1\nflags: { a: { killed: true } }\n",
            &[
                "a: off killed",
                COLOR,
                "refused: the document declares no environment `production`; it declares none",
            ],
        ),
        (
            "version: 1\nenvironments: { production: { killed: true } }\nflags: { a: { serve: of } }\n",
            &[
                "a: off killed",
                "color: null error flag_not_found",
                "a: unknown variant `of`",
            ],
        ),
        (
            "version: 1\nenvironments: { production: { killed: true } }\ncontext: 7\nflags: {}\n",
            &[
                "a: off killed",
                "color: red killed",
                "limits: small killed",
                "refused: the document is wrong",
            ],
        ),
    ];
    for row in rows {
        check(Some("production"), &[row]);
    }
}

#[test]
fn a_kill_of_a_refused_flag_stays_until_the_flag_is_right_again() {
    let mut snapshot = embedded(None);
    for (document, a) in [
        ("  a: { killed: true, serve: of }\n", "a: off killed"),
        ("  a: { killed: false, serve: of }\n", "a: off killed"),
        ("  a: { serve: on }\n", "a: on static"),
    ] {
        let loading = next(&snapshot, document);
        assert_eq!(answers(&loading.snapshot)[0], a, "{document}");
        snapshot = loading.snapshot;
    }
    // An environment's kill isn't the flag's: it goes with the document that lifts it.
    let mut snapshot = embedded(Some("production"));
    for (killed, a) in [(true, "a: off killed"), (false, "a: on static")] {
        let document = format!(
            "version: 1\nenvironments: {{ production: {{ killed: {killed} }} }}\nflags: {{ a: {{ serve: of }} }}\n"
        );
        let loading = next(&snapshot, &document);
        assert_eq!(answers(&loading.snapshot)[0], a, "{document}");
        snapshot = loading.snapshot;
    }
}

#[test]
fn a_kept_form_says_since_when_it_is_kept() {
    let first = next(&embedded(None), "  a: { rollout: 0% }\n").snapshot;
    let second = next(&first, "  a: { serve: of }\n  b: { serve: on }\n");
    let third = next(
        &second.snapshot,
        "  a: { serve: of }\n  b: { serve: off }\n",
    );
    for loading in [&second, &third] {
        assert_eq!(loading.problems[0].since, Some(first.digest()));
    }
    let kept = next(&embedded(None), "  a: { serve: of }\n");
    assert_eq!(kept.problems[0].since, Some(embedded(None).digest()));
    // Gone, and wrong when it comes back: what is left is the program's own form.
    let gone = next(&first, "  b: { serve: on }\n").snapshot;
    let back = next(&gone, "  a: { serve: of }\n");
    assert_eq!(back.problems[0].since, None);
    assert_eq!(answers(&back.snapshot)[0], A);
}

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
