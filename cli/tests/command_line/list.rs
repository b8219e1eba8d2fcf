//! `flagstone list` and `flagstone show`.

use crate::command::{file, run};
use serde_json::{Value, json};

const DOCUMENT: &[u8] = b"version: 1
context: { attributes: { plan: string } }
segments: { staff: { members: [u-1] } }
environments: { staging: {}, production: { killed: true } }
flags:
  new_dashboard:
    owner: growth
    tags: [ui, new]
    remove_by: 2026-05-01
    overrides: { on: [{ unit: u-2, until: 2026-05-01T00:00:00Z }] }
    rules: [{ if: { segment: staff }, serve: on }]
    rollout: [{ at: 2026-05-30T12:00:00Z, to: 25% }, { at: 2026-06-03T12:00:00Z, to: 50% }]
  limits: { kind: operational, owner: platform, variants: { small: 1, large: 2 }, baseline: small, environments: { staging: { serve: large } } }
";

const AT: [&str; 2] = ["--at", "2026-06-01T12:00:00Z"];

fn listed(name: &str, arguments: &[&str]) -> String {
    let document = file(name, DOCUMENT);
    let arguments = [&["list", "--flags", &document], arguments, &AT].concat();
    let ran = run(&arguments, b"");
    assert_eq!((ran.code, &*ran.stderr), (Some(0), ""), "{arguments:?}");
    ran.stdout
}

#[test]
fn a_row_says_what_a_flag_does() {
    let table = listed("list.yaml", &["--environment", "staging"]);
    let words: Vec<Vec<&str>> = table
        .lines()
        .map(|row| {
            row.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect();
    let expected = [
        vec!["FLAG", "KIND", "OWNER", "STATE", "NOTES"],
        vec![
            "new_dashboard",
            "release",
            "growth",
            "25 % of users (25 % from 2026-05-30T12:00:00Z, 50 % from 2026-06-03T12:00:00Z); staff always",
            "remove_by 2026-05-01 has passed: 30 days ago; 1 override has ended",
        ],
        vec!["limits", "operational", "platform", "everyone large"],
    ];
    assert_eq!(words, expected, "{table}");
    let table = listed("list-all.yaml", &["--kind", "operational"]);
    assert!(table.contains("staging: everyone large\n"), "{table}");
    assert!(
        table.contains("production: killed with its environment\n"),
        "{table}"
    );
}

#[test]
fn flags_are_listed_by_what_is_said_of_them() {
    let both = ["new_dashboard", "limits"];
    for (arguments, flags) in [
        (&[] as &[&str], &both[..]),
        (&["--owner", "growth"], &both[..1]),
        (&["--tag", "ui", "--tag", "new"], &both[..1]),
        (&["--tag", "ui", "--tag", "old"], &[]),
        (&["--kind", "operational"], &both[1..]),
        (&["--owner", "growth", "--kind", "operational"], &[]),
    ] {
        let arguments = [arguments, &["--format", "json"]].concat();
        let list: Vec<Value> = serde_json::from_str(&listed("filters.yaml", &arguments)).unwrap();
        let keys: Vec<&Value> = list.iter().map(|entry| &entry["flag"]).collect();
        assert_eq!(keys, flags, "{arguments:?}");
    }
    assert_eq!(
        listed("none.yaml", &["--owner", "nobody"]),
        "no flag fits\n"
    );
}

#[test]
fn programs_get_states_too() {
    let list: Value = serde_json::from_str(&listed("json.yaml", &["--format", "json"])).unwrap();
    assert_eq!(
        list[1],
        json!({
            "flag": "limits", "type": "integer", "variants": { "small": 1, "large": 2 }, "kind": "operational",
            "owner": "platform", "tags": [], "description": null, "remove_by": null, "notes": [],
            "environments": [
                { "environment": "staging", "standing": "live", "summary": "everyone large" },
                { "environment": "production", "standing": "killed", "summary": "killed with its environment" },
            ],
        })
    );
}

#[test]
fn one_flag_is_shown_part_by_part() {
    let document = file("show.yaml", DOCUMENT);
    let arguments = [
        &[
            "show",
            "new_dashboard",
            "--flags",
            &document,
            "--environment",
            "staging",
        ],
        &AT[..],
    ]
    .concat();
    let ran = run(&arguments, b"");
    assert_eq!(
        ran.stdout,
        "new_dashboard
  kind: release
  owner: growth
  tags: ui, new
  remove by: 2026-05-01
  type: boolean
  variants: off = false, on = true
  note: remove_by 2026-05-01 has passed: 30 days ago
  note: 1 override has ended

staging: 25 % of users (25 % from 2026-05-30T12:00:00Z, 50 % from 2026-06-03T12:00:00Z); staff always
  override: u-2 gets on, until 2026-05-01T00:00:00Z (31 days ago)
  rule: in staff → on
  the rest: 25 % of users (25 % from 2026-05-30T12:00:00Z, 50 % from 2026-06-03T12:00:00Z)
      step: 25 % at 2026-05-30T12:00:00Z (2 days ago)
      step: 50 % at 2026-06-03T12:00:00Z (in 2 days)
"
    );
    let arguments = [&arguments[..], &["--format", "json"]].concat();
    let shown: Value = serde_json::from_str(&run(&arguments, b"").stdout).unwrap();
    let part = &shown["environments"][0]["parts"][0];
    assert_eq!(
        (&part["aspect"], &part["age"]),
        (&json!("override"), &json!("31 days ago"))
    );
}

#[test]
fn what_isnt_there_is_named() {
    let document = file("missing.yaml", DOCUMENT);
    for (arguments, code, message) in [
        (
            &["show", "new_dashbord", "--flags", &document][..],
            1,
            "the document has no flag \"new_dashbord\"; did you mean `new_dashboard`?",
        ),
        (
            &["list", "--flags", &document, "--environment", "prodution"],
            2,
            "did you mean `production`?",
        ),
        (
            &["list", "--flags", "gone.yaml"],
            1,
            "can't read gone.yaml: there is no such file in ",
        ),
        (
            &["list", "--flags", "gone.yaml"],
            1,
            "; name the document with `--flags FILE`",
        ),
        (
            &["list", "--kind", "relese"],
            2,
            "a flag's kind is one of release, experiment, operational, permission",
        ),
    ] {
        let ran = run(arguments, b"");
        assert_eq!(ran.code, Some(code), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{message} in {}", ran.stderr);
    }
}
