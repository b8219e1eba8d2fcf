//! What is wrong keeps its last good form.

use super::*;

#[test]
fn a_wrong_flag_stays_and_the_others_move() {
    check(
        None,
        &[
            (
                "  a: { serve: of }\n  b: { serve: on }\n",
                &[
                    A,
                    "b: on static",
                    "color: null error flag_not_found",
                    "a: unknown variant `of`",
                ],
            ),
            (
                "  a: { rollout: 0% }\n",
                &["a: off static", "b: null error flag_not_found"],
            ),
            // What was good once is better than what the program was built with.
            (
                "  a: { serve: of }\n",
                &["a: off static", "a: unknown variant `of`"],
            ),
        ],
    );
}

#[test]
fn a_flag_that_the_program_cannot_serve_stays() {
    let with = |flag: &str| format!("{HEAD}{flag}");
    let other_head = "version: 1\ncontext: { targeting_key: user_id, attributes: { user_id: string, plan: strings, team: string } }\nflags:\n";
    let rows: [(String, &[&str]); 12] = [
        (
            with("  a: { type: string, variants: { x: y }, baseline: x }\n"),
            &[A, "a: it has the type string, and the program was built with boolean"],
        ),
        (
            with("  color: { variants: { red: R, green: G, blue: B }, baseline: red }\n"),
            &[COLOR, "color: the program was built without its variant `blue`"],
        ),
        (
            with("  color: { variants: { green: G }, baseline: green }\n"),
            &[COLOR, "color: its variant `red` is gone, which the program answers when it knows nothing better"],
        ),
        // A variant that isn't the compiled baseline may go, and the order may change.
        (with("  color: { variants: { red: R }, baseline: red }\n"), &["color: red default"]),
        (
            with("  color: { variants: { green: G, red: R }, baseline: green }\n"),
            &["color: green default"],
        ),
        (
            with("  limits: { type: json, variants: { small: 1, large: [2] }, baseline: large }\n"),
            &[
                "limits: small default",
                "limits: the value of its variant `large` doesn't fit the program's type: not a number",
            ],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ team: x }}, serve: off }}] }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rollout: 50%, by: team }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ sample: {{ to: 5%, by: team }} }}, serve: off }}] }}\n"),
            &[A, TEAM],
        ),
        (
            format!("{other_head}  a: {{ rules: [{{ if: {{ plan: {{ exists: true }} }}, serve: off }}] }}\n"),
            &[A, "a: it reads the attribute `plan` as strings, and the program was built with string"],
        ),
        // A flag that the program doesn't know may read what its contexts don't have, but not for the program's flags.
        (
            format!("{other_head}  new: {{ rules: [{{ if: {{ team: x }}, serve: on }}] }}\n  b: {{ prerequisites: {{ new: on }} }}\n"),
            &[
                "new: off default",
                "b: on rule",
                "b: it asks about the flag `new`, which reads the attribute `team`, which the program's context doesn't have",
            ],
        ),
        (
            "version: 1\ncontext: { targeting_key: team }\nflags: { a: { rollout: 50% }, b: { serve: on } }\n".to_owned(),
            &[A, "b: on static", TEAM],
        ),
    ];
    for (document, expected) in rows {
        check(None, &[(&document, expected)]);
    }
}

#[test]
fn what_asks_for_something_not_in_force_stays() {
    for (document, expected) in [
        (
            // `color` stays as it was, so it has no `blue`, so `b` can't ask for it, so `new` can't ask for `b`'s answer
            // to be the new one; but `b` is there, and that is enough.
            "  color: { variants: { red: R, blue: B }, baseline: red }\n  b: { prerequisites: { color: blue }, serve: on }\n  new: { prerequisites: { b: on }, serve: on }\n",
            &[
                COLOR,
                "b: on rule",
                "new: on static",
                "color: the program was built without its variant `blue`",
                "b: it asks for the variant `blue` of the flag `color`, which isn't in force",
            ][..],
        ),
        (
            // `new` was never in force, so nothing can ask for it, nor for what asks for it.
            "  new: { nonsense: 1 }\n  newer: { prerequisites: { new: on } }\n  b: { prerequisites: { newer: on } }\n",
            &[
                "b: on rule",
                "new: unknown key `nonsense` in the flag `new`",
                "newer: it asks about the flag `new`, which isn't in force",
                "b: it asks about the flag `newer`, which isn't in force",
            ],
        ),
    ] {
        check(None, &[(document, expected)]);
    }
}

#[test]
fn a_kept_form_that_closes_a_circle_answers_its_baseline() {
    let steps: [(&str, &[&str]); 3] = [
        (
            "  a: { prerequisites: { b: on }, serve: on }\n  b: { serve: on }\n",
            &[A, "b: on static"],
        ),
        (
            "  a: { rollout: 50%, by: team }\n  b: { rules: [{ if: { flag: { a: off } }, serve: on }] }\n",
            &[
                "a: off error circle",
                "b: on rule",
                TEAM,
                "a: its last good form closes a circle with newer forms of other flags, so it answers its baseline",
            ],
        ),
        // The circle is gone, so the form that was kept answers again.
        (
            "  a: { rollout: 50%, by: team }\n  b: { serve: on }\n",
            &[A, "b: on static", TEAM],
        ),
    ];
    check(None, &steps);
}

#[test]
fn a_kept_form_that_makes_a_chain_too_long_answers_its_baseline() {
    let chain = |length: usize, a: &str| {
        let links = (0..length).map(|index| {
            let next = index + 1;
            let needs = format!("prerequisites: {{ x{next}: on }},");
            let needs = if next < length { needs } else { String::new() };
            format!("  x{index}: {{ {needs} serve: on }}\n")
        });
        let links: String = links.collect();
        format!("  a: {{ {a} }}\n  b: {{ prerequisites: {{ a: [on, off] }}, serve: on }}\n{links}")
    };
    let longest = flagstone_model::limits::CHAIN;
    let first = next(
        &embedded(None),
        &chain(9, "prerequisites: { x0: on }, serve: on"),
    );
    for (length, a) in [
        (longest - 2, "a: on static"),
        (longest - 1, "a: off error circle"),
    ] {
        // `a` stays what it was and asks for what is now a longer chain, and `b` asks for `a`.
        let loading = next(&first.snapshot, &chain(length, "rollout: 50%, by: team"));
        let answers = answers(&loading.snapshot);
        assert_eq!(answers[..2], [a, "b: on static"], "{length}");
    }
}

#[test]
fn a_kept_form_says_since_when_it_is_kept() {
    let first = next(&embedded(None), "  a: { rollout: 0% }\n").snapshot;
    let second = next(&first, "  a: { serve: of }\n  b: { serve: on }\n");
    let third = next(
        &second.snapshot,
        "  a: { serve: of }\n  b: { serve: off }\n",
    );
    for loading in [&second, &third] {
        assert_eq!(loading.problems[0].since, Some(first.digest()));
    }
    let kept = next(&embedded(None), "  a: { serve: of }\n");
    assert_eq!(kept.problems[0].since, Some(embedded(None).digest()));
    // Gone, and wrong when it comes back: what is left is the program's own form.
    let gone = next(&first, "  b: { serve: on }\n").snapshot;
    let back = next(&gone, "  a: { serve: of }\n");
    assert_eq!(back.problems[0].since, None);
    assert_eq!(answers(&back.snapshot)[0], A);
}
