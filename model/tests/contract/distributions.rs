//! Section 5: `serve`, `rollout` and `split`.

use super::*;
use flagstone_model::{Effective, Split};

#[test]
fn percentages_have_their_sign_and_at_most_six_decimals() {
    check(
        flag,
        &[
            ("{ rollout: 0% }", &[]),
            ("{ rollout: 100% }", &[]),
            ("{ rollout: '12.5%' }", &[]),
            ("{ rollout: 0.000001% }", &[]),
            ("{ rollout: 007.50% }", &[]),
            ("{ rollout: 25 }", &[InvalidPercent]),
            ("{ rollout: 0.25 }", &[InvalidPercent]),
            ("{ rollout: 25 % }", &[InvalidPercent]),
            ("{ rollout: 0.0000001% }", &[InvalidPercent]),
            ("{ rollout: 100.000001% }", &[InvalidPercent]),
            ("{ rollout: -5% }", &[InvalidPercent]),
            ("{ rollout: +5% }", &[InvalidPercent]),
            ("{ rollout: .5% }", &[InvalidPercent]),
            ("{ rollout: 5.% }", &[InvalidPercent]),
            ("{ rollout: half }", &[InvalidPercent]),
            ("{ rollout: true }", &[WrongType]),
        ],
    );
}

#[test]
fn serve_stands_alone() {
    check(
        flag,
        &[
            ("{ serve: on }", &[]),
            ("{ serve: on, rollout: 5% }", &[ServeAndRollout]),
            (
                "{ environments: { staging: { serve: on, rollout: 5% } } }",
                &[ServeAndRollout],
            ),
            ("{ serve: maybe }", &[UnknownVariant]),
            ("{ serve: [on] }", &[WrongType]),
        ],
    );
}

#[test]
fn a_split_beside_serve_is_for_rules_to_borrow() {
    check(
        multivariate,
        &[
            ("{ serve: a, split: { a: 1, b: 1 } }", &[UnborrowedSplit]),
            (
                "{ serve: a, split: { a: 1, b: 1 }, rules: [{ if: { segment: staff }, rollout: 50% }] }",
                &[],
            ),
            (
                "{ serve: a, split: { a: 1, b: 1 }, rules: [{ if: { segment: staff }, serve: b }] }",
                &[UnborrowedSplit],
            ),
            (
                "{ serve: a, split: { a: 1, b: 1 }, rules: [{ if: { segment: staff }, split: { a: 1 } }] }",
                &[UnborrowedSplit],
            ),
            (
                "{ serve: a, split: { a: 1, b: 1 }, environments: { staging: { rollout: 5% } } }",
                &[],
            ),
            (
                "{ split: { a: 1, b: 1 }, environments: { staging: { serve: a } } }",
                &[],
            ),
            (
                "{ environments: { staging: { serve: a, split: { a: 1, b: 1 } } } }",
                &[UnborrowedSplit],
            ),
        ],
    );
}

#[test]
fn the_taken_get_a_split_or_on() {
    check(
        flag,
        &[
            ("{ rollout: 5% }", &[]),
            ("{ rules: [{ if: { segment: staff }, rollout: 5% }] }", &[]),
        ],
    );
    check(
        multivariate,
        &[
            ("{ split: { a: 1, b: 1 } }", &[]),
            ("{ rollout: 5%, split: { b: 1 } }", &[]),
            ("{ rollout: 5% }", &[NothingToGive]),
            (
                "{ rules: [{ if: { segment: staff }, rollout: 5% }] }",
                &[NothingToGive],
            ),
            (
                "{ rules: [{ if: { segment: staff }, rollout: 5%, split: { b: 1 } }] }",
                &[],
            ),
            (
                "{ split: { b: 1 }, rules: [{ if: { segment: staff }, rollout: 5% }] }",
                &[],
            ),
            (
                "{ environments: { staging: { rollout: 5% } } }",
                &[NothingToGive],
            ),
            (
                "{ environments: { staging: { rules: [{ if: { segment: staff }, rollout: 5% }] } } }",
                &[NothingToGive],
            ),
            (
                "{ environments: { staging: { rollout: 5%, split: { b: 1 } } } }",
                &[],
            ),
            (
                "{ split: { b: 1 }, environments: { staging: { rollout: 5% } } }",
                &[],
            ),
        ],
    );
}

#[test]
fn weights_are_whole_numbers_with_a_sum() {
    check(
        multivariate,
        &[
            ("{ split: { a: 0, b: 1 } }", &[]),
            (
                "{ split: { a: 9223372036854775807, b: 9223372036854775807, c: 1 } }",
                &[],
            ),
            (
                "{ split: { a: 9223372036854775807, b: 9223372036854775807, c: 2 } }",
                &[WeightsTooLarge],
            ),
            ("{ split: { a: 0, b: 0 } }", &[ZeroWeights]),
            ("{ split: [{ a: 0 }] }", &[ZeroWeights]),
            ("{ split: { a: -1, b: 2 } }", &[InvalidNumber]),
            ("{ split: { a: 99999999999999999999 } }", &[InvalidNumber]),
            ("{ split: { a: 1.0 } }", &[WrongType]),
            ("{ split: { a: 50% } }", &[WrongType]),
            ("{ split: { a: '1' } }", &[WrongType]),
            ("{ split: {} }", &[Emptiness]),
            ("{ split: [] }", &[Emptiness]),
            ("{ split: a }", &[WrongType]),
            ("{ split: [a, b] }", &[WrongType, WrongType]),
            ("{ split: [{ a: 1, b: 1 }] }", &[WrongType]),
            ("{ split: { d: 1 } }", &[UnknownVariant]),
        ],
    );
}

#[test]
fn the_arms_of_a_mapping_are_in_byte_order_and_those_of_a_list_as_they_stand() {
    for (split, expected) in [
        ("{ c: 1, a: 2, b: 3 }", "a2 b3 c1"),
        ("[{ c: 1 }, { a: 2 }, { b: 3 }]", "c1 a2 b3"),
        ("[{ c: 1 }, { a: 2 }, { c: 3 }]", "c1 a2 c3"),
    ] {
        let flag = example(&multivariate(&format!("{{ split: {split} }}")));
        let arms = &Effective::new(&flag, None).split.expect("it has one").arms;
        let arms = arms.iter().map(|arm| {
            let variant = flag.variants.get(arm.variant).expect("it has this variant");
            format!("{}{}", variant.name, arm.weight)
        });
        assert_eq!(arms.collect::<Vec<_>>().join(" "), expected, "{split}");
    }
    let names = "{ variants: { b: 1, B: 2, a-: 3, a: 4, a.: 5 }, baseline: a, split: { b: 1, a-: 1, B: 1, a: 1, a.: 1 } }";
    let flag = example(&flag(names));
    let arms: Option<&Split> = Effective::new(&flag, None).split;
    let arms = arms.expect("it has one").arms.iter().map(|arm| arm.variant);
    let arms: Vec<&str> = arms
        .filter_map(|variant| Some(flag.variants.get(variant)?.name.as_str()))
        .collect();
    assert_eq!(arms, ["B", "a", "a-", "a.", "b"]);
}
