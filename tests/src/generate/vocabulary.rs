//! The few values that documents and contexts share, so that conditions often hold.

use serde_json::{Value, json};

use super::Random;
use super::moment;
use super::schema::{Attribute, Type};

const TEXTS: [&str; 16] = [
    "US",
    "UK",
    "DE",
    "free",
    "premium",
    "enterprise",
    "größe",
    "Ünï",
    "e\u{301}",
    "é",
    "true",
    "007",
    "a b",
    "x@example.com",
    "bob@example.org",
    "🦀",
];
const PARTS: [&str; 12] = [
    "e",
    "a",
    "U",
    "r",
    "ö",
    "@",
    "@example.",
    ".com",
    "pre",
    "u-",
    " ",
    "\u{301}",
];
const PATTERNS: [&str; 12] = [
    "^u-[0-9]+$",
    "e$",
    "^p",
    "(?i)PREMIUM",
    "ö|ï",
    "^$",
    "[A-Z]{2}",
    "x@|bob@",
    "(?s)^a.b$",
    "^.$",
    "@example[.](com|org)$",
    "(?-u:\\d)",
];
const INTEGERS: [i64; 14] = [
    i64::MIN,
    -4_611_686_018_427_387_904,
    -6,
    -1,
    0,
    1,
    3,
    5,
    45,
    49,
    100,
    9_007_199_254_740_992,
    9_007_199_254_740_993,
    i64::MAX,
];
const DECIMALS: [f64; 12] = [
    -1e308, -1.25, -0.0, 0.0, 5e-324, 0.0025, 0.1, 0.5, 5.0, 45.5, 1e9, 1e20,
];
const VERSIONS: [&str; 24] = [
    "0",
    "1",
    "v1",
    "1.0",
    "1.0.0",
    "v1.2",
    "1.2.3",
    "1.2.3-1",
    "1.2.3-01",
    "1.2.3-10",
    "1.2.3-18446744073709551616",
    "1.2.3-0a",
    "1.2.3-alpha",
    "1.2.3-alpha.1",
    "1.2.3-alpha.beta",
    "1.2.3-rc.1+b-5",
    "1.2.3--",
    "01.002.3",
    "1.10.0",
    "2.0.0+build.5",
    "2.0.0.0",
    "5.10.0.1234",
    "v2-beta",
    "18446744073709551615.0",
];
const NO_VERSIONS: [&str; 14] = [
    "",
    "v",
    "V1",
    "1.x",
    "1.",
    "1..2",
    "1-",
    "1.2.3-a..b",
    "1.2.3.4.5",
    "18446744073709551616",
    "+1",
    "1.-2",
    " 1",
    "1.2.3-+b",
];
const ODD_TIMES: [&str; 18] = [
    "0000-02-29",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-23:59",
    "2000-02-29",
    "1900-02-29",
    "2025-02-30",
    "2026-06-15 00:00:00Z",
    "2026-06-15T00:00:00",
    "2026-06-15T23:59:60Z",
    "2026-06-15T24:00:00Z",
    "2026-06-15T00:00:00+0530",
    "2026-06-15T00:00:00.Z",
    "2026-06-15T00:00:00+24:00",
    "2026-6-5",
    "20260615",
    "2026-06-15Z",
    "",
];

/// A value that an equality or an order compares with.
pub(super) fn operand(random: &mut Random, attribute: &Attribute, now: i64) -> Value {
    match attribute.ty {
        Type::String if !attribute.values.is_empty() => random.pick(&attribute.values).into(),
        Type::String if attribute.is_targeting_key && random.chance(80) => unit(random).into(),
        Type::String | Type::Strings => random.pick(&TEXTS).into(),
        Type::Integer => random.pick(&INTEGERS).into(),
        Type::Number if random.chance(5) => u64::MAX.into(),
        Type::Number if random.chance(40) => random.pick(&INTEGERS).into(),
        Type::Number => random.pick(&DECIMALS).into(),
        Type::Boolean => random.chance(50).into(),
        Type::Timestamp => time(random, now).into(),
        Type::Semver => random.pick(&VERSIONS).into(),
    }
}

/// A text that is searched for; never empty.
pub(super) fn part(random: &mut Random, attribute: &Attribute) -> Value {
    let whole = if attribute.values.is_empty() {
        random.pick(&TEXTS).to_owned()
    } else {
        random.pick(&attribute.values)
    };
    match attribute.ty {
        Type::String if attribute.values.is_empty() && random.chance(70) => {
            random.pick(&PARTS).into()
        }
        Type::String if !attribute.values.is_empty() && random.chance(70) => {
            let length = 1 + random.below(3);
            whole.chars().take(length).collect::<String>().into()
        }
        _ => whole.into(),
    }
}

/// A regular expression.
pub(super) fn pattern(random: &mut Random) -> Value {
    random.pick(&PATTERNS).into()
}

/// A text for a variant.
pub(super) fn text(random: &mut Random) -> Value {
    match random.below(12) {
        0 => "".into(),
        1 => "two\nlines\n".into(),
        2 => " # 'no' comment: \"x\"\t\\ ".into(),
        _ => random.pick(&TEXTS).into(),
    }
}

/// An integer for a variant or an attribute.
pub(super) fn integer(random: &mut Random) -> i64 {
    random.pick(&INTEGERS)
}

/// A number with a point, for a variant or an attribute.
pub(super) fn decimal(random: &mut Random) -> f64 {
    random.pick(&DECIMALS)
}

/// Something for a `json` variant.
pub(super) fn json(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!({ "page": integer(random), "max": decimal(random) }),
        2 => json!([1, "x", null, { "deep": [[], {}] }]),
        3 => json!({ "on": true, "": [false], "größe": text(random) }),
        4 => json!({}),
        5 => random.chance(50).into(),
        6 => integer(random).into(),
        _ => text(random),
    }
}

/// A unit that documents list and contexts have.
pub(super) fn unit(random: &mut Random) -> String {
    match random.below(20) {
        0 => "größe-42".to_owned(),
        1 => "550e8400-e29b-41d4-a716-446655440000".to_owned(),
        2 => random.pick(&["true", "1.5", "007", "a b", "-0"]).to_owned(),
        3 => random
            .pick(&["18446744073709551615", "-9223372036854775808"])
            .to_owned(),
        4..7 => random.pick(&["0", "7", "-3", "42"]).to_owned(),
        _ => format!("u-{}", random.below(12)),
    }
}

/// A time or a day, near the time of the questions.
fn time(random: &mut Random, now: i64) -> String {
    let near = moment::near(random, now);
    if random.chance(20) {
        moment::date(near)
    } else {
        moment::written(random, near)
    }
}

/// What a context says about an attribute: mostly of its type, at times odd, wrong or null.
pub(super) fn value(random: &mut Random, attribute: &Attribute, now: i64) -> Value {
    match random.below(20) {
        0 => Value::Null,
        1 => odd(random, attribute.ty),
        2 => wrong(random),
        _ => proper(random, attribute, now),
    }
}

fn proper(random: &mut Random, attribute: &Attribute, now: i64) -> Value {
    match attribute.ty {
        Type::Strings => {
            let count = random.below(4);
            (0..count).map(|_| random.pick(&TEXTS)).collect()
        }
        Type::Integer | Type::Number if random.chance(30) => random.below(110).into(),
        _ => operand(random, attribute, now),
    }
}

/// A value that is just inside or just outside of its type.
fn odd(random: &mut Random, ty: Type) -> Value {
    match ty {
        Type::String => random.pick(&["", "gold", "\u{0}", "PREMIUM"]).into(),
        Type::Integer | Type::Number => match random.below(4) {
            0 => 5.0.into(),
            1 => (1_u64 << 63).into(),
            2 => 1e300.into(),
            _ => "5".into(),
        },
        Type::Boolean => random.pick(&["true", "on"]).into(),
        Type::Timestamp => random.pick(&ODD_TIMES).into(),
        Type::Semver => random.pick(&NO_VERSIONS).into(),
        Type::Strings => match random.below(3) {
            0 => json!(["premium", 5]),
            1 => json!(["", "premium", "premium"]),
            _ => json!([null]),
        },
    }
}

fn wrong(random: &mut Random) -> Value {
    match random.below(8) {
        0 => json!({ "a": 1 }),
        1 => json!([]),
        2 => random.chance(50).into(),
        3 => integer(random).into(),
        4 => decimal(random).into(),
        5 => json!(["US", ["UK"]]),
        6 => "".into(),
        _ => random.pick(&TEXTS).into(),
    }
}
