//! `flagstone explain`. What it says is on the pages `docs/on-call.md` and `docs/command-line.md`, and tested with them.

use crate::command::run;
use serde_json::{Value, json};

const DOCUMENT: &[u8] = b"version: 1
context:
  targeting_key: user_id
  attributes: { user_id: string, email: { type: string, private: true } }
environments: { production: {} }
flags:
  a:
    rules:
      - if: { email: { ends_with: '@example.com' } }
        serve: on
    rollout: 25%
    environments: { production: { rollout: 50% } }
";

#[test]
fn json_has_every_step() {
    let ran = run(
        &[
            "explain",
            "a",
            "--flags",
            "-",
            "--environment",
            "production",
            "--format",
            "json",
            "--at",
            "2026-11-20T09:00:00+01:00",
            "--context",
            r#"{"user_id": "u-17", "email": "ann@secret.example"}"#,
        ],
        DOCUMENT,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!ran.stdout.contains("secret"), "{}", ran.stdout);
    let explained: Value = serde_json::from_str(&ran.stdout).unwrap();
    for (key, value) in [
        ("flag", json!("a")),
        ("environment", json!("production")),
        ("at", json!("2026-11-20T08:00:00Z")),
        ("told", json!("in_full")),
        (
            "overlay",
            json!({ "environment": "production", "keys": ["rollout"] }),
        ),
    ] {
        assert_eq!(explained[key], value, "{key}");
    }
    let steps: Vec<_> = explained["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["step"].as_str().unwrap(),
                step["decides"].as_bool().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("killed", false),
        ("override", false),
        ("enabled", false),
        ("rule", false),
        ("own", true),
    ];
    assert_eq!(steps, expected);
    let check = &explained["steps"][3]["checks"][0];
    assert_eq!(check["entry"], "email: { ends_with: … }");
    assert_eq!(check["found"], "email is <private>");
    assert_eq!(check["place"]["line"], 9);
    let own = &explained["steps"][4];
    assert_eq!(
        (&own["place"]["line"], &own["overlaid"]),
        (&json!(12), &json!(true))
    );
    assert_eq!(own["share"]["stand"]["below"], "50%");
}

#[test]
fn what_cant_be_explained_is_said() {
    for (arguments, code, says) in [
        (
            &["explain", "b", "--flags", "-"] as &[&str],
            1,
            "the document has no flag \"b\"",
        ),
        (
            &["explain", "a", "--flags", "-", "--environment", "prod"],
            2,
            "prod",
        ),
        (
            &["explain", "a", "--flags", "-", "--context", "{"],
            2,
            "`--context` takes a JSON object",
        ),
        (
            &["explain", "a", "--flags", "gone.yaml"],
            1,
            "can't read gone.yaml",
        ),
        (
            &["explain", "a", "--flags", "-", "--at", "Friday"],
            2,
            "a time is written",
        ),
        (&["explain"], 2, "FLAG"),
    ] {
        let ran = run(arguments, DOCUMENT);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}
