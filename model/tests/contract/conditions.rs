//! Section 4: conditions.

use super::*;
use flagstone_model::AttributeType;

#[test]
fn a_condition_is_a_mapping_or_a_list_and_never_empty() {
    check(
        condition,
        &[
            ("{ country: US, age: 5 }", &[]),
            ("[{ country: US }, { age: 5 }]", &[]),
            ("[[{ country: US }]]", &[]),
            (
                "{ all: [{ country: US }], any: [{ age: 5 }, { age: 6 }], not: { country: DE } }",
                &[],
            ),
            ("{ not: [{ country: US }] }", &[]),
            ("{ segment: staff }", &[]),
            ("{ segment: [staff, everyone] }", &[]),
            ("{ flag: { other: on, color: [red, green] } }", &[]),
            ("{ flag: { other: true } }", &[]),
            ("{ flag: { other: [true, off] } }", &[]),
            ("{}", &[Emptiness]),
            ("[]", &[Emptiness]),
            ("{ all: [] }", &[Emptiness]),
            ("{ any: [] }", &[Emptiness]),
            ("{ not: {} }", &[Emptiness]),
            ("{ country: {} }", &[Emptiness]),
            ("{ country: [] }", &[Emptiness]),
            ("{ country: { in: [] } }", &[Emptiness]),
            ("{ country: { not_in: [] } }", &[Emptiness]),
            ("{ roles: { contains: [] } }", &[Emptiness]),
            ("{ segment: [] }", &[Emptiness]),
            ("{ flag: {} }", &[Emptiness]),
            ("{ flag: { other: [] } }", &[Emptiness]),
            ("{ now: {} }", &[Emptiness]),
            ("{ sample: {} }", &[Emptiness]),
            ("[{}, { country: US }]", &[Emptiness]),
            ("{ any: { country: US } }", &[WrongType]),
            ("US", &[WrongType]),
            ("true", &[WrongType]),
            ("{ segment: nobody }", &[UnknownSegment]),
            ("{ segment: [staff, nobody] }", &[UnknownSegment]),
            ("{ flag: { nothing: on } }", &[UnknownFlag]),
            ("{ flag: { color: on } }", &[UnknownVariant]),
            ("{ flag: { color: true } }", &[Unquoted]),
            ("{ flag: { example: on } }", &[Circle]),
            ("{ company: x }", &[UnknownAttribute]),
            ("{ everyone: true }", &[UnknownAttribute]),
        ],
    );
}

#[test]
fn searches_look_for_text_that_is_not_empty() {
    check(
        condition,
        &[
            ("{ country: { contains: '' } }", &[Emptiness]),
            ("{ country: { not_contains: [a, ''] } }", &[Emptiness]),
            ("{ country: { starts_with: '' } }", &[Emptiness]),
            ("{ country: { ends_with: '' } }", &[Emptiness]),
            ("{ country: { matches: '' } }", &[Emptiness]),
            ("{ country: '' }", &[]),
            ("{ country: { in: ['', US] } }", &[]),
            ("{ roles: { contains: '' } }", &[]),
        ],
    );
}

/// An operand of each type, as documents write it.
fn operand(ty: AttributeType) -> &'static str {
    match ty {
        AttributeType::String | AttributeType::Strings => "US",
        AttributeType::Integer => "5",
        AttributeType::Number => "1.5",
        AttributeType::Boolean => "true",
        AttributeType::Timestamp => "2026-01-01",
        AttributeType::Semver => "\"2.10\"",
    }
}

#[test]
fn operators_fit_types() {
    const EQUALITY: &[&str] = &["equals", "not_equals"];
    const LISTS: &[&str] = &["in", "not_in"];
    const ORDER: &[&str] = &["gt", "gte", "lt", "lte"];
    const TIME: &[&str] = &["before", "after"];
    const PART: &[&str] = &["contains", "not_contains"];
    const SEARCH: &[&str] = &["starts_with", "ends_with", "matches"];
    for ty in AttributeType::ALL {
        let fitting: &[&[&str]] = match ty {
            AttributeType::String => &[EQUALITY, LISTS, PART, SEARCH],
            AttributeType::Strings => &[PART],
            AttributeType::Integer | AttributeType::Number | AttributeType::Semver => {
                &[EQUALITY, LISTS, ORDER]
            }
            AttributeType::Timestamp => &[EQUALITY, LISTS, ORDER, TIME],
            AttributeType::Boolean => &[EQUALITY],
        };
        for operators in [EQUALITY, LISTS, ORDER, TIME, PART, SEARCH] {
            for operator in operators {
                let operand = operand(ty);
                let is_list = LISTS.contains(operator);
                let operand = if is_list {
                    format!("[{operand}]")
                } else {
                    operand.to_owned()
                };
                let document = format!(
                    "version: 1\ncontext: {{ attributes: {{ a: {} }} }}\nflags:\n  b: {{ rules: [{{ if: {{ a: {{ {operator}: {operand} }} }}, serve: on }}] }}\n",
                    ty.name()
                );
                let loaded = load("flags.yaml", document.as_bytes());
                let codes: Vec<Code> = loaded
                    .diagnostics()
                    .iter()
                    .map(|mistake| mistake.code)
                    .collect();
                let expected: &[Code] = if fitting.contains(&operators) {
                    &[]
                } else {
                    &[OperatorType]
                };
                assert_eq!(codes, expected, "{operator} of {}", ty.name());
            }
        }
    }
}

#[test]
fn every_attribute_may_exist() {
    check(
        condition,
        &[
            (
                "{ country: { exists: true }, age: { exists: false }, score: { exists: true } }",
                &[],
            ),
            (
                "{ verified: { exists: true }, app_version: { exists: true } }",
                &[],
            ),
            (
                "{ signed_up_at: { exists: true }, roles: { exists: false }, plan: { exists: true } }",
                &[],
            ),
            ("{ country: { exists: yes } }", &[BooleanWord]),
            ("{ country: { exists: [true] } }", &[WrongType]),
        ],
    );
}

#[test]
fn operands_are_of_the_attributes_type() {
    check(
        condition,
        &[
            ("{ country: US }", &[]),
            ("{ country: 17 }", &[Unquoted]),
            ("{ country: true }", &[Unquoted]),
            ("{ country: { equals: [US] } }", &[WrongType]),
            ("{ country: { in: US } }", &[WrongType]),
            ("{ age: 5 }", &[]),
            ("{ age: -9223372036854775808 }", &[]),
            ("{ age: [5, 0x10, 0o17, +5] }", &[]),
            ("{ age: 9223372036854775808 }", &[InvalidNumber]),
            ("{ age: 5.0 }", &[WrongType]),
            ("{ age: '5' }", &[WrongType]),
            ("{ age: { gte: [5] } }", &[WrongType]),
            ("{ score: [1, 1.5, -2e3, .5, 1.] }", &[]),
            ("{ score: 99999999999999999999 }", &[]),
            ("{ score: .inf }", &[InvalidNumber]),
            ("{ score: .nan }", &[InvalidNumber]),
            ("{ score: 1e999 }", &[InvalidNumber]),
            ("{ score: '1.5' }", &[WrongType]),
            ("{ verified: true }", &[]),
            ("{ verified: [true, false] }", &[]),
            ("{ verified: yes }", &[BooleanWord]),
            ("{ verified: { equals: [true] } }", &[WrongType]),
            ("{ roles: admin }", &[OperatorType]),
            ("{ roles: [admin] }", &[OperatorType]),
            (
                "{ roles: { contains: [admin, ops], not_contains: guest } }",
                &[],
            ),
            ("{ roles: { contains: 5 } }", &[Unquoted]),
            (
                "{ country: { contains: [a, b], not_contains: c, starts_with: [d], ends_with: e, matches: [f] } }",
                &[],
            ),
        ],
    );
}

#[test]
fn versions_are_lenient_and_stand_in_quotes() {
    check(
        condition,
        &[
            (
                "{ app_version: ['2', v2, '2.10', 2.10.0, 2.10.0.1, v2.10.0-rc.1+build.7, 02.010.0] }",
                &[],
            ),
            ("{ app_version: { gte: 2.1.0--, lt: 2.1.0-a.00.b } }", &[]),
            ("{ app_version: { gte: 2.10 } }", &[Unquoted]),
            ("{ app_version: 2 }", &[Unquoted]),
            ("{ app_version: V2 }", &[InvalidVersion]),
            ("{ app_version: 1.2.3.4.5 }", &[InvalidVersion]),
            ("{ app_version: 1..2 }", &[InvalidVersion]),
            ("{ app_version: 1.2- }", &[InvalidVersion]),
            ("{ app_version: 1.2-a..b }", &[InvalidVersion]),
            (
                "{ app_version: 18446744073709551616.0.0 }",
                &[InvalidVersion],
            ),
            ("{ app_version: '' }", &[InvalidVersion]),
            ("{ app_version: '+5' }", &[InvalidVersion]),
        ],
    );
}

#[test]
fn times_of_attributes_may_be_dates_and_the_time_of_evaluation_may_not() {
    check(
        condition,
        &[
            (
                "{ signed_up_at: { after: 2026-01-01, before: 2026-12-31t18:00:00.123456z } }",
                &[],
            ),
            (
                "{ signed_up_at: [2026-01-01T00:00:00+23:59, 0000-01-01] }",
                &[],
            ),
            ("{ signed_up_at: 2026-01-01T00:00:00 }", &[InvalidTime]),
            ("{ signed_up_at: 2026-01-01 00:00:00Z }", &[InvalidTime]),
            ("{ signed_up_at: 2026-01-01T00:00:60Z }", &[InvalidTime]),
            ("{ signed_up_at: 2026-01-01T24:00:00Z }", &[InvalidTime]),
            ("{ signed_up_at: 2026-02-29 }", &[InvalidTime]),
            ("{ signed_up_at: 2026-1-1 }", &[InvalidTime]),
            (
                "{ now: { gt: 2026-01-01T00:00:00Z, gte: 2026-01-01T00:00:00Z, lt: 2027-01-01T00:00:00Z } }",
                &[],
            ),
            (
                "{ now: { lte: 2027-01-01T00:00:00Z, before: 2027-01-01T00:00:00Z, after: 2026-01-01T00:00:00-05:30 } }",
                &[],
            ),
            ("{ now: { after: 2026-01-01 } }", &[InvalidTime]),
            ("{ now: { after: 2026-01-01T00:00:00 } }", &[InvalidTime]),
            ("{ now: { equals: 2026-01-01T00:00:00Z } }", &[OperatorType]),
            (
                "{ now: { past: 2026-01-01T00:00:00Z } }",
                &[UnknownOperator],
            ),
            ("{ now: 2026-01-01T00:00:00Z }", &[WrongType]),
        ],
    );
}

#[test]
fn regular_expressions_have_the_syntax_of_rusts_regex() {
    check(
        condition,
        &[
            (r"{ country: { matches: '^\p{Lu}{2}$' } }", &[]),
            (r#"{ country: { matches: "(?i)a\\d+" } }"#, &[]),
            ("{ country: { matches: '(' } }", &[InvalidPattern]),
            ("{ country: { matches: '(?=a)' } }", &[InvalidPattern]),
            (r"{ country: { matches: '(a)\1' } }", &[InvalidPattern]),
            ("{ country: { matches: ['a', '['] } }", &[InvalidPattern]),
        ],
    );
}

#[test]
fn samples_are_percentages_or_ranges() {
    check(
        condition,
        &[
            ("{ sample: 5% }", &[]),
            ("{ sample: { to: 5% } }", &[]),
            ("{ sample: { from: 95% } }", &[]),
            (
                "{ sample: { from: 10%, to: 20%, salt: x, by: country } }",
                &[],
            ),
            ("{ sample: { salt: x } }", &[]),
            ("{ sample: 5 }", &[InvalidPercent]),
            ("{ sample: { to: 5 } }", &[InvalidPercent]),
            ("{ sample: { to: 5%, salt: 7 } }", &[Unquoted]),
        ],
    );
}

#[test]
fn a_rule_does_not_roll_out_to_a_sample_of_the_same_units() {
    check(
        flag,
        &[
            (
                "{ rules: [{ if: { sample: 50% }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ rules: [{ if: { any: [{ not: { sample: 50% } }] }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ rules: [{ if: { sample: { to: 50%, salt: example } }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ rules: [{ if: { sample: { to: 50%, by: user_id } }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ salt: x, rules: [{ if: { sample: { to: 50%, salt: x } }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ by: country, rules: [{ if: { sample: 50% }, rollout: 50% }] }",
                &[SampledTwice],
            ),
            (
                "{ by: country, rules: [{ if: { sample: { to: 50%, by: user_id } }, rollout: 50% }] }",
                &[],
            ),
            (
                "{ rules: [{ if: { sample: { to: 50%, salt: y } }, rollout: 50% }] }",
                &[],
            ),
            (
                "{ rules: [{ if: { sample: { to: 50%, by: country } }, rollout: 50% }] }",
                &[],
            ),
            (
                "{ rules: [{ if: { segment: sampled }, rollout: 50% }] }",
                &[],
            ),
            ("{ rules: [{ if: { sample: 50% }, serve: on }] }", &[]),
            (
                "{ rules: [{ if: { sample: 50% }, split: { on: 1, off: 1 } }] }",
                &[],
            ),
        ],
    );
}
