//! Section 2: the form of a document.

use super::*;

#[test]
fn the_core_schema_reads_scalars() {
    check(
        flag,
        &[
            // `on`, `off`, `yes`, `no` and their like are text.
            ("{ owner: on }", &[]),
            ("{ owner: off }", &[]),
            ("{ owner: yes }", &[]),
            ("{ owner: No }", &[]),
            ("{ owner: y }", &[]),
            ("{ owner: 1_000 }", &[]),
            ("{ owner: 12:30 }", &[]),
            ("{ owner: 2026-01-01 }", &[]),
            ("{ owner: 0b11 }", &[]),
            // `true` and `false` in three spellings, numbers and null aren't.
            ("{ owner: true }", &[Unquoted]),
            ("{ owner: True }", &[Unquoted]),
            ("{ owner: FALSE }", &[Unquoted]),
            ("{ owner: tRue }", &[]),
            ("{ owner: 5 }", &[Unquoted]),
            ("{ owner: -5.0e3 }", &[Unquoted]),
            ("{ owner: 0x1F }", &[Unquoted]),
            ("{ owner: 0o17 }", &[Unquoted]),
            ("{ owner: .inf }", &[Unquoted]),
            ("{ owner: .NaN }", &[Unquoted]),
            ("{ owner: '5' }", &[]),
            ("{ owner: \"true\" }", &[]),
        ],
    );
}

#[test]
fn truth_values_are_true_and_false_alone() {
    check(
        flag,
        &[
            ("{ killed: true, enabled: False }", &[]),
            ("{ killed: yes }", &[BooleanWord]),
            ("{ killed: on }", &[BooleanWord]),
            ("{ killed: 'true' }", &[BooleanWord]),
            ("{ killed: 1 }", &[WrongType]),
            ("{ killed: maybe }", &[WrongType]),
            ("{ killed: [] }", &[WrongType]),
        ],
    );
}

#[test]
fn null_is_refused_outside_the_values_of_json() {
    check(
        whole,
        &[
            ("version:\nflags: {}\n", &[Null]),
            ("version: 1\nflags:\n", &[Null]),
            ("version: 1\nflags: ~\n", &[Null]),
            ("version: 1\nflags: { a: }\n", &[Null]),
            ("version: 1\nflags: {}\nsegments: null\n", &[Null]),
            ("version: 1\nflags: {}\nx-notes: ~\n", &[]),
        ],
    );
    check(
        flag,
        &[
            ("{ owner: }", &[Null]),
            ("{ killed: Null }", &[Null]),
            ("{ tags: [a, ~] }", &[Null]),
            ("{ metadata: { a: ~ } }", &[Null]),
            ("{ rollout: null }", &[Null]),
            ("{ overrides: { on: [~] } }", &[Null]),
            ("{ rules: [~] }", &[Null]),
            ("{ environments: { staging: } }", &[Null]),
            ("{ variants: { a: ~ }, baseline: a }", &[Null]),
            ("{ variants: { a: {}, b: ~ }, baseline: a }", &[Null]),
            ("{ type: json, variants: { a: ~ }, baseline: a }", &[]),
            ("{ variants: { a: { b: ~, c: [null] } }, baseline: a }", &[]),
        ],
    );
    check(
        condition,
        &[
            ("{ country: }", &[Null]),
            ("{ country: { equals: ~ } }", &[Null]),
            ("{ country: [US, ~] }", &[Null]),
            ("~", &[Null]),
        ],
    );
}

#[test]
fn anchors_aliases_tags_and_merge_keys_are_refused() {
    for (document, code) in [
        ("version: 1\nflags: { a: &x {} }\n", Anchor),
        ("version: 1\nflags: { a: { owner: &x b } }\n", Anchor),
        ("version: 1\nflags: { &x a: {} }\n", Anchor),
        ("version: 1\nflags: { a: *x }\n", Anchor),
        (
            "version: 1\nflags: { a: { <<: { rollout: 5% } } }\n",
            Anchor,
        ),
        ("version: 1\nflags: { a: !!map {} }\n", Tag),
        ("version: 1\nflags: { a: ! {} }\n", Tag),
        ("version: 1\nflags: { a: { owner: !x b } }\n", Tag),
    ] {
        let loaded = load("flags.yaml", document.as_bytes());
        let mistakes = loaded.diagnostics();
        assert!(
            mistakes.iter().any(|mistake| mistake.code == code),
            "{document}{mistakes:?}"
        );
        assert!(loaded.definition().is_none(), "{document}");
    }
}

#[test]
fn unknown_and_duplicate_keys_are_errors_wherever_a_mapping_is() {
    check(
        whole,
        &[
            ("version: 1\nflags: {}\nflagz: {}\n", &[UnknownKey]),
            (
                "version: 1\nflags: {}\n$schema: https://example.com/flags.json\nx-a: { b: [~] }\n",
                &[],
            ),
            ("version: 1\nflags: {}\nX-a: 1\n", &[UnknownKey]),
            ("version: 1\nversion: 1\nflags: {}\n", &[DuplicateKey]),
            ("version: 1\nflags: { a: {}, a: {} }\n", &[DuplicateKey]),
            (
                "version: 1\nflags: {}\ncontext: { keys: {} }\n",
                &[UnknownKey],
            ),
            (
                "version: 1\nflags: {}\ncontext: { attributes: { a: { type: string, of: b } } }\n",
                &[UnknownKey],
            ),
            (
                "version: 1\nflags: {}\nsegments: { a: { members: [b], note: c } }\n",
                &[UnknownKey],
            ),
            (
                "version: 1\nflags: {}\nenvironments: { a: { on: true } }\n",
                &[UnknownKey],
            ),
            (
                "version: 1\nflags: {}\nretired: { a: { date: 2026-01-01, why: b } }\n",
                &[UnknownKey],
            ),
        ],
    );
    check(
        flag,
        &[
            ("{ default: off }", &[UnknownKey]),
            ("{ owner: a, owner: a }", &[DuplicateKey]),
            ("{ owner: a, 'owner': b }", &[DuplicateKey]),
            ("{ metadata: { a: 1, a: 2 } }", &[DuplicateKey]),
            (
                "{ overrides: { on: [{ unit: u, till: x }] } }",
                &[UnknownKey],
            ),
            ("{ overrides: { on: [a], on: [b] } }", &[DuplicateKey]),
            (
                "{ rollout: { from: 0%, to: 5%, start: 2026-01-01T00:00:00Z, end: 2026-01-02T00:00:00Z, by: x } }",
                &[UnknownKey],
            ),
            (
                "{ rollout: [{ at: 2026-01-01T00:00:00Z, to: 5%, from: 1% }] }",
                &[UnknownKey],
            ),
            ("{ split: { on: 1, on: 2 } }", &[DuplicateKey]),
            (
                "{ rules: [{ if: { segment: staff }, serve: on, description: x }] }",
                &[UnknownKey],
            ),
            (
                "{ environments: { staging: { tags: [a] } } }",
                &[UnknownKey],
            ),
            (
                "{ environments: { staging: {}, staging: {} } }",
                &[DuplicateKey],
            ),
            (
                "{ environments: { staging: { environments: {} } } }",
                &[UnknownKey],
            ),
            (
                "{ variants: { a: { b: 1, b: 2 } }, baseline: a }",
                &[DuplicateKey],
            ),
        ],
    );
    check(
        condition,
        &[
            ("{ country: US, country: DE }", &[DuplicateKey]),
            ("{ country: { equals: US, equals: DE } }", &[DuplicateKey]),
            ("{ sample: { upto: 5% } }", &[UnknownKey]),
        ],
    );
}

#[test]
fn keys_are_text() {
    check(
        whole,
        &[
            ("version: 1\nflags: { 42: {} }\n", &[Unquoted]),
            ("version: 1\nflags: { 1.5: {} }\n", &[Unquoted]),
            ("version: 1\nflags: { ~: {} }\n", &[Null]),
            ("version: 1\nflags: { [a]: {} }\n", &[WrongType]),
            ("version: 1\nflags: { '1.5': {} }\n", &[]),
        ],
    );
}

#[test]
fn a_document_is_one_mapping_of_version_1() {
    check(
        whole,
        &[
            ("version: 1\nflags: {}\n", &[]),
            ("---\nversion: 1\nflags: {}\n...\n", &[]),
            ("flags: {}\nversion: 1\n", &[]),
            ("{ version: 1, flags: {} }", &[]),
            ("", &[EmptyDocument]),
            ("# version: 1\n", &[EmptyDocument]),
            ("null\n", &[EmptyDocument]),
            ("- a\n", &[WrongType]),
            ("a\n", &[WrongType]),
            ("version: 1\n---\nflags: {}\n", &[SeveralDocuments]),
            ("flags: {}\n", &[MissingKey]),
            ("version: 1\n", &[MissingKey]),
            ("version: '1'\nflags: {}\n", &[UnsupportedVersion]),
            ("version: 1.0\nflags: {}\n", &[UnsupportedVersion]),
            ("version: 2\nflags: {}\n", &[UnsupportedVersion]),
            // Of another version nothing is understood, and so nothing else is reported.
            ("version: 2\nflagz: [~]\n", &[UnsupportedVersion]),
        ],
    );
}
