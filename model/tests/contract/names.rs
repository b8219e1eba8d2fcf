//! Section 2: names.

use super::*;
use flagstone_model::RESERVED;

/// A name at every place where a document gives one.
fn everywhere(name: &str) -> [(&'static str, String); 6] {
    let start = "version: 1\nflags: {}\n";
    [
        (
            "flag",
            format!("version: 1\nflags: {{ \"{name}\": {{}} }}\n"),
        ),
        (
            "variant",
            format!(
                "version: 1\nflags: {{ a: {{ variants: {{ \"{name}\": 1 }}, baseline: \"{name}\" }} }}\n"
            ),
        ),
        (
            "rule",
            format!(
                "version: 1\nflags: {{ a: {{ rules: [{{ name: \"{name}\", if: {{ segment: everyone }}, serve: on }}] }} }}\n"
            ),
        ),
        (
            "attribute",
            format!("{start}context: {{ attributes: {{ \"{name}\": string }} }}\n"),
        ),
        (
            "segment",
            format!("{start}segments: {{ \"{name}\": {{ members: [u-17] }} }}\n"),
        ),
        (
            "environment",
            format!("{start}environments: {{ \"{name}\": {{}} }}\n"),
        ),
    ]
}

fn first_code(document: &str) -> Option<Code> {
    let loaded = load("flags.yaml", document.as_bytes());
    loaded.diagnostics().first().map(|mistake| mistake.code)
}

#[test]
fn names_have_1_to_100_characters_of_a_few_kinds() {
    let longest = "x".repeat(100);
    for name in [
        "a",
        "Z",
        "0a",
        "ui.dark-mode",
        "a_",
        "1.5",
        "a..b",
        &longest,
    ] {
        for (what, document) in everywhere(name) {
            assert_eq!(first_code(&document), None, "{what} `{name}`");
        }
    }
    let too_long = "x".repeat(101);
    for name in [
        "", "42", "_a", "-a", ".a", "a b", "größe", "a/b", "a\\tb", "a:b", &too_long,
    ] {
        for (what, document) in everywhere(name) {
            assert_eq!(first_code(&document), Some(InvalidName), "{what} `{name}`");
        }
    }
}

#[test]
fn some_names_are_reserved_for_what_conditions_name() {
    assert_eq!(
        RESERVED,
        [
            "all",
            "any",
            "not",
            "segment",
            "everyone",
            "sample",
            "flag",
            "environment",
            "now",
            "none",
            "next",
            "unit"
        ]
    );
    for name in RESERVED {
        for (what, document) in everywhere(name) {
            let is_named_by_conditions = matches!(what, "attribute" | "segment" | "environment");
            let code = is_named_by_conditions.then_some(ReservedName);
            assert_eq!(first_code(&document), code, "{what} `{name}`");
        }
    }
    check(
        whole,
        &[(
            "version: 1\ncontext: { targeting_key: unit }\nflags: {}\n",
            &[ReservedName],
        )],
    );
}

#[test]
fn flags_that_become_one_name_in_rust_need_a_name_of_their_own() {
    check(
        whole,
        &[
            (
                "version: 1\nflags: { new-checkout: {}, new_checkout: {} }\n",
                &[RustNameCollision],
            ),
            (
                "version: 1\nflags: { newCheckout: {}, NEW.CHECKOUT: {} }\n",
                &[RustNameCollision],
            ),
            (
                "version: 1\nflags: { a: { rust_name: B }, b: {} }\n",
                &[RustNameCollision],
            ),
            (
                "version: 1\nflags: { new-checkout: {}, new_checkout: { rust_name: OLDER } }\n",
                &[],
            ),
            (
                "version: 1\nflags: { a: { rust_name: B }, b: { rust_name: A } }\n",
                &[],
            ),
            (
                "version: 1\nflags: { a: { rust_name: b } }\n",
                &[InvalidRustName],
            ),
            (
                "version: 1\nflags: { a: { rust_name: 2B } }\n",
                &[InvalidRustName],
            ),
        ],
    );
}

#[test]
fn the_error_of_a_collision_names_both_flags() {
    let loaded = load(
        "flags.yaml",
        b"version: 1\nflags: { new-checkout: {}, new_checkout: {} }\n",
    );
    let message = &loaded.diagnostics()[0].message;
    assert!(
        message.contains("`new-checkout`") && message.contains("`new_checkout`"),
        "{message}"
    );
}

#[test]
fn retired_keys_stay_gone() {
    check(
        flag,
        &[
            ("{ prerequisites: { old_search: on } }", &[RetiredKey]),
            (
                "{ rules: [{ if: { flag: { old_search: on } }, serve: on }] }",
                &[RetiredKey],
            ),
            ("{}\n  old_search: {}", &[RetiredKey]),
            ("{}\n  old-search: {}", &[]),
        ],
    );
    let loaded = load(
        "flags.yaml",
        b"version: 1\nflags: { a: {} }\nretired: { a: { date: 2026-03-01, note: replaced by b } }\n",
    );
    let message = &loaded.diagnostics()[0].message;
    assert!(
        message.contains("2026-03-01") && message.contains("replaced by b"),
        "{message}"
    );
}
