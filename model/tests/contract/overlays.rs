//! Section 2: what an environment replaces.

use super::*;
use flagstone_model::{Distribution, Effective, Taken};

/// What a flag does for whoever no rule caught, in an environment or none.
fn in_words(flag: &Flag, environment: Option<usize>) -> String {
    let environment = environment.map(flagstone_model::EnvironmentIndex::new);
    let effective = Effective::new(flag, environment);
    let name = |index| {
        flag.variants
            .get(index)
            .map_or("?", |variant| variant.name.as_str())
    };
    let distribution = match effective.distribution().expect("it was checked") {
        None => "nothing".to_owned(),
        Some(Distribution::Serve(variant)) => format!("serve {}", name(variant)),
        Some(Distribution::Share { rollout, taken }) => {
            let share = if rollout.is_some() {
                "some get"
            } else {
                "all get"
            };
            match taken {
                Taken::One(variant) => format!("{share} {}", name(variant)),
                Taken::Split(split) => format!("{share} one of {}", split.arms.len()),
            }
        }
    };
    let killed = if effective.killed { ", killed" } else { "" };
    format!("{distribution}{killed}")
}

#[test]
fn an_overlay_replaces_what_it_writes() {
    // The environment 0 is `staging`, 1 is `production`.
    for (keys, base, staging) in [
        (
            "{ serve: b, environments: { staging: {} } }",
            "serve b",
            "serve b",
        ),
        (
            "{ serve: b, environments: { staging: { serve: c } } }",
            "serve b",
            "serve c",
        ),
        // `serve` drops the base's `rollout`, whose split stays.
        (
            "{ rollout: 5%, split: { b: 1 }, environments: { staging: { serve: c } } }",
            "some get b",
            "serve c",
        ),
        // `rollout` and `split` drop the base's `serve`.
        (
            "{ serve: b, environments: { staging: { rollout: 5%, split: { c: 1 } } } }",
            "serve b",
            "some get c",
        ),
        (
            "{ serve: b, environments: { staging: { split: { c: 1 } } } }",
            "serve b",
            "all get c",
        ),
        // The base's `split` stays, and so does its `rollout` beside a split of the overlay's.
        (
            "{ split: { b: 1 }, environments: { staging: { rollout: 5% } } }",
            "all get b",
            "some get b",
        ),
        (
            "{ rollout: 5%, split: { b: 1 }, environments: { staging: { split: { b: 1, c: 1 } } } }",
            "some get b",
            "some get one of 2",
        ),
        // Kills are or-ed.
        (
            "{ killed: true, environments: { staging: { killed: false } } }",
            "nothing, killed",
            "nothing, killed",
        ),
        (
            "{ environments: { staging: { killed: true } } }",
            "nothing",
            "nothing, killed",
        ),
    ] {
        let flag = example(&multivariate(keys));
        assert_eq!(in_words(&flag, None), base, "{keys}, base");
        assert_eq!(in_words(&flag, Some(0)), staging, "{keys}, staging");
        assert_eq!(in_words(&flag, Some(1)), base, "{keys}, production");
    }
}

#[test]
fn lists_are_replaced_whole() {
    let flag = example(&flag(
        "{ overrides: { on: [a, b] }, prerequisites: { other: on }, rules: [{ if: { segment: staff }, serve: on }], environments: { staging: { overrides: { off: [c] }, prerequisites: {}, rules: [] } } }",
    ));
    for (environment, counts) in [
        (None, (2, 1, 1)),
        (Some(0), (1, 0, 0)),
        (Some(1), (2, 1, 1)),
    ] {
        let environment = environment.map(flagstone_model::EnvironmentIndex::new);
        let effective = Effective::new(&flag, environment);
        let found = (
            effective.overrides.len(),
            effective.prerequisites.len(),
            effective.rules.len(),
        );
        assert_eq!(found, counts, "{environment:?}");
    }
}

#[test]
fn what_an_overlay_makes_of_its_base_is_checked() {
    check(
        flag,
        &[
            ("{ environments: {} }", &[]),
            ("{ environments: { testing: {} } }", &[UnknownEnvironment]),
            (
                "{ starts_at: 2026-02-01T00:00:00Z, environments: { staging: { ends_at: 2026-01-01T00:00:00Z } } }",
                &[ScheduleOrder],
            ),
            (
                "{ by: country, rules: [{ if: { sample: { to: 5%, by: user_id } }, rollout: 5% }], environments: { staging: { by: user_id } } }",
                &[SampledTwice],
            ),
            (
                "{ environments: { staging: { by: verified } } }",
                &[BucketType],
            ),
            (
                "{ environments: { staging: { description: a } } }",
                &[UnknownKey],
            ),
            (
                "{ environments: { staging: { variants: { a: 1 } } } }",
                &[UnknownKey],
            ),
            ("{ environments: { staging: { salt: a } } }", &[UnknownKey]),
            ("{ environments: [staging] }", &[WrongType]),
        ],
    );
}
