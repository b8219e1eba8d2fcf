//! Warnings of `flagstone check`.

use crate::command::{file, run};
use serde_json::Value;

/// Worth a look for its owner, its segment, and from 2027 on its date.
const DOCUMENT: &[u8] = b"version: 1
segments: { staff: { members: [u-1] } }
flags:
  a: { description: A flag, remove_by: 2026-12-31, rollout: 5% }
  b: { description: Another, rollout: 5%, allow: [missing-owner] }
";

const EARLY: &str = "2026-12-31T23:59:59Z";
const LATE: &str = "2027-01-01T00:00:00Z";

/// The severities and codes that a check finds.
fn found(arguments: &[&str]) -> (Option<i32>, Vec<(String, String)>) {
    let document = file("warned.yaml", DOCUMENT);
    let mut all = vec!["check", "--format", "json", &document];
    all.extend(arguments);
    let ran = run(&all, b"");
    let list: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = list
        .iter()
        .map(|found| (text(&found["severity"]), text(&found["code"])));
    (ran.code, found.collect())
}

#[test]
fn warnings_fail_nothing_unless_they_are_denied() {
    type Row<'r> = (&'r [&'r str], i32, &'r [(&'r str, &'r str)]);
    let rows: [Row<'_>; 7] = [
        (
            &["--at", EARLY],
            0,
            &[("warning", "unused-segment"), ("warning", "missing-owner")],
        ),
        (
            &["--at", LATE],
            0,
            &[
                ("warning", "unused-segment"),
                ("warning", "missing-owner"),
                ("warning", "past-remove-by"),
            ],
        ),
        (
            &["--at", EARLY, "--deny", "warnings"],
            1,
            &[("error", "unused-segment"), ("error", "missing-owner")],
        ),
        (
            &["--at", EARLY, "--deny", "missing-owner"],
            1,
            &[("warning", "unused-segment"), ("error", "missing-owner")],
        ),
        (
            &["--at", EARLY, "--deny", "past-remove-by"],
            0,
            &[("warning", "unused-segment"), ("warning", "missing-owner")],
        ),
        (
            &[
                "--at",
                EARLY,
                "--deny",
                "warnings",
                "--allow",
                "unused-segment",
                "--allow",
                "missing-owner",
            ],
            0,
            &[],
        ),
        (
            &[
                "--at",
                EARLY,
                "--deny",
                "missing-owner",
                "--allow",
                "missing-owner",
            ],
            1,
            &[("warning", "unused-segment"), ("error", "missing-owner")],
        ),
    ];
    for (arguments, code, expected) in rows {
        let (given, found) = found(arguments);
        let found: Vec<_> = found
            .iter()
            .map(|(severity, code)| (severity.as_str(), code.as_str()))
            .collect();
        assert_eq!(found, expected, "{arguments:?}");
        assert_eq!(given, Some(code), "{arguments:?}");
    }
}

#[test]
fn people_and_workflows_are_warned() {
    let document = file("warned-people.yaml", DOCUMENT);
    let ran = run(&["check", &document, "--at", EARLY], b"");
    for part in [
        "warning[unused-segment]: nothing uses the segment `staff`\n",
        "2 | segments: { staff: { members: [u-1] } }\n  |             ^^^^^\n",
        &format!("{document}: nothing is wrong: 2 flags, 1 segment, 0 environments; 2 warnings\n"),
    ] {
        assert!(ran.stdout.contains(part), "{part} in {}", ran.stdout);
    }
    let ran = run(
        &["check", &document, "--at", EARLY, "--deny", "missing-owner"],
        b"",
    );
    let end = format!("{document}: 1 error, 1 warning\n");
    assert!(ran.stdout.ends_with(&end), "{}", ran.stdout);
    let ran = run(
        &["check", &document, "--at", EARLY, "--format", "github"],
        b"",
    );
    let start = format!("::warning file={document},line=2,col=13,");
    assert!(ran.stdout.starts_with(&start), "{}", ran.stdout);
}

#[test]
fn a_name_that_is_no_warning_is_refused() {
    for (arguments, says) in [
        (
            &["check", "--deny", "unused-segments", "-"],
            "did you mean `unused-segment`?",
        ),
        (
            &["check", "--allow", "E0101", "-"],
            "there are rule-never-holds, ",
        ),
    ] {
        let ran = run(arguments, DOCUMENT);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
}
