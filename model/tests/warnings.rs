//! Which rules and keys are warned of, and which are left alone. `docs/warnings.md` has an example of each warning.

#![expect(
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone_model::{lint, load};

/// The warnings about the flag `f` with these keys.
fn found(keys: &str) -> Vec<&'static str> {
    let document = format!(
        "version: 1
context:
  targeting_key: user
  attributes:
    {{ plan: string, age: integer, score: number, ok: boolean, app: semver, since: timestamp, roles: strings }}
segments:
  staff: {{ members: [u-1], if: {{ plan: staff }} }}
  adults: {{ if: {{ age: {{ gte: 18 }} }} }}
environments: {{ production: {{}} }}
flags:
  f:
    description: A flag
    owner: growth
    {keys}
"
    );
    let loaded = load("flags.yaml", document.as_bytes());
    assert_eq!(loaded.diagnostics(), [], "{keys}");
    let warnings = lint(&loaded.source, loaded.definition().unwrap(), None);
    let codes = warnings.iter().map(|warning| warning.code.id());
    // What is declared here isn't used by every row.
    codes.filter(|code| !code.starts_with("unused-")).collect()
}

#[test]
fn conditions_that_contradict_themselves_never_hold() {
    for (condition, never_holds) in [
        ("{ age: { gt: 3, lt: 4 } }", true),
        ("{ age: { gt: 3, lt: 5 } }", false),
        ("{ age: { gt: 9223372036854775807 } }", true),
        ("{ score: { gt: 3, lt: 4 } }", false),
        ("{ score: { gt: 3, lte: 3.0 } }", true),
        ("{ score: { gte: 3, lte: 3.0 } }", false),
        ("{ app: { gt: '1.0', lt: '1' } }", true),
        ("{ app: { gt: '1.0-rc', lt: '1' } }", false),
        (
            "{ since: { gt: 2026-01-01T00:00:00Z, lt: 2026-01-01T00:00:00.001Z } }",
            true,
        ),
        ("{ plan: { exists: false, not_equals: a } }", true),
        ("{ plan: { exists: false }, age: 3 }", false),
        ("{ not: { plan: { exists: false } } }", false),
        ("{ plan: { equals: beta, starts_with: al } }", true),
        ("{ plan: { in: [beta, alpha], starts_with: al } }", false),
        ("{ plan: { contains: a, not_contains: [a, b] } }", true),
        ("{ plan: { contains: a, not_contains: ab } }", false),
        ("{ plan: { starts_with: a, not_equals: a } }", false),
        ("{ plan: { equals: ab, matches: '^b' } }", true),
        (
            "{ roles: { contains: [a, b], not_contains: [b, a, c] } }",
            true,
        ),
        ("{ roles: { contains: [a, b], not_contains: [a] } }", false),
        ("{ all: [{ ok: true }, { ok: false }] }", true),
        ("{ any: [{ age: { gt: 5, lt: 3 } }, { age: 3 }] }", false),
        (
            "{ any: [{ age: { gt: 5, lt: 3 } }, { ok: true, not: { ok: true } }] }",
            true,
        ),
        ("{ segment: adults, age: 17 }", true),
        ("{ segment: staff, plan: free }", false),
        ("{ segment: staff, not: { segment: staff } }", true),
        ("{ not: { segment: everyone } }", true),
        ("{ not: { segment: staff }, plan: staff }", true),
        ("{ sample: { from: 10%, to: 10% } }", true),
        (
            "{ all: [{ sample: 10% }, { sample: { from: 10%, to: 20% } }] }",
            true,
        ),
        (
            "{ all: [{ sample: 10% }, { sample: { from: 10%, to: 20%, salt: x } }] }",
            false,
        ),
        ("{ not: { sample: 100% } }", true),
        ("{ not: { sample: 99% } }", false),
        (
            "{ now: { gt: 2026-01-01T00:00:00Z, lt: 2025-01-01T00:00:00Z } }",
            true,
        ),
    ] {
        let found = found(&format!("rules: [{{ if: {condition}, serve: on }}]"));
        let expected: &[&str] = if never_holds {
            &["rule-never-holds"]
        } else {
            &[]
        };
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn rules_that_never_decide_or_take_away_are_found() {
    let (unreachable, shrinks) = ("unreachable-rule", "rollout-shrinks-audience");
    for (keys, expected) in [
        (
            "rules: [{ if: { segment: everyone }, serve: on }, { if: { age: 3 }, serve: off }]",
            &[unreachable] as &[&str],
        ),
        (
            "rules: [{ if: { age: { gte: 18 } }, serve: on }, { if: { age: [20, 21] }, serve: off }]",
            &[unreachable],
        ),
        (
            "rules: [{ if: { age: { gte: 18 } }, serve: on }, { if: { age: [17, 21] }, serve: off }]",
            &[],
        ),
        (
            "rules: [{ if: { segment: staff }, rollout: 5% }, { if: { plan: staff }, serve: off }]",
            &[unreachable],
        ),
        (
            "rules: [{ if: { sample: 20% }, serve: on }, { if: { sample: 10% }, serve: off }]",
            &[unreachable],
        ),
        (
            "rules: [{ if: { sample: 10% }, serve: on }, { if: { sample: 20% }, serve: off }]",
            &[],
        ),
        // Whom 50 % leaves out, 25 % of the same positions would leave out too.
        (
            "rules: [{ if: { ok: true }, rollout: 50% }]\n    rollout: 25%",
            &[],
        ),
        (
            "rules: [{ if: { ok: true }, rollout: 25% }]\n    rollout: 50%",
            &[shrinks],
        ),
        ("rules: [{ if: { ok: true }, rollout: 25% }]", &[]),
        (
            "rules: [{ if: { ok: true }, rollout: 0% }]\n    serve: on",
            &[],
        ),
        (
            "rules: [{ if: { ok: true }, rollout: 25% }]\n    serve: off",
            &[],
        ),
        // Those left out may be caught by a rule that gives them no more.
        (
            "rules: [{ if: { ok: true }, rollout: 25% }, { if: { age: 3 }, serve: off }]\n    serve: on",
            &[],
        ),
        (
            "rules: [{ if: { ok: true }, rollout: 25% }, { if: { ok: false }, serve: off }]\n    serve: on",
            &[shrinks],
        ),
        (
            "rules: [{ if: { ok: true }, rollout: 25% }, { if: { ok: { exists: true } }, serve: on }, { if: { age: 3 }, serve: off }]",
            &[shrinks],
        ),
    ] {
        assert_eq!(found(keys), expected, "{keys}");
    }
}

#[test]
fn keys_that_change_nothing_are_found_where_they_do() {
    let (baseline, enabled) = ("rollout-gives-baseline", "enabled-without-effect");
    for (keys, expected) in [
        ("baseline: on\n    rollout: 5%", &[baseline] as &[&str]),
        (
            "baseline: on\n    rules: [{ if: { ok: true }, rollout: 5% }]",
            &[baseline],
        ),
        (
            "baseline: on\n    rules: [{ if: { ok: true }, serve: off }]",
            &[],
        ),
        (
            "rollout: 5%\n    environments: { production: { baseline: on } }",
            &[baseline],
        ),
        ("enabled: true", &[enabled]),
        ("enabled: true\n    serve: off", &[enabled]),
        ("enabled: true\n    rollout: 0%", &[enabled]),
        ("enabled: true\n    overrides: { on: [u-1] }", &[]),
        (
            "enabled: true\n    environments: { production: { serve: on } }",
            &[],
        ),
        (
            "enabled: false\n    environments: { production: { enabled: true } }",
            &[enabled],
        ),
        (
            "enabled: false\n    serve: on\n    environments: { production: { enabled: true } }",
            &[],
        ),
    ] {
        assert_eq!(found(keys), expected, "{keys}");
    }
}

/// Proofs that would take too long don't come about, and nothing is said.
#[test]
fn a_document_made_to_be_hard_is_left_alone() {
    let any: Vec<String> = (0..40)
        .map(|part| format!("{{ any: [{{ age: {part} }}, {{ plan: p{part} }}] }}"))
        .collect();
    let rule = format!("{{ if: {{ all: [{}] }}, serve: on }}", any.join(", "));
    let rules = vec![rule; 200].join(", ");
    assert_eq!(found(&format!("rules: [{rules}]")), [""; 0]);
}
