//! Section 7: a kill always arrives.

use super::*;
use flagstone_model::Kills;

/// What a document kills; nothing where it isn't well formed.
fn kills(document: &str) -> Option<Kills> {
    load("flags.yaml", document.as_bytes())
        .outcome
        .ok()
        .map(|checked| checked.kills().clone())
}

/// Documents that are wrong in every way but form, and kill the flag `a`.
const WRONG: [&str; 24] = [
    "version: 1\nflags: { a: { killed: true, rolout: 5% } }\n",
    "version: 1\nflags: { a: { killed: true, killed: false } }\n",
    "version: 1\nflags: { a: { killed: false, killed: true } }\n",
    "version: 1\nflags: { a: { killed: true }, a: {} }\n",
    "version: 1\nflags: { a: {}, a: { killed: true } }\n",
    "version: 1\nflags: { a: { killed: true, type: nothing, variants: [] } }\n",
    "version: 1\nflags: { a: { killed: true, variants: { b: 1 } } }\n",
    "version: 1\nflags: { a: { killed: true, rules: 5, overrides: [], split: x } }\n",
    "version: 1\nflags: { a: { killed: true, prerequisites: { a: on } } }\n",
    "version: 1\nflags: { a: { killed: true, owner: } }\n",
    "version: 1\nflags: { a: &b { killed: true } }\n",
    "version: 1\nflags: { a: !c { killed: true } }\n",
    "version: 1\nflags: { a: { killed: true }, b: *c }\n",
    "version: 1\nflags: { a: { killed: true }, a-: {}, A-: {} }\n",
    "version: 1\nflags: { a: { killed: true } }\nflags: {}\n",
    "version: 1\nflags: {}\nflags: { a: { killed: true } }\n",
    "version: 1\nflags: { a: { killed: true } }\nfuture: [~]\n",
    "version: 1\nflags: { a: { killed: true } }\ncontext: []\nsegments: 5\nenvironments: x\nretired: [a]\n",
    "version: 1\nflags: { a: { killed: true } }\nretired: { a: { date: 2026-01-01 } }\n",
    "version: 1\nversion: 2\nflags: { a: { killed: true } }\n",
    "{ \"version\": 1, \"flags\": { \"a\": { \"killed\": true, \"rollout\": null } } }",
    "version: 1\nflags: { a: { killed: True, 5: 6, ~: 7, [x]: y, <<: z } }\n",
    "version: 1\nflags: { a: { killed: true, baseline: 5, serve: on, rollout: 5% } }\n",
    "version: 1\nflags:\n  a:\n    killed: true\n    rules:\n      - if: { segment: nobody, x: { y: z } }\n",
];

#[test]
fn a_kill_arrives_from_a_document_that_is_wrong_in_every_other_way() {
    for document in WRONG {
        let kills = kills(document).expect("it is well formed");
        assert!(kills.reaches("a", None), "{document}");
        assert!(kills.reaches("a", Some("anywhere")), "{document}");
        assert!(
            load("flags.yaml", document.as_bytes())
                .definition()
                .is_none(),
            "{document}"
        );
    }
}

#[test]
fn a_kill_reaches_where_it_is_written() {
    let document = "version: 1\nenvironments: { p: { killed: true }, s: {}, t: {} }\nflags:\n  a: { environments: { s: { killed: true } } }\n  b: { killed: true }\n  c: {}\n";
    let kills = kills(document).expect("it is well formed");
    for (flag, environment, is_killed) in [
        ("a", None, false),
        ("a", Some("p"), true),
        ("a", Some("s"), true),
        ("a", Some("t"), false),
        ("b", None, true),
        ("b", Some("t"), true),
        ("c", None, false),
        ("c", Some("p"), true),
        ("c", Some("s"), false),
        ("unknown", Some("p"), true),
        ("unknown", None, false),
    ] {
        assert_eq!(
            kills.reaches(flag, environment),
            is_killed,
            "{flag} in {environment:?}"
        );
    }
}

#[test]
fn what_is_no_kill_kills_nothing() {
    for document in [
        "version: 1\nflags: { a: { killed: false } }\n",
        "version: 1\nflags: { a: { killed: yes } }\n",
        "version: 1\nflags: { a: { killed: 'true' } }\n",
        "version: 1\nflags: { a: { killed: 1 } }\n",
        "version: 1\nflags: { a: { metadata: { killed: true } } }\n",
        "version: 1\nflags: { a: { rules: [{ killed: true }] } }\n",
        "version: 1\nkilled: true\nflags: { a: {} }\n",
        "version: 2\nflags: { a: { killed: true } }\n",
        "version: '1'\nflags: { a: { killed: true } }\n",
        "flags: { a: { killed: true } }\n",
    ] {
        assert_eq!(kills(document), Some(Kills::default()), "{document}");
    }
    for document in [
        "version: 1\nflags: { a: { killed: true }\n",
        "",
        "- killed: true\n  x\n y: z\n",
    ] {
        assert_eq!(kills(document), None, "{document}");
    }
}
