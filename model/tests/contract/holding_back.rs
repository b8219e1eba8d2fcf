//! Section 7: what a mistake keeps a running program from taking.

use super::*;

/// The flags among `a`, `b` and `c` that a document holds back.
fn refused(document: &str) -> String {
    let loaded = load("flags.yaml", document.as_bytes());
    let checked = loaded
        .outcome
        .as_ref()
        .expect("the document is well formed");
    let refused = ["a", "b", "c"]
        .into_iter()
        .filter(|key| checked.refuses(key));
    let refused = refused.collect();
    // What isn't refused is there to be taken, where it is declared.
    let taken = checked
        .right_part()
        .map_or(&[][..], |definition| &definition.flags);
    assert!(
        taken
            .iter()
            .all(|flag| checked.holds_back_document() || !checked.refuses(flag.key.as_str())),
        "{document}"
    );
    refused
}

#[test]
fn a_wrong_flag_holds_back_itself_alone() {
    for flag in [
        "{ rolout: 5% }",
        "{ rollout: 5 }",
        "{ type: int }",
        "{ variants: { x: 1 } }",
        "{ owner: }",
        "{ kind: x }",
        "{ rules: [{ if: { nothing: 1 }, serve: on }] }",
        "{ rules: [{ if: { segment: nobody }, serve: on }] }",
        "{ prerequisites: { nothing: on } }",
        "{ environments: { nowhere: {} } }",
        "{ environments: { p: { serve: x } } }",
        "{ by: nothing }",
        "{ overrides: { on: [x, x] } }",
        "{ serve: on, rollout: 5% }",
        "{ starts_at: 2026-01-02T00:00:00Z, ends_at: 2026-01-01T00:00:00Z }",
        "[]",
        "~",
    ] {
        let document = format!(
            "version: 1\nenvironments: {{ p: {{}} }}\nflags:\n  a: {flag}\n  b: {{ rollout: 5% }}\n  c: {{}}\n"
        );
        assert_eq!(refused(&document), "a", "{flag}");
    }
}

#[test]
fn a_wrong_segment_or_attribute_holds_back_the_flags_that_use_it() {
    for (declarations, expected) in [
        (
            "segments: { s: { members: [u] } }\ncontext: { attributes: { x: string } }",
            "",
        ),
        (
            "segments: { s: {} }\ncontext: { attributes: { x: string } }",
            "a",
        ),
        (
            "segments: { s: { if: { y: 1 } } }\ncontext: { attributes: { x: string } }",
            "a",
        ),
        (
            "segments: { s: { if: { segment: t } }, t: { members: [] } }\ncontext: { attributes: { x: string } }",
            "a",
        ),
        (
            "segments: { s: { members: [u], note: x } }\ncontext: { attributes: { x: string } }",
            "a",
        ),
        (
            "segments: { s: { if: { segment: t } }, t: { if: { segment: s } } }\ncontext: { attributes: { x: string } }",
            "a",
        ),
        (
            "segments: { s: { members: [u] }, unused: {} }\ncontext: { attributes: { x: string } }",
            "",
        ),
        (
            "segments: { s: { members: [u] } }\ncontext: { attributes: { x: text } }",
            "b",
        ),
        (
            "segments: { s: { members: [u] } }\ncontext: { attributes: { x: { type: string, values: [] } } }",
            "b",
        ),
        (
            "segments: { s: { if: { x: v } } }\ncontext: { attributes: { x: text } }",
            "ab",
        ),
        (
            "segments: { s: { members: [u] } }\ncontext: { attributes: { x: string, unused: text } }",
            "",
        ),
        (
            "segments: { s: { members: [] } }\ncontext: { attributes: { x: text } }",
            "ab",
        ),
    ] {
        let document = format!(
            "version: 1\n{declarations}\nflags:\n  a: {{ rules: [{{ if: {{ segment: s }}, serve: on }}] }}\n  b: {{ rules: [{{ if: {{ x: v }}, serve: on }}] }}\n  c: {{}}\n"
        );
        assert_eq!(refused(&document), expected, "{declarations}");
    }
}

#[test]
fn an_attribute_that_is_bucketed_by_is_used() {
    let document = "version: 1\ncontext: { attributes: { x: text } }\nflags:\n  a: { by: x }\n  b: { rules: [{ if: { sample: { to: 5%, by: x } }, serve: on }] }\n  c: {}\n";
    assert_eq!(refused(document), "ab");
}

#[test]
fn circles_hold_back_their_flags() {
    let document = "version: 1\nflags:\n  a: { prerequisites: { b: on } }\n  b: { prerequisites: { a: on } }\n  c: { prerequisites: { a: on } }\n";
    assert_eq!(refused(document), "ab");
}

#[test]
fn a_retired_key_that_is_declared_again_is_held_back() {
    let document = "version: 1\nretired: { a: { date: 2026-01-01 } }\nflags: { a: {}, b: { prerequisites: { a: on } }, c: {} }\n";
    assert_eq!(refused(document), "a");
}

#[test]
fn some_mistakes_hold_back_all_and_some_nothing() {
    for (document, expected) in [
        // Not to be understood as a whole.
        ("version: 2\nflags: { a: {} }\n", "abc"),
        ("version: one\nflags: { a: {} }\n", "abc"),
        ("version: 1\nflags: { a: &x {} }\n", "abc"),
        ("version: 1\nflags: []\n", "abc"),
        (
            "version: 1\nflags: { a: {} }\nenvironments: { p: { killed: yes } }\n",
            "abc",
        ),
        ("version: 1\nflags: { a: {} }\ncontext: []\n", "abc"),
        // Never read when a flag is evaluated.
        ("version: 1\nflags: { a: {} }\nfuture: {}\n", ""),
        ("version: 1\nflags: { a: {}, b b: {} }\n", ""),
        ("version: 1\nflags: { a: {} }\nretired: { b: {} }\n", ""),
    ] {
        assert_eq!(refused(document), expected, "{document}");
        let loaded = load("flags.yaml", document.as_bytes());
        assert!(loaded.total() > 0, "{document}");
    }
}
