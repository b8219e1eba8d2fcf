//! Section 2: the sections of a document beside `context` and `flags`.

use super::*;

fn section(text: &str) -> String {
    format!("version: 1\nflags: {{}}\n{text}\n")
}

#[test]
fn segments_have_members_a_condition_or_both() {
    check(
        section,
        &[
            ("segments: {}", &[]),
            ("segments: { a: { members: [u-17, 18, '019', -5] } }", &[]),
            ("segments: { a: { if: { segment: everyone } } }", &[]),
            (
                "segments: { a: { description: b, members: [c], if: { segment: everyone } } }",
                &[],
            ),
            ("segments: { a: {} }", &[Emptiness]),
            ("segments: { a: { description: b } }", &[Emptiness]),
            ("segments: { a: { members: [] } }", &[Emptiness]),
            ("segments: { a: { if: {} } }", &[Emptiness]),
            ("segments: { a: { members: b } }", &[WrongType]),
            ("segments: { a: { members: [''] } }", &[InvalidUnit]),
            ("segments: { a: { members: [019] } }", &[InvalidUnit]),
            ("segments: { a: { members: [1.0] } }", &[Unquoted]),
            ("segments: { a: [b] }", &[WrongType]),
            ("segments: [a]", &[WrongType]),
        ],
    );
}

#[test]
fn environments_may_be_killed() {
    check(
        section,
        &[
            ("environments: {}", &[]),
            (
                "environments: { a: {}, b: { description: c, killed: true } }",
                &[],
            ),
            ("environments: { a: { killed: on } }", &[BooleanWord]),
            ("environments: { a: }", &[Null]),
            ("environments: [a]", &[WrongType]),
        ],
    );
    let document = section("environments: { a: {}, b: { killed: true } }");
    let killed = definition(&document).environments;
    let killed: Vec<bool> = killed
        .iter()
        .map(|environment| environment.killed)
        .collect();
    assert_eq!(killed, [false, true]);
}

#[test]
fn retired_keys_have_a_date_and_perhaps_a_note() {
    check(
        section,
        &[
            ("retired: {}", &[]),
            ("retired: { a: { date: 2026-03-01 } }", &[]),
            ("retired: { a: { date: '2026-03-01', note: b } }", &[]),
            ("retired: { a: {} }", &[MissingKey]),
            ("retired: { a: { note: b } }", &[MissingKey]),
            ("retired: { a: 2026-03-01 }", &[WrongType]),
            ("retired: { a: { date: 2026-02-29 } }", &[InvalidDate]),
            (
                "retired: { a: { date: 2026-03-01T00:00:00Z } }",
                &[InvalidDate],
            ),
        ],
    );
}

#[test]
fn circles_among_segments_are_errors() {
    check(
        section,
        &[
            (
                "segments: { a: { if: { segment: b } }, b: { if: { segment: everyone } } }",
                &[],
            ),
            ("segments: { a: { if: { segment: a } } }", &[Circle]),
            (
                "segments: { a: { if: { segment: b } }, b: { if: { not: { any: [{ segment: a }] } } } }",
                &[Circle],
            ),
        ],
    );
}
