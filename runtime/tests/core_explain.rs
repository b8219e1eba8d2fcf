//! Explanations: what each step says, and that what is private stays untold.

#![expect(
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone::{Attributes, ErrorCode, Explanation, Reason, Snapshot, Timestamp};

const AT: &str = "2026-11-20T09:00:00Z";

fn explain(
    document: &str,
    environment: Option<&str>,
    flag: &str,
    context: &Attributes,
) -> Explanation {
    let loaded = flagstone::load("flags.yaml", document.as_bytes());
    let at: Timestamp = AT.parse().unwrap();
    let snapshot = Snapshot::new(loaded.definition().unwrap(), environment, at).unwrap();
    snapshot
        .with_source(&loaded.source)
        .explain(flag, context, at)
}

/// What is said of the flag `f`, which has these keys, where it is asked for u-1.
fn said(keys: &str) -> String {
    let document = format!(
        "version: 1
context: {{ targeting_key: user, attributes: {{ plan: string, age: integer, app: semver, roles: strings }} }}
segments: {{ staff: {{ members: [u-9], if: {{ plan: staff }} }} }}
environments: {{ production: {{ killed: false }}, stopped: {{ killed: true }} }}
flags:
  on: {{ serve: on }}
  f:
    {keys}
"
    );
    let context = Attributes::new()
        .set("user", "u-1")
        .set("plan", "free")
        .set("age", "old")
        .set("app", "2.10");
    explain(&document, Some("production"), "f", &context).to_string()
}

#[test]
fn each_step_says_what_it_found() {
    for (keys, lines) in [
        ("killed: true", &["→ the flag is killed (line 8)"][..]),
        (
            "environments: { production: { killed: true } }",
            &[
                "flags.yaml:7; in production the overlay says: killed",
                "→ the flag is killed in this environment (line 8 of the overlay)",
            ],
        ),
        (
            "overrides: { on: [{ unit: u-1, until: 2026-11-20T09:00:00.001Z, reason: VIP }] }",
            &["→ user \"u-1\" is overridden to on until 2026-11-20T09:00:00.001Z: VIP (line 8)"],
        ),
        (
            "overrides: { on: [{ unit: u-1, until: 2026-11-20T09:00:00Z }, u-2] }",
            &["· the override of user \"u-1\" to on ended at 2026-11-20T09:00:00Z (line 8)"],
        ),
        (
            "overrides: { on: [u-2] }",
            &["· the only override names another than user \"u-1\""],
        ),
        ("enabled: false", &["→ it is switched off (line 8)"]),
        (
            "starts_at: 2026-11-20T09:00:00.001Z",
            &["→ it starts at 2026-11-20T09:00:00.001Z (line 8)"],
        ),
        (
            "ends_at: 2026-11-20T09:00:00Z",
            &["→ it ended at 2026-11-20T09:00:00Z (line 8)"],
        ),
        (
            "prerequisites: { on: off }",
            &[
                "→ the prerequisite on isn't met (line 8)",
                "✗ on answers off; it answers on (line 8)",
                "→ serve: on (line 6)",
            ],
        ),
        (
            "rules: [{ if: { segment: staff }, serve: on }]",
            &[
                "· the rule 0 doesn't hold (line 8)",
                "✗ segment: staff (line 8)",
                "✗ the segment staff; user \"u-1\" is no member (line 3)",
                "✗ plan: staff; plan is \"free\" (line 3)",
                "→ nothing decides, so it is the baseline, off",
            ],
        ),
        (
            "rules: [{ if: { age: { gte: 18 } }, serve: on }]",
            &["✗ age: { gte: 18 }; age is missing: what is given is no integer (line 8)"],
        ),
        (
            "rules: [{ if: { app: { gte: '2.9' }, plan: free }, serve: on }]",
            &[
                "→ the rule 0 holds (line 8)",
                "✓ app: { gte: '2.9' }; app is \"2.10\" (line 8)",
                "✓ plan: free; plan is \"free\" (line 8)",
                "→ serve: on",
            ],
        ),
        (
            "rules: [{ if: { not: { any: [{ plan: free }, { roles: { contains: x } }] } }, serve: on }]",
            &[
                "✗ not",
                "✓ any of",
                "✓ plan: free; plan is \"free\" (line 8)",
            ],
        ),
        (
            "rules: [{ if: { now: { lt: 2026-11-20T09:00:00Z } }, serve: on }]",
            &["✗ now: { lt: 2026-11-20T09:00:00Z }; it is 2026-11-20T09:00:00Z (line 8)"],
        ),
        (
            "rollout: [{ at: 2026-11-01T00:00:00Z, to: 0.5% }, { at: 2027-01-01T00:00:00Z, to: 100% }]",
            &[
                "→ rollout: 0.5% from 2026-11-01T00:00:00Z on, 100% from 2027-01-01T00:00:00Z on, which leaves user \"u-1\" out (line 8)",
                "taken below 0.5%; a rollout of ",
            ],
        ),
        (
            "rollout: 0%",
            &["→ rollout: 0%, which takes nobody (line 8)"],
        ),
    ] {
        let said = said(keys);
        for line in lines {
            assert!(said.contains(line), "{keys}: {line} in\n{said}");
        }
    }
}

#[test]
fn a_flag_is_told_once() {
    let said = said(
        "rules: [{ if: { flag: { on: off } }, serve: on }, { if: { flag: { on: [off] } }, serve: on }]",
    );
    assert_eq!(said.matches("→ serve: on (line 6)").count(), 1, "{said}");
    assert!(said.contains("as told where it is first met"), "{said}");
}

#[test]
fn what_the_snapshot_lacks_is_said() {
    let document = "{ version: 1, flags: { a: {} } }";
    let unknown = explain(document, None, "b", &Attributes::new());
    assert_eq!(unknown.flag.error, Some(ErrorCode::FlagNotFound));
    assert!(
        unknown
            .to_string()
            .contains("→ the snapshot has no such flag")
    );

    let loaded = flagstone::load("flags.yaml", document.as_bytes());
    let at: Timestamp = AT.parse().unwrap();
    let snapshot = Snapshot::new(loaded.definition().unwrap(), None, at).unwrap();
    let without_text = snapshot.explain("a", &Attributes::new(), at);
    assert_eq!(without_text.flag.reason, Reason::Default);
    assert!(without_text.flag.steps.is_empty());
    assert!(
        without_text
            .to_string()
            .contains("the document isn't at hand")
    );
}

/// A text of another document than the snapshot's says nothing of use, and does no harm.
#[test]
fn another_documents_text_does_no_harm() {
    let at: Timestamp = AT.parse().unwrap();
    let rules = "{ version: 1, segments: { s: { members: [u-1] } }, flags: { a: { rules: [{ if: { any: [{ segment: s }, { sample: { to: 5%, salt: x } }] }, rollout: 5% }] } } }";
    for (one, other) in [
        (rules, "{ version: 1, flags: { a: {} } }"),
        ("{ version: 1, flags: { a: {} } }", rules),
        (rules, "{ version: 1, flags: {} }"),
        (rules, "flags: ["),
    ] {
        let loaded = flagstone::load("one.yaml", one.as_bytes());
        let snapshot = Snapshot::new(loaded.definition().unwrap(), None, at).unwrap();
        let wrong = flagstone::load("other.yaml", other.as_bytes());
        let snapshot = snapshot.with_source(&wrong.source);
        let context = Attributes::new().set("targeting_key", "u-1");
        let given = snapshot.evaluate("a", &context, at);
        let explained = snapshot.explain("a", &context, at);
        assert_eq!(explained.flag.variant.as_deref(), given.variant, "{other}");
        assert_eq!(explained.flag.reason, given.reason, "{other}");
    }
}

#[test]
fn what_is_private_stays_untold() {
    let document = "
version: 1
context:
  targeting_key: user
  attributes:
    user: { type: string, private: true }
    mail: { type: string, private: true }
    pin: { type: integer, private: true }
    rank: { type: number, private: true }
    seen: { type: timestamp, private: true }
    app: { type: semver, private: true }
    tags: { type: strings, private: true }
segments: { s: { members: [secret-0] } }
flags:
  overridden: { overrides: { on: [secret-1] } }
  f:
    overrides: { on: [{ unit: secret-1, until: 2020-01-01T00:00:00Z }] }
    prerequisites: { overridden: on }
    rules:
      - { if: { segment: s }, serve: on }
      - { if: { any: [{ mail: secret-3 }, { mail: { starts_with: [secret-4] } }] }, serve: on }
      - { if: { pin: 7770 }, serve: on }
      - { if: { pin: { lt: 7776 } }, serve: on }
      - { if: { rank: [77.25, 77.125] }, serve: on }
      - { if: { seen: { gt: 2077-01-01 } }, serve: on }
      - { if: { app: { gte: '77.1' } }, serve: on }
      - { if: { tags: { contains: [secret-5] } }, serve: on }
      - { if: { sample: { to: 0.000001%, by: mail } }, serve: on }
    rollout: 0.000001%
";
    let context = Attributes::new()
        .set("user", "secret-1")
        .set("mail", "secret-2")
        .set("pin", 7777)
        .set("rank", 77.5)
        .set("seen", "2077-01-01")
        .set("app", "77.0")
        .set("tags", vec!["secret-6".to_owned()]);
    let explanation = explain(document, None, "f", &context);
    assert_eq!(explanation.flag.reason, Reason::LeftOut);
    let texts = [
        explanation.to_string(),
        explanation.to_json().to_string(),
        format!("{explanation:?}"),
    ];
    for text in texts {
        for private in ["secret", "777", "77.", "2077"] {
            assert!(!text.contains(private), "{private} in {text}");
        }
        assert!(text.contains("<private>"), "{text}");
    }
}
