use flagstone_model::load;

use super::{Target, file};

fn rendered(document: &str) -> String {
    let loaded = load("flags.yaml", document.as_bytes());
    let Some(definition) = loaded.definition() else {
        panic!("{:#?}", loaded.diagnostics());
    };
    let target = Target {
        module: "flags".to_owned(),
        file: "flags".to_owned(),
        runtime: "::flagstone".to_owned(),
        package: "my-shop".to_owned(),
        document: "flags.yaml".to_owned(),
    };
    file(definition, &target)
}

/// Each of the pieces is in what the document becomes, spaces and line breaks apart.
fn check(document: &str, pieces: &[&str]) {
    let code = rendered(document);
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for piece in pieces {
        assert!(
            plain(&code).contains(&plain(piece)),
            "no {piece} in\n{code}"
        );
    }
}

#[test]
fn a_boolean_flag_becomes_a_constant_and_an_arm() {
    check(
        "version: 1\nflags:\n  ui.dark-mode: { description: \"See [it] <here>\", owner: design, kind: operational, remove_by: 2027-03-31, deprecated: use theme }\n",
        &[
            "/// See \\[it\\] \\<here\\>.
             ///
             /// | | |
             /// | --- | --- |
             /// | key | `ui.dark-mode` |
             /// | type | `boolean` |
             /// | baseline | `off` |
             /// | kind | operational |
             /// | owner | design |
             /// | remove by | 2027-03-31 |
             #[deprecated(note = \"use theme\")]
             pub const UI_DARK_MODE: Flag<bool> = Flag::new(0);",
            "(\"ui.dark-mode\" gate $place:tt) => { $crate::flags::__rt::__respan! { $place $crate::flags::Flags::UI_DARK_MODE } };",
            "macro_rules! __my_shop_flags_flag {",
            "__unknown! { $how $place [\"ui.dark-mode\"] }",
        ],
    );
}

#[test]
fn a_flag_with_variants_becomes_an_enum() {
    check(
        "version: 1\nflags:\n  theme: { variants: { light: white, high-contrast: black }, baseline: light }\n",
        &[
            "/// | variants | `light`, `high-contrast` |",
            "pub const THEME: Flag<Theme> = Flag::new(0);",
            "pub enum Theme { /// Stands for `light`. Light, /// Stands for `high-contrast`. HighContrast, }",
            "type Value = __rt::Text;",
            "1 => ::core::option::Option::Some(Self::HighContrast),",
            "[\"light\" Light \"high-contrast\" HighContrast] $context $arms",
            "write `variants(light, \\\"high-contrast\\\" = ...)`",
        ],
    );
}

#[test]
fn values_are_read_as_what_they_are() {
    for (flag, kind) in [
        ("variants: { a: 1 }, baseline: a", "i64"),
        ("variants: { a: 1.5 }, baseline: a", "f64"),
        (
            "type: json, variants: { a: { b: 1 } }, baseline: a",
            "__rt::Json",
        ),
        (
            "type: json, variants: { a: 1 }, baseline: a, rust_type: crate::Limits",
            "__rt::Typed<crate::Limits>",
        ),
    ] {
        let document = format!("version: 1\nflags: {{ x: {{ {flag} }} }}\n");
        check(&document, &[&format!("type Value = {kind};")]);
    }
}

#[test]
fn a_context_has_a_method_for_each_attribute() {
    check(
        "version: 1\ncontext:\n  targeting_key: user_id\n  attributes:\n    user_id: string\n    plan: { type: string, values: [free, premium] }\n    age: integer\n    app_version: semver\n    type: boolean\nflags: {}\n",
        &[
            "pub fn new(user_id: &'a str) -> Self {",
            "pub const fn anonymous() -> Self {",
            "pub fn plan(self, plan: Plan) -> Self { Self { slots: self.slots.set(1, plan.as_str()) } }",
            "pub fn age(self, age: i64) -> Self {",
            "pub fn app_version(self, app_version: impl ::core::convert::Into<__rt::SemverArgument<'a>>) -> Self {",
            "pub fn r#type(self, r#type: bool) -> Self {",
            "slots: __rt::Context<'a, Schema, 5>,",
        ],
    );
}

#[test]
fn what_is_required_is_a_struct_that_shows_no_values() {
    const PLAN: &str = "plan: { type: string, values: [free], required: true }";
    check(
        &format!(
            "version: 1\ncontext: {{ targeting_key: id, attributes: {{ id: string, {PLAN} }} }}\nflags: {{}}\n"
        ),
        &[
            "pub fn new(required: Required<'a>) -> Self {",
            "pub fn anonymous(required: Anonymous) -> Self {",
            "#[derive(Clone, Copy)] pub struct Required<'a> {",
            "pub id: &'a str,",
            "#[derive(Clone, Copy)] pub struct Anonymous {",
            "impl ::core::fmt::Debug for Required<'_> {",
        ],
    );
    let document = format!(
        "version: 1\ncontext: {{ targeting_key: id, attributes: {{ id: {{ type: string, required: true }}, {PLAN} }} }}\nflags: {{}}\n"
    );
    assert!(!rendered(&document).contains("anonymous"));
}

#[test]
fn a_retired_key_says_when_and_why() {
    check(
        "version: 1\nflags: {}\nretired: { old_search: { date: 2026-03-01, note: replaced by search_limits } }\n",
        &[
            "(\"old_search\" $how:ident $place:tt $($rest:tt)*) => { $crate::flags::__rt::__error! { $place \"feature flag `old_search` was retired on 2026-03-01: replaced by search_limits\" } };",
            "#[diagnostic::on_unimplemented(message = \"feature flag `old_search` was retired on 2026-03-01: replaced by search_limits\", label = \"retired\")]
             pub trait NotRetired {}
             #[allow(dead_code, clippy::extra_unused_lifetimes, reason = \"the constant is there to say that it is gone\")]
             impl Flags where for<'a> Self: NotRetired, {
                 #[doc(hidden)] pub const OLD_SEARCH: Flag<bool> = Flag::new(0);
             }",
        ],
    );
}

#[test]
fn a_retired_key_takes_no_name_and_its_note_is_no_format() {
    let document = "version: 1\nflags: { old-search: {} }\nretired: { old_search: { date: 2026-03-01 }, theme: { date: 2026-03-01, note: see {a} and }b }, theme-: { date: 2026-03-02 } }\n";
    check(
        &document.replace("see {a} and }b", "'see {a} and }b'"),
        &["was retired on 2026-03-01: see {{a}} and }}b\", label"],
    );
    let code = rendered(&document.replace("see {a} and }b", "x"));
    assert_eq!(code.matches("pub trait NotRetired").count(), 1, "{code}");
}

#[test]
fn the_order_of_a_document_changes_no_name() {
    let (a, b) = (
        "a-1: { variants: { x: x }, baseline: x }",
        "a1: { variants: { x: x }, baseline: x }",
    );
    for flags in [format!("{a}, {b}"), format!("{b}, {a}")] {
        check(
            &format!("version: 1\nflags: {{ {flags} }}\n"),
            &["A_1: Flag<A1>", "A1: Flag<A1Variant>"],
        );
    }
}
