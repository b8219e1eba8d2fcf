//! Section 2: the keys of a flag.

use super::*;
use flagstone_model::{Effective, Expose, Kind, Value, ValueType, VariantIndex};

#[test]
fn a_flag_without_keys_is_a_boolean_that_is_off() {
    let flag = example(&flag("{}"));
    assert_eq!(flag.variants.ty, ValueType::Boolean);
    let variants: Vec<(&str, &Value)> = flag
        .variants
        .list
        .iter()
        .map(|variant| (variant.name.as_str(), &variant.value))
        .collect();
    assert_eq!(
        variants,
        [
            ("off", &Value::Boolean(false)),
            ("on", &Value::Boolean(true))
        ]
    );
    assert_eq!(flag.salt(), "example");
    assert_eq!(
        (flag.about().kind, flag.about().expose),
        (Kind::Release, Expose::Server)
    );
    let effective = Effective::new(&flag, None);
    assert_eq!(effective.baseline, VariantIndex::OFF);
    assert!(!effective.killed && effective.enabled);
    assert!(
        effective.overrides.is_empty()
            && effective.rules.is_empty()
            && effective.prerequisites.is_empty()
    );
    assert!(effective.starts_at.is_none() && effective.ends_at.is_none() && effective.by.is_none());
    assert!(matches!(effective.distribution(), Ok(None)));
}

#[test]
fn people_and_tools_read_some_keys() {
    check(
        flag,
        &[
            (
                "{ description: a, owner: b, tags: [c, d], link: https://example.com/a#b, deprecated: use other }",
                &[],
            ),
            ("{ metadata: { a: text, b: 5, c: 1.5, d: true } }", &[]),
            ("{ metadata: { a: [1] } }", &[WrongType]),
            ("{ metadata: {}, tags: [], allow: [] }", &[]),
            ("{ kind: release }", &[]),
            ("{ kind: experiment }", &[]),
            ("{ kind: operational }", &[]),
            ("{ kind: permission }", &[]),
            ("{ kind: Release }", &[UnknownWord]),
            ("{ expose: server }", &[]),
            ("{ expose: client }", &[]),
            ("{ expose: public }", &[UnknownWord]),
            ("{ remove_by: 2027-03-31 }", &[]),
            ("{ remove_by: 2020-01-01 }", &[]),
            ("{ remove_by: 2027-03-31T00:00:00Z }", &[InvalidDate]),
            ("{ allow: [some_warning] }", &[]),
            ("{ salt: 'any text at all' }", &[]),
            ("{ description: 5 }", &[Unquoted]),
            ("{ tags: a }", &[WrongType]),
        ],
    );
}

#[test]
fn the_type_follows_from_the_values_where_it_is_not_written() {
    for (keys, ty) in [
        (
            "{ variants: { a: x, b: 'true' }, baseline: a }",
            ValueType::String,
        ),
        (
            "{ variants: { a: 1, b: -2 }, baseline: a }",
            ValueType::Integer,
        ),
        (
            "{ variants: { a: 1, b: 2.5 }, baseline: a }",
            ValueType::Number,
        ),
        (
            "{ variants: { a: 2.5, b: 1 }, baseline: a }",
            ValueType::Number,
        ),
        (
            "{ variants: { a: { x: 1 }, b: [1] }, baseline: a }",
            ValueType::Json,
        ),
        (
            "{ type: number, variants: { a: 1 }, baseline: a }",
            ValueType::Number,
        ),
        (
            "{ type: json, variants: { a: 1, b: x, c: true }, baseline: a }",
            ValueType::Json,
        ),
        ("{ type: boolean }", ValueType::Boolean),
    ] {
        assert_eq!(example(&flag(keys)).variants.ty, ty, "{keys}");
    }
    check(
        flag,
        &[
            ("{ variants: { a: 1, b: x }, baseline: a }", &[MixedTypes]),
            (
                "{ variants: { a: x, b: { c: 1 } }, baseline: a }",
                &[MixedTypes],
            ),
            (
                "{ variants: { a: 1, b: true }, baseline: a }",
                &[MixedTypes],
            ),
            ("{ variants: { on: true, off: false } }", &[NotForThisType]),
            ("{ type: boolean, variants: { on: 1 } }", &[NotForThisType]),
            (
                "{ type: integer, variants: { a: 1.0 }, baseline: a }",
                &[WrongType],
            ),
            (
                "{ type: integer, variants: { a: 9223372036854775808 }, baseline: a }",
                &[InvalidNumber],
            ),
            (
                "{ type: number, variants: { a: .inf }, baseline: a }",
                &[InvalidNumber],
            ),
            (
                "{ type: string, variants: { a: 5 }, baseline: a }",
                &[Unquoted],
            ),
            ("{ type: string }", &[MissingKey]),
            ("{ type: text }", &[UnknownWord]),
            ("{ variants: {} }", &[Emptiness]),
            ("{ variants: [a] }", &[WrongType]),
        ],
    );
}

#[test]
fn a_whole_number_fits_a_number() {
    let flag = example(&flag(
        "{ type: number, variants: { a: 1, b: 2.5 }, baseline: a }",
    ));
    assert_eq!(flag.variants.list[0].value, Value::Number(1.0));
}

#[test]
fn only_booleans_have_a_baseline_of_their_own() {
    check(
        flag,
        &[
            ("{ variants: { a: 1 } }", &[MissingKey]),
            ("{ variants: { a: 1 }, baseline: a }", &[]),
            (
                "{ variants: { a: 1 }, environments: { staging: { baseline: a } } }",
                &[MissingKey],
            ),
            ("{ baseline: on }", &[]),
            ("{ baseline: b, variants: { a: 1 } }", &[UnknownVariant]),
        ],
    );
}

#[test]
fn true_and_false_may_stand_for_on_and_off() {
    check(
        flag,
        &[
            ("{ baseline: true, serve: false }", &[]),
            ("{ serve: True }", &[]),
            ("{ overrides: { true: [a], off: [b] } }", &[]),
            ("{ split: { true: 1, false: 1 } }", &[]),
            ("{ split: [{ true: 1 }, { on: 1 }] }", &[]),
            ("{ split: { true: 1, on: 1 } }", &[DuplicateKey]),
            ("{ serve: yes }", &[UnknownVariant]),
            ("{ prerequisites: { other: true } }", &[]),
            ("{ prerequisites: { color: true } }", &[Unquoted]),
            ("{ variants: { 'true': 1, on: 2 }, baseline: 'true' }", &[]),
        ],
    );
}

#[test]
fn a_unit_is_overridden_once() {
    check(
        flag,
        &[
            (
                "{ overrides: { on: [u-17, { unit: u-18, until: 2026-12-31T18:00:00Z, reason: VIP }], off: [u-66] } }",
                &[],
            ),
            (
                "{ overrides: { on: [0, -5, 17, 99999999999999999999] } }",
                &[],
            ),
            ("{ overrides: { on: [u, u] } }", &[DuplicateUnit]),
            (
                "{ overrides: { on: [u], off: [{ unit: u }] } }",
                &[DuplicateUnit],
            ),
            ("{ overrides: { on: [17], off: ['17'] } }", &[DuplicateUnit]),
            ("{ overrides: { on: ['017', 17] } }", &[]),
            ("{ overrides: { on: [017] } }", &[InvalidUnit]),
            ("{ overrides: { on: [-0] } }", &[InvalidUnit]),
            ("{ overrides: { on: [+5] } }", &[InvalidUnit]),
            ("{ overrides: { on: [0x10] } }", &[InvalidUnit]),
            ("{ overrides: { on: [''] } }", &[InvalidUnit]),
            ("{ overrides: { on: [1.5] } }", &[Unquoted]),
            ("{ overrides: { on: [{ reason: VIP }] } }", &[MissingKey]),
            (
                "{ overrides: { on: [{ unit: u, until: 2026-12-31 }] } }",
                &[InvalidTime],
            ),
            ("{ overrides: { on: u } }", &[WrongType]),
            ("{ overrides: [u] }", &[WrongType]),
            ("{ overrides: { maybe: [u] } }", &[UnknownVariant]),
            ("{ overrides: { on: [] } }", &[]),
            (
                "{ overrides: { on: [u] }, environments: { staging: { overrides: { off: [u] } } } }",
                &[],
            ),
        ],
    );
}

#[test]
fn prerequisites_name_other_flags_and_their_variants() {
    check(
        flag,
        &[
            ("{ prerequisites: { other: on, color: [red, blue] } }", &[]),
            ("{ prerequisites: {} }", &[]),
            ("{ prerequisites: { another: on } }", &[UnknownFlag]),
            (
                "{ prerequisites: { color: [red, pink] } }",
                &[UnknownVariant],
            ),
            ("{ prerequisites: { color: [] } }", &[Emptiness]),
            ("{ prerequisites: [other] }", &[WrongType]),
            ("{ prerequisites: { example: on } }", &[Circle]),
            (
                "{ prerequisites: { third: on } }\n  third: { rules: [{ if: { flag: { example: off } }, serve: on }] }",
                &[Circle],
            ),
            (
                "{ environments: { staging: { prerequisites: { third: on } } } }\n  third: { prerequisites: { example: on } }",
                &[Circle],
            ),
        ],
    );
}

#[test]
fn rules_have_a_condition_and_something_to_give() {
    check(
        flag,
        &[
            ("{ rules: [] }", &[]),
            (
                "{ rules: [{ name: a, if: { segment: staff }, serve: on }, { name: b, if: { segment: staff }, serve: on }] }",
                &[],
            ),
            ("{ rules: [{ if: { segment: staff }, rollout: 5% }] }", &[]),
            (
                "{ rules: [{ if: { segment: staff }, split: { on: 1, off: 1 } }] }",
                &[],
            ),
            (
                "{ rules: [{ if: { segment: staff }, rollout: 5%, split: { on: 1, off: 1 } }] }",
                &[],
            ),
            ("{ rules: [{ serve: on }] }", &[MissingKey]),
            ("{ rules: [{ if: { segment: staff } }] }", &[NothingToGive]),
            (
                "{ rules: [{ if: { segment: staff }, serve: on, rollout: 5% }] }",
                &[ServeAndRollout],
            ),
            (
                "{ rules: [{ if: { segment: staff }, serve: on, split: { on: 1 } }] }",
                &[ServeAndRollout],
            ),
            (
                "{ rules: [{ name: a, if: { segment: staff }, serve: on }, { name: a, if: { segment: staff }, serve: on }] }",
                &[DuplicateRuleName],
            ),
            (
                "{ rules: { if: { segment: staff }, serve: on } }",
                &[WrongType],
            ),
            ("{ rules: [on] }", &[WrongType]),
        ],
    );
}

#[test]
fn a_type_for_rust_is_for_json_alone() {
    let json = "{ type: json, variants: { a: {} }, baseline: a";
    for (ty, code) in [
        ("crate::Limits", None),
        ("::limits::Limits", None),
        ("Vec<crate::Limits>", None),
        ("'std::collections::BTreeMap<String, Vec<u8>>'", None),
        ("'&str'", Some(InvalidRustName)),
        ("Vec<u8", Some(InvalidRustName)),
        ("'crate::'", Some(InvalidRustName)),
        ("''", Some(InvalidRustName)),
        ("a b", Some(InvalidRustName)),
    ] {
        let document = flag(&format!("{json}, rust_type: {ty} }}"));
        let found = load("flags.yaml", document.as_bytes())
            .diagnostics()
            .first()
            .map(|mistake| mistake.code);
        assert_eq!(found, code, "{ty}");
    }
    check(flag, &[("{ rust_type: crate::Limits }", &[NotForThisType])]);
}
