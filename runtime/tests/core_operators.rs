//! Every operator on every type it has, with values that fit, don't fit, are of another type, or are missing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what it expects by unwrapping it, in its helpers too"
)]

use flagstone::{Snapshot, Timestamp};
use serde_json::{Value, json};

/// Whether a condition holds for a value of the attribute `a` of a type; null for a context without it.
fn holds(ty: &str, condition: &str, value: &Value) -> bool {
    let document = format!(
        "version: 1\ncontext: {{ attributes: {{ a: {ty} }} }}\nflags:\n  f: {{ rules: [{{ if: {{ a: {condition} }}, serve: on }}] }}\n"
    );
    let loaded = flagstone::load("flags.yaml", document.as_bytes());
    let definition = loaded
        .definition()
        .unwrap_or_else(|| panic!("{document}{:?}", loaded.diagnostics()));
    let now = Timestamp::from_milliseconds(0);
    let snapshot = Snapshot::new(definition, None, now).unwrap();
    let context = json!({ "a": value });
    let context = snapshot.schema().json_context(context.as_object().unwrap());
    snapshot.evaluate_slots("f", &context, now).variant == Some("on")
}

/// Checks a condition against values for which it holds, and others for which it doesn't.
fn check(ty: &str, condition: &str, holding: &[Value], others: &[Value]) {
    for (values, expected) in [(holding, true), (others, false)] {
        for value in values {
            assert_eq!(
                holds(ty, condition, value),
                expected,
                "{ty} {condition} of {value}"
            );
        }
    }
    let of_another_type: Vec<Value> = OF_TYPES
        .iter()
        .filter(|(other, _)| !can_stand_for(other, ty))
        .map(|(_, text)| serde_json::from_str(text).unwrap())
        .collect();
    for missing in of_another_type
        .iter()
        .chain(&[json!(null), json!({}), json!(["x", 1])])
    {
        let expected = condition.contains("exists: false");
        assert_eq!(
            holds(ty, condition, missing),
            expected,
            "{ty} {condition} of {missing}, which is missing"
        );
    }
}

const OF_TYPES: [(&str, &str); 7] = [
    ("string", "\"no moment and no version\""),
    ("integer", "7"),
    ("number", "7.5"),
    ("number", "18446744073709551615"),
    ("boolean", "true"),
    ("strings", "[]"),
    ("strings", "[\"x\"]"),
];

fn can_stand_for(other: &str, ty: &str) -> bool {
    other == ty || (other == "integer" && ty == "number")
}

#[test]
fn strings() {
    let long: Vec<String> = (0..100).map(|n| format!("\"v{n}\"")).collect();
    let long = format!("[{}]", long.join(", "));
    for (condition, holding, others) in [
        ("US", vec!["US"], vec!["us", "USA", "", " US"]),
        ("[US, UK]", vec!["US", "UK"], vec!["DE", ""]),
        ("\"\"", vec![""], vec!["x"]),
        ("größe", vec!["größe"], vec!["gro\u{308}ße", "GRÖSSE"]),
        ("{ equals: US }", vec!["US"], vec!["UK"]),
        ("{ not_equals: US }", vec!["UK", ""], vec!["US"]),
        ("{ in: [a, b] }", vec!["a", "b"], vec!["c"]),
        ("{ not_in: [a, b] }", vec!["c", ""], vec!["a", "b"]),
        (
            &format!("{{ in: {long} }}"),
            vec!["v0", "v99"],
            vec!["v100", "", "v"],
        ),
        (
            &format!("{{ not_in: {long} }}"),
            vec!["v100", ""],
            vec!["v0", "v99"],
        ),
        ("{ contains: bc }", vec!["abcd", "bc"], vec!["b", "BC", ""]),
        ("{ contains: [x, bc] }", vec!["abcd", "x"], vec!["b"]),
        (
            "{ not_contains: [x, bc] }",
            vec!["b", ""],
            vec!["abcd", "ax"],
        ),
        ("{ starts_with: ab }", vec!["ab", "abc"], vec!["cab", "a"]),
        ("{ starts_with: [x, ab] }", vec!["x", "abc"], vec!["bx"]),
        (
            "{ ends_with: \"@x.com\" }",
            vec!["a@x.com"],
            vec!["a@x.com.uk", "@X.com"],
        ),
        ("{ matches: \"b+c\" }", vec!["abbcd"], vec!["ac"]),
        (
            "{ matches: [\"^a$\", \"^b$\"] }",
            vec!["a", "b"],
            vec!["ab"],
        ),
        ("{ matches: \"^\\\\p{Lu}\" }", vec!["Änne"], vec!["änne"]),
        ("{ exists: true }", vec!["", "x"], vec![]),
        ("{ exists: false }", vec![], vec!["", "x"]),
        (
            "{ starts_with: a, ends_with: z }",
            vec!["az"],
            vec!["a", "z"],
        ),
    ] {
        let values =
            |texts: Vec<&str>| -> Vec<Value> { texts.into_iter().map(Value::from).collect() };
        check("string", condition, &values(holding), &values(others));
    }
}

#[test]
fn lists_of_strings() {
    for (condition, holding, others) in [
        (
            "{ contains: admin }",
            json!([["admin"], ["x", "admin"]]),
            json!([[], ["administrator"]]),
        ),
        (
            "{ contains: [a, b] }",
            json!([["b"], ["a", "b"]]),
            json!([["c"]]),
        ),
        ("{ contains: \"\" }", json!([[""]]), json!([[], ["x"]])),
        (
            "{ not_contains: [a, b] }",
            json!([[], ["c", "ab"]]),
            json!([["c", "a"]]),
        ),
        ("{ exists: true }", json!([[], ["x"]]), json!([])),
        ("{ exists: false }", json!([]), json!([[], ["x"]])),
    ] {
        let values = |list: &Value| list.as_array().unwrap().clone();
        check("strings", condition, &values(&holding), &values(&others));
    }
}

/// Rows of a type whose values have an order.
fn check_order(ty: &str, low: &str, middle: &[Value], high: &Value, lower: &Value) {
    let others = [lower.clone(), high.clone()];
    let not_high = [core::slice::from_ref(lower), middle].concat();
    let not_low = [middle, core::slice::from_ref(high)].concat();
    let above = [high.clone()];
    let below = [lower.clone()];
    for (condition, holding, rest) in [
        (low.to_owned(), middle, &others[..]),
        (format!("[{low}]"), middle, &others),
        (format!("{{ equals: {low} }}"), middle, &others),
        (format!("{{ in: [{low}] }}"), middle, &others),
        (format!("{{ not_equals: {low} }}"), &others, middle),
        (format!("{{ not_in: [{low}] }}"), &others, middle),
        (format!("{{ gt: {low} }}"), &above, &not_high),
        (format!("{{ gte: {low} }}"), &not_low, &below),
        (format!("{{ lt: {low} }}"), &below, &not_low),
        (format!("{{ lte: {low} }}"), &not_high, &above),
        (format!("{{ gte: {low}, lte: {low} }}"), middle, &others),
        ("{ exists: true }".to_owned(), &not_low, &[]),
        ("{ exists: false }".to_owned(), &[], &not_low),
    ] {
        check(ty, &condition, holding, rest);
    }
}

#[test]
fn integers() {
    check_order("integer", "5", &[json!(5)], &json!(6), &json!(4));
    check_order(
        "integer",
        "-5",
        &[json!(-5)],
        &json!(i64::MAX),
        &json!(i64::MIN),
    );
    check(
        "integer",
        "{ in: [9, 1, 5, 3, 7, 11, 15, 13] }",
        &[json!(1), json!(15)],
        &[json!(2), json!(16)],
    );
    check(
        "integer",
        "5",
        &[],
        &[json!(5.0), json!("5"), json!(u64::MAX)],
    );
}

#[test]
fn numbers() {
    check_order("number", "0.5", &[json!(0.5)], &json!(1), &json!(-1.5));
    check_order(
        "number",
        "2",
        &[json!(2), json!(2.0)],
        &json!(1e300),
        &json!(1.999),
    );
    check("number", "0", &[json!(0), json!(-0.0)], &[json!(1e-300)]);
    // 2^53 + 1 is no number of 64 bits; the nearest is 2^53.
    check(
        "number",
        "9007199254740992",
        &[json!(9_007_199_254_740_993_i64)],
        &[],
    );
}

#[test]
fn versions() {
    let texts = |texts: &[&str]| -> Vec<Value> { texts.iter().map(|text| json!(text)).collect() };
    check_order(
        "semver",
        "\"2.10\"",
        &texts(&["2.10.0", "v2.10", "02.010.0.0+build"]),
        &json!("2.10.0.1-rc.1"),
        &json!("2.10.0-rc.1"),
    );
    check(
        "semver",
        "{ exists: true }",
        &texts(&["1"]),
        &texts(&["", "x", "1..2", "1-", "V1"]),
    );
    let list = "{ in: [\"3\", \"1.5\", \"2-a\", \"2-10\", \"2-9\"] }";
    check(
        "semver",
        list,
        &texts(&["1.5.0", "2.0.0-9", "2-10"]),
        &texts(&["2", "2-b"]),
    );
}

#[test]
fn timestamps() {
    let texts = |texts: &[&str]| -> Vec<Value> { texts.iter().map(|text| json!(text)).collect() };
    check_order(
        "timestamp",
        "\"2026-01-01T00:00:00Z\"",
        &texts(&["2026-01-01", "2026-01-01t01:00:00.0009+01:00"]),
        &json!("2026-01-01T00:00:00.001Z"),
        &json!("2025-12-31T23:59:59.999Z"),
    );
    let moment = "\"2026-01-01T00:00:00Z\"";
    let (before, on, after) = (
        json!("2025-12-31"),
        json!("2026-01-01"),
        json!("2026-01-02"),
    );
    check(
        "timestamp",
        &format!("{{ before: {moment} }}"),
        core::slice::from_ref(&before),
        &[on.clone(), after.clone()],
    );
    check(
        "timestamp",
        &format!("{{ after: {moment} }}"),
        &[after],
        &[on, before],
    );
    check(
        "timestamp",
        "{ exists: true }",
        &[],
        &texts(&["2026-01-01 00:00:00Z", "2026-01-01T00:00:60Z", "2026"]),
    );
}

#[test]
fn booleans() {
    for (condition, holding) in [
        ("true", true),
        ("{ equals: false }", false),
        ("{ not_equals: false }", true),
        ("{ not_equals: true }", false),
    ] {
        check("boolean", condition, &[json!(holding)], &[json!(!holding)]);
    }
    check(
        "boolean",
        "{ exists: true }",
        &[json!(true), json!(false)],
        &[json!("true"), json!(1)],
    );
    check(
        "boolean",
        "{ exists: false }",
        &[],
        &[json!(true), json!(false)],
    );
}
