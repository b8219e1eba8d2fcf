use super::*;
use crate::load;

/// The state of the flag `example` with these keys, in production.
fn of(keys: &str, production: &str) -> State {
    let document = format!(
        "version: 1
context: {{ attributes: {{ plan: string, company: string }} }}
segments: {{ staff: {{ members: [u-1] }} }}
environments: {{ production: {production} }}
flags:
  other: {{}}
  example: {keys}
"
    );
    let loaded = load("flags.yaml", document.as_bytes());
    let definition = loaded
        .definition()
        .unwrap_or_else(|| panic!("{keys}: {:?}", loaded.diagnostics()));
    let at = "2026-06-01T12:00:00Z".parse().unwrap();
    let environment = definition.environment("production");
    state(definition, &definition.flags[1], environment, at)
}

const STAFF: &str = "rules: [{ if: { segment: staff }, serve: on }]";

#[test]
fn a_line_sums_a_flag_up() {
    for (keys, summary) in [
        ("{}", "nobody"),
        ("{ serve: on }", "everyone"),
        ("{ serve: off, baseline: on }", "nobody"),
        ("{ rollout: 0% }", "nobody"),
        ("{ rollout: 100% }", "everyone"),
        ("{ rollout: 2.5% }", "2.5 % of users"),
        ("{ rollout: 25%, by: company }", "25 % of users by company"),
        (
            &format!("{{ {STAFF}, rollout: 25% }}"),
            "25 % of users; staff always",
        ),
        (&format!("{{ {STAFF} }}"), "staff always; nobody else"),
        (
            "{ rules: [{ name: rich, if: { plan: a }, rollout: 50% }], serve: on }",
            "50 % of rich; everyone else",
        ),
        (
            "{ rules: [{ if: { plan: a }, serve: off }], serve: on }",
            "plan is a never; everyone else",
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a, serve: b }",
            "everyone b",
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a, split: { a: 1, b: 3 }, rollout: 40% }",
            "40 % of users: a 1 : b 3; the rest a",
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a, split: { a: 1, b: 3 } }",
            "a 1 : b 3",
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a, rules: [{ if: { segment: staff }, serve: b }] }",
            "everyone a; staff: b",
        ),
        ("{ killed: true, overrides: { on: [u-1] } }", "killed"),
        (
            "{ enabled: false, overrides: { on: [u-1] } }",
            "switched off; 1 override",
        ),
        (
            "{ serve: on, starts_at: 2026-06-04T12:00:00Z }",
            "starts in 3 days: everyone",
        ),
        (
            "{ serve: on, ends_at: 2026-06-01T10:00:00Z }",
            "ended 2 hours ago",
        ),
        (
            "{ serve: on, ends_at: 2026-06-02T12:00:00Z, prerequisites: { other: on } }",
            "everyone; where other answers on; ends in 1 day",
        ),
        (
            "{ overrides: { on: [u-1, { unit: u-2, until: 2026-01-01T00:00:00Z }], off: [u-3] } }",
            "nobody; 2 overrides",
        ),
        (
            "{ rollout: { from: 0%, to: 100%, start: 2026-06-01T00:00:00Z, end: 2026-06-02T00:00:00Z } }",
            "50 % of users (0 % to 100 % between 2026-06-01T00:00:00Z and 2026-06-02T00:00:00Z)",
        ),
        (
            "{ rollout: [{ at: 2026-07-01T00:00:00Z, to: 10% }] }",
            "nobody (10 % from 2026-07-01T00:00:00Z)",
        ),
        (
            "{ rollout: 5%, environments: { production: { serve: on } } }",
            "everyone",
        ),
    ] {
        assert_eq!(of(keys, "{}").summary, summary, "{keys}");
    }
}

#[test]
fn a_killed_environment_kills_whatever_the_flag_says() {
    let state = of("{ serve: on }", "{ killed: true }");
    assert_eq!(state.standing, Standing::EnvironmentKilled);
    assert_eq!(state.summary, "killed with its environment");
}

#[test]
fn each_part_has_its_words_and_its_age() {
    let keys = "{
    overrides: { on: [{ unit: u-2, until: 2026-05-30T12:00:00Z, reason: VIP }] },
    prerequisites: { other: [on, off] },
    rules: [{ name: beta, if: { plan: a }, rollout: 50% }],
    rollout: [{ at: 2026-05-01T12:00:00Z, to: 10% }, { at: 2026-06-02T12:00:00Z, to: 20% }] }";
    let parts = of(keys, "{}").parts.into_iter();
    let parts: Vec<_> = parts
        .map(|part| (part.aspect.name(), part.words, part.age.unwrap_or_default()))
        .collect();
    let expected = [
        (
            "override",
            "u-2 gets on, until 2026-05-30T12:00:00Z (VIP)",
            "2 days ago",
        ),
        ("prerequisite", "only where other answers on or off", ""),
        ("rule", "beta: plan is a → 50 % of them", ""),
        (
            "distribution",
            "10 % of users (10 % from 2026-05-01T12:00:00Z, 20 % from 2026-06-02T12:00:00Z)",
            "",
        ),
        ("step", "10 % at 2026-05-01T12:00:00Z", "31 days ago"),
        ("step", "20 % at 2026-06-02T12:00:00Z", "in 1 day"),
    ];
    let expected = expected.map(|(aspect, words, age)| (aspect, words.to_owned(), age.to_owned()));
    assert_eq!(parts, expected);
}
