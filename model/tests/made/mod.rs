//! Documents that no page can show: they aren't text, or are too large.

use flagstone_model::{Code, limits};

/// A document with just this mistake, and the same without it.
pub(crate) fn document(code: Code) -> Option<(Vec<u8>, Vec<u8>)> {
    Some(match code {
        Code::NotUtf8 => (
            b"version: 1\nflags:\n  greeting: { description: gr\xfc\xdfe }\n".to_vec(),
            "version: 1\nflags:\n  greeting: { description: grüße }\n".into(),
        ),
        Code::ByteOrderMark => (
            "\u{feff}version: 1\nflags: {}\n".into(),
            "version: 1\nflags: {}\n".into(),
        ),
        Code::DocumentTooLarge => around(of_bytes, limits::DOCUMENT_BYTES),
        Code::TooManyFlags => around(flags, limits::FLAGS),
        Code::TooManyRules => around(rules, limits::RULES),
        Code::TooDeep => around(nested, limits::DEPTH),
        Code::TooManyEntries => around(members, limits::LIST_ENTRIES),
        Code::PatternTooLong => around(pattern, limits::PATTERN_BYTES),
        Code::ChainTooLong => around(chain, limits::CHAIN),
        _ => return None,
    })
}

/// A document one beyond the limit, and one at the limit.
fn around(make: fn(usize) -> String, limit: usize) -> (Vec<u8>, Vec<u8>) {
    (make(limit + 1).into_bytes(), make(limit).into_bytes())
}

/// A document of so many bytes.
pub(crate) fn of_bytes(bytes: usize) -> String {
    let mut document = "version: 1\nflags: {}\n".to_owned();
    while document.len() < bytes {
        let left = bytes - document.len();
        document.push('#');
        document.extend(core::iter::repeat_n('x', left.min(80).saturating_sub(2)));
        document.push('\n');
    }
    document.truncate(bytes);
    document
}

/// A document of so many flags.
pub(crate) fn flags(count: usize) -> String {
    let flags = (0..count).map(|number| format!("  flag_{number}: {{}}\n"));
    "version: 1\nflags:\n".to_owned() + &flags.collect::<String>()
}

/// A flag of so many rules.
pub(crate) fn rules(count: usize) -> String {
    let rule = "      - { if: { segment: everyone }, serve: on }\n";
    "version: 1\nflags:\n  new_dashboard:\n    rules:\n".to_owned() + &rule.repeat(count)
}

/// Lists inside each other, so deep with the document's own mappings.
pub(crate) fn nested(depth: usize) -> String {
    // The document, `flags`, the flag, and `variants` are mappings around the value.
    let (open, close) = ("[".repeat(depth - 4), "]".repeat(depth - 4));
    format!(
        "version: 1\nflags:\n  layout:\n    type: json\n    baseline: deep\n    variants:\n      deep: {open}{close}\n"
    )
}

/// A segment of so many members, ten on a line.
pub(crate) fn members(count: usize) -> String {
    let mut document = "version: 1\nsegments:\n  beta_testers:\n    members: [\n".to_owned();
    for number in 0..count {
        let end = if number % 10 == 9 { ",\n" } else { ", " };
        document.extend(["u-", &number.to_string(), end]);
    }
    document + "    ]\nflags: {}\n"
}

/// A regular expression of so many bytes.
pub(crate) fn pattern(bytes: usize) -> String {
    let pattern = "a".repeat(bytes);
    format!(
        "version: 1\ncontext:\n  attributes: {{ email: string }}\nsegments:\n  staff:\n    if:\n      email:\n        matches: {pattern}\nflags: {{}}\n"
    )
}

/// So many flags, each but the first asking the one before it.
pub(crate) fn chain(length: usize) -> String {
    let flags = (2..=length).map(|number| {
        let before = number - 1;
        format!("  flag_{number}: {{ prerequisites: {{ flag_{before}: on }} }}\n")
    });
    "version: 1\nflags:\n  flag_1: {}\n".to_owned() + &flags.collect::<String>()
}
