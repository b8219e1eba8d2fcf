//! `flagstone evaluate` with one question.

use crate::command::{command, file, finish, run};

const DOCUMENT: &[u8] = b"version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: integer
    plan: string
    secret: { type: integer, private: true }
    score: number
    verified: boolean
    since: timestamp
    version: semver
    roles: strings
environments: { production: {}, staging: {} }
flags:
  zebra: { rollout: 100%, environments: { production: { killed: true } } }
  plan: { rules: [{ name: paying, if: { plan: [premium, \"5\"] }, serve: on }] }
  secret: { rules: [{ if: { secret: 7 }, serve: on }] }
  score: { rules: [{ if: { score: { gte: 1 } }, serve: on }] }
  verified: { rules: [{ if: { verified: true }, serve: on }] }
  since: { rules: [{ if: { since: { before: \"2026-01-01T00:00:00Z\" } }, serve: on }] }
  version: { rules: [{ if: { version: { gte: \"2.10\" } }, serve: on }] }
  roles: { rules: [{ if: { roles: { contains: \"a,b\" } }, serve: on }, { if: { roles: { contains: admin } }, serve: off }] }
  half: { rollout: 50% }
  later: { serve: on, starts_at: \"2027-01-01T00:00:00Z\" }
  text:
    variants: { one: \"a \\\"quoted\\\"\\nline\", two: \"\" }
    baseline: one
    overrides: { two: [u-17, 5] }
  limits:
    type: json
    variants: { small: { max: [1, 2.5, null] } }
    baseline: small
";

fn document(name: &str) -> String {
    file(name, DOCUMENT)
}

#[test]
fn a_question_is_answered_with_a_line() {
    let document = document("question.yaml");
    for (arguments, answer) in [
        (
            &["zebra"] as &[&str],
            r#"{"flag":"zebra","variant":"on","value":true,"reason":"static"}"#,
        ),
        (
            &["zebra", "--environment", "production"],
            r#"{"flag":"zebra","variant":"off","value":false,"reason":"killed"}"#,
        ),
        (
            &["half"],
            r#"{"flag":"half","variant":"off","value":false,"reason":"left_out","error":"unit_missing"}"#,
        ),
        (
            &["later", "--at", "2026-12-31T23:59:59.999Z"],
            r#"{"flag":"later","variant":"off","value":false,"reason":"not_started"}"#,
        ),
        (
            &["later", "--at", "2027-01-01T01:00:00+01:00"],
            r#"{"flag":"later","variant":"on","value":true,"reason":"static"}"#,
        ),
        (
            &["text", "--context", r#"{"user_id": 5}"#],
            r#"{"flag":"text","variant":"two","value":"","reason":"override"}"#,
        ),
        (
            &["text"],
            r#"{"flag":"text","variant":"one","value":"a \"quoted\"\nline","reason":"default"}"#,
        ),
        (
            &["limits"],
            r#"{"flag":"limits","variant":"small","value":{"max":[1,2.5,null]},"reason":"default"}"#,
        ),
    ] {
        let arguments = [&["evaluate", "--flags", &document], arguments].concat();
        let ran = run(&arguments, b"");
        assert_eq!(ran.stdout, format!("{answer}\n"), "{arguments:?}");
        assert_eq!((ran.code, &*ran.stderr), (Some(0), ""), "{arguments:?}");
    }
}

/// Asks one flag, and gives its reason and what was said on standard error.
fn reason(document: &str, arguments: &[&str]) -> (String, String) {
    let arguments = [&["evaluate", "--flags", document], arguments].concat();
    let ran = run(&arguments, b"");
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    (answer["reason"].as_str().unwrap().to_owned(), ran.stderr)
}

#[test]
fn an_attribute_is_read_as_its_type() {
    let document = document("attributes.yaml");
    for (flag, attributes, expected, warning) in [
        ("plan", &["plan=premium"] as &[&str], "rule", ""),
        ("plan", &["plan=5"], "rule", ""),
        ("plan", &["plan=a=b"], "default", ""),
        ("plan", &["plan=free", "plan=premium"], "rule", ""),
        ("plan", &["plan=premium", "plan=free"], "default", ""),
        ("secret", &["secret=7"], "rule", ""),
        (
            "secret",
            &["secret=7.0"],
            "default",
            "`secret` is no integer",
        ),
        ("score", &["score=1"], "rule", ""),
        ("score", &["score=1e3"], "rule", ""),
        ("score", &["score=inf"], "default", "`score` is no number"),
        ("verified", &["verified=true"], "rule", ""),
        (
            "verified",
            &["verified=1"],
            "default",
            "`verified` is no boolean",
        ),
        ("since", &["since=2025-12-31"], "rule", ""),
        ("since", &["since=2025-12-31T12:00:00Z"], "rule", ""),
        (
            "since",
            &["since=2025"],
            "default",
            "`since` is no timestamp",
        ),
        ("version", &["version=v2.10"], "rule", ""),
        ("version", &["version=2.9"], "default", ""),
        (
            "version",
            &["version=two"],
            "default",
            "`version` is no semver",
        ),
        ("roles", &["roles=user,admin"], "rule", ""),
        ("roles", &["roles=[\"a,b\"]"], "rule", ""),
        ("roles", &["roles=[\"a\\u002cb\"]"], "rule", ""),
        ("roles", &["roles="], "default", ""),
        ("half", &["user_id=0"], "left_out", ""),
        ("text", &["user_id=5"], "override", ""),
        (
            "text",
            &["user_id=u-17"],
            "override",
            "`user_id` is no integer",
        ),
        (
            "plan",
            &["plam=premium", "plam=premium"],
            "default",
            "\"plam\" isn't declared",
        ),
    ] {
        let mut arguments = vec![flag];
        for attribute in attributes {
            arguments.extend(["--attribute", *attribute]);
        }
        let (given, stderr) = reason(&document, &arguments);
        assert_eq!(given, expected, "{attributes:?}");
        assert_eq!(
            stderr.lines().count(),
            usize::from(!warning.is_empty()),
            "{stderr}"
        );
        assert!(stderr.contains(warning), "{attributes:?}: {stderr}");
        assert!(!stderr.contains("7.0"), "a private value is never told");
    }
}

#[test]
fn a_context_is_json() {
    let document = document("context.yaml");
    for (flag, context, expected, missing) in [
        ("plan", r#"{"plan": "premium"}"#, "rule", ""),
        ("plan", r#"{"pl\u0061n": "pre\u006dium"}"#, "rule", ""),
        ("plan", r#"{"plan": "free", "plan": "premium"}"#, "rule", ""),
        (
            "plan",
            r#"{"plan": "premium", "plan": null}"#,
            "default",
            "",
        ),
        ("plan", r#"{"plan": 5}"#, "default", "`plan` is no string"),
        (
            "plan",
            r#"{"plan": {"premium": ["premium"]}}"#,
            "default",
            "`plan` is no string",
        ),
        ("secret", r#"{"secret": 7}"#, "rule", ""),
        (
            "secret",
            r#"{"secret": 7.0}"#,
            "default",
            "`secret` is no integer",
        ),
        (
            "secret",
            r#"{"secret": 7e0}"#,
            "default",
            "`secret` is no integer",
        ),
        ("score", r#"{"score": 1}"#, "rule", ""),
        ("score", r#"{"score": 9223372036854775808}"#, "rule", ""),
        (
            "score",
            r#"{"score": 1e400}"#,
            "default",
            "`score` is no number",
        ),
        ("verified", r#"{"verified": true}"#, "rule", ""),
        (
            "verified",
            r#"{"verified": "true"}"#,
            "default",
            "`verified` is no boolean",
        ),
        ("roles", r#"{"roles": ["x", "admin"]}"#, "rule", ""),
        ("roles", r#"{"roles": ["x", "\u0061dmin"]}"#, "rule", ""),
        (
            "roles",
            r#"{"roles": ["admin", 1]}"#,
            "default",
            "`roles` is no list of texts",
        ),
        (
            "roles",
            r#"{"roles": "admin"}"#,
            "default",
            "`roles` is no list of texts",
        ),
        ("roles", r#"{"roles": []}"#, "default", ""),
        ("text", r#"{"user_id": 5}"#, "override", ""),
        (
            "text",
            r#"{"user_id": "5"}"#,
            "override",
            "`user_id` is no integer",
        ),
        (
            "text",
            r#"{"user_id": 5.0}"#,
            "default",
            "`user_id` is no integer",
        ),
        (
            "half",
            r#"{"user_id": 9223372036854775808}"#,
            "left_out",
            "`user_id` is no integer",
        ),
        ("text", " {}\r\n", "default", ""),
    ] {
        let (given, stderr) = reason(&document, &[flag, "--context", context]);
        assert_eq!(given, expected, "{context}");
        let warning = match missing {
            "" => String::new(),
            missing => format!("warning: the value of {missing}, so the attribute is missing\n"),
        };
        assert_eq!(stderr, warning, "{context}");
    }
}

#[test]
fn what_is_probably_a_mistake_is_told() {
    let document = file(
        "judged.yaml",
        b"version: 1
context:
  attributes:
    plan: { type: string, values: [free, premium] }
    secret: { type: string, values: [free, premium], private: true }
    roles: strings
flags: { a: {} }
",
    );
    for (attribute, warning) in [
        ("plan=premium", ""),
        (
            "plan=premum",
            "the value of `plan` isn't in the attribute's closed list; did you mean `premium`?",
        ),
        (
            "secret=premum",
            "the value of `secret` isn't in the attribute's closed list",
        ),
        (
            "roles=[\"a\"",
            "the value of `roles` is no list of texts, so the attribute is missing",
        ),
        ("roles=a, ops", ""),
    ] {
        let arguments = ["evaluate", "a", "--flags", &document, "-a", attribute];
        let ran = run(&arguments, b"");
        let expected = match warning {
            "" => String::new(),
            warning => format!("warning: {warning}\n"),
        };
        assert_eq!(ran.stderr, expected, "{attribute}");
    }
}

#[test]
fn without_a_flag_all_answer_in_the_documents_order() {
    let document = document("all.yaml");
    let ran = run(&["evaluate", "--flags", &document, "--context", "{}"], b"");
    let keys: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| {
            let answer: serde_json::Value = serde_json::from_str(line).unwrap();
            answer["flag"].as_str().unwrap().to_owned()
        })
        .collect();
    let expected = [
        "zebra", "plan", "secret", "score", "verified", "since", "version", "roles", "half",
        "later", "text", "limits",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn what_goes_wrong_is_told_with_its_exit_code() {
    let document = document("wrong.yaml");
    let mistaken = file(
        "mistaken.yaml",
        b"version: 1\nflags: { a: { rolout: 5% } }\n",
    );
    for (arguments, code, stdout, stderr) in [
        (
            &["zebras", "--flags", &document] as &[&str],
            1,
            "{\"flag\":\"zebras\",\"variant\":null,\"value\":null,\"reason\":\"error\",\"error\":\"flag_not_found\"}\n",
            "did you mean `zebra`?",
        ),
        (
            &["a", "--flags", &mistaken],
            1,
            "",
            "did you mean `rollout`?",
        ),
        (
            &["a", "--flags", "gone.yaml"],
            1,
            "",
            "can't read gone.yaml",
        ),
        (
            &["--flags", &document, "--requests", "gone.ndjson"],
            1,
            "",
            "can't read gone.ndjson",
        ),
        (
            &["--flags", &document, "--environment", "prodution"],
            2,
            "",
            "did you mean `production`?",
        ),
        (
            &["--flags", &document, "--environment", "x"],
            2,
            "",
            "it declares `production`, `staging`",
        ),
        (
            &["--flags", &document, "--context", "{\"plan\": }"],
            2,
            "",
            "column 10: a value belongs here",
        ),
        (
            &["--flags", &document, "--context", "[]"],
            2,
            "",
            "column 1: an object in braces",
        ),
        (
            &["--flags", &document, "--context", "{} x"],
            2,
            "",
            "nothing more belongs",
        ),
        (
            &["--flags", &document, "--attribute", "plan"],
            2,
            "",
            "`name=value`",
        ),
        (
            &["--flags", &document, "--at", "2026-12-31"],
            2,
            "",
            "2026-12-31T18:00:00Z",
        ),
        (
            &["--flags", &document, "--context", "{}", "-a", "plan=x"],
            2,
            "",
            "cannot be used with",
        ),
        (
            &["zebra", "--flags", &document, "--requests", "-"],
            2,
            "",
            "cannot be used with",
        ),
        (
            &["--flags", "-", "--requests", "-"],
            2,
            "",
            "can't both come from standard input",
        ),
    ] {
        let arguments = [&["evaluate"], arguments].concat();
        let ran = run(&arguments, b"");
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, stdout, "{arguments:?}");
        assert!(ran.stderr.contains(stderr), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn the_document_may_come_from_standard_input() {
    let mut command = command();
    command.args(["evaluate", "--flags", "-", "zebra"]);
    let ran = finish(command, DOCUMENT);
    assert!(
        ran.stdout
            .starts_with("{\"flag\":\"zebra\",\"variant\":\"on\""),
        "{}",
        ran.stderr
    );
}
