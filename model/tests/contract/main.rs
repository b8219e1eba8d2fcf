//! The language, sentence by sentence: what the checker takes, what it refuses with which code, and what it reads.

#![allow(
    clippy::expect_used,
    reason = "what the tests share says what it expects as they do"
)]

mod conditions;
mod context;
mod distributions;
mod flags;
mod form;
mod holding_back;
mod kills;
mod limits;
#[path = "../made/mod.rs"]
mod made;
mod names;
mod overlays;
mod same;
mod schedules;
mod sections;

use Code::*;
use flagstone_model::{Code, Definition, Flag, load};

/// Declarations that the rows may use.
const DECLARED: &str = r"version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: string
    plan: { type: string, values: [free, premium] }
    country: string
    age: integer
    score: number
    verified: boolean
    app_version: semver
    signed_up_at: timestamp
    roles: strings
segments:
  staff: { members: [u-17] }
  sampled: { if: { sample: 5% } }
environments: { staging: {}, production: {} }
retired:
  old_search: { date: 2026-03-01 }
flags:
  other: {}
  color:
    variants: { red: r, green: g, blue: b }
    baseline: red
";

/// A document with a flag of these keys, written as a flow mapping.
fn flag(keys: &str) -> String {
    format!("{DECLARED}  example: {keys}\n")
}

/// A document with a flag of three variants that has these keys too.
fn multivariate(keys: &str) -> String {
    let keys = keys.trim_start_matches('{');
    flag(&format!(
        "{{ variants: {{ a: 1, b: 2, c: 3 }}, baseline: a, {keys}"
    ))
}

/// A document with a rule of this condition.
fn condition(condition: &str) -> String {
    flag(&format!("{{ rules: [{{ if: {condition}, serve: on }}] }}"))
}

/// A row: a piece of a document, and the codes of its mistakes in the document's order.
type Row = (&'static str, &'static [Code]);

/// Checks rows, each put into a document first.
fn check(document: fn(&str) -> String, rows: &[Row]) {
    for (piece, codes) in rows {
        let document = document(piece);
        let loaded = load("flags.yaml", document.as_bytes());
        let mistakes = loaded.diagnostics();
        let found: Vec<Code> = mistakes.iter().map(|mistake| mistake.code).collect();
        assert_eq!(found, *codes, "{piece}\n{mistakes:#?}");
        assert_eq!(loaded.definition().is_some(), codes.is_empty(), "{piece}");
    }
}

/// A document as it stands.
fn whole(document: &str) -> String {
    document.to_owned()
}

/// What a right document says.
fn definition(document: &str) -> Definition {
    let loaded = load("flags.yaml", document.as_bytes());
    assert_eq!(loaded.diagnostics(), [], "{document}");
    let definition = loaded.definition().cloned();
    definition.expect("nothing is wrong with it")
}

/// The flag `example` of a right document.
fn example(document: &str) -> Flag {
    let flags = definition(document).flags;
    let flag = flags
        .into_iter()
        .find(|flag| flag.key.as_str() == "example");
    flag.expect("the document declares it")
}
