//! Section 7: limits, each with its own error, and documents made to be slow.

use std::time::{Duration, Instant};

use super::*;

/// Long enough for a slow machine without optimisation, and far shorter than what quadratic work takes.
const AT_MOST: Duration = Duration::from_mins(1);

/// Loads a document and gives its first code.
fn first_code(what: &str, document: &str) -> Option<Code> {
    let start = Instant::now();
    let loaded = load("flags.yaml", document.as_bytes());
    let took = start.elapsed();
    assert!(took < AT_MOST, "{what} took {took:?}");
    loaded.diagnostics().first().map(|mistake| mistake.code)
}

#[test]
fn what_is_at_a_limit_is_taken_and_what_is_beyond_is_refused() {
    for code in [
        DocumentTooLarge,
        TooManyFlags,
        TooManyRules,
        TooDeep,
        TooManyEntries,
        PatternTooLong,
        ChainTooLong,
    ] {
        let (beyond, within) = made::document(code).expect("there is such a document");
        let [beyond, within] =
            [beyond, within].map(|bytes| String::from_utf8(bytes).expect("it is text"));
        assert_eq!(first_code(code.id(), &beyond), Some(code));
        assert_eq!(first_code(code.id(), &within), None, "{code}, at the limit");
    }
}

#[test]
fn every_list_is_limited() {
    let list = |entry: &str| vec![entry; 100_001].join(",");
    for (what, document) in [
        ("tags", flag(&format!("{{ tags: [{}] }}", list("a")))),
        (
            "overrides",
            flag(&format!("{{ overrides: {{ on: [{}] }} }}", list("a"))),
        ),
        (
            "in",
            condition(&format!("{{ country: {{ in: [{}] }} }}", list("a"))),
        ),
        (
            "the short form",
            condition(&format!("{{ age: [{}] }}", list("1"))),
        ),
        (
            "segment",
            condition(&format!("{{ segment: [{}] }}", list("staff"))),
        ),
        (
            "any",
            condition(&format!("{{ any: [{}] }}", list("{segment: staff}"))),
        ),
        (
            "a condition",
            condition(&format!("[{}]", list("{segment: staff}"))),
        ),
        (
            "split",
            flag(&format!("{{ split: [{}] }}", list("{on: 1}"))),
        ),
    ] {
        assert_eq!(first_code(what, &document), Some(TooManyEntries), "{what}");
    }
}

#[test]
fn overlays_have_limits_of_their_own() {
    let rule = "{ if: { segment: staff }, serve: on }";
    let rules = |count: usize| vec![rule; count].join(", ");
    let within = flag(&format!(
        "{{ rules: [{0}], environments: {{ staging: {{ rules: [{0}] }} }} }}",
        rules(1_000)
    ));
    assert_eq!(first_code("1 000 rules twice", &within), None);
    let beyond = flag(&format!(
        "{{ environments: {{ staging: {{ rules: [{}] }} }} }}",
        rules(1_001)
    ));
    assert_eq!(first_code("1 001 rules", &beyond), Some(TooManyRules));
}

/// Segments of which each names the one before it so many times.
fn multiplied(levels: usize, times: usize) -> String {
    let segments = (1..=levels).map(|level| {
        let names = vec![format!("s{}", level - 1); times].join(", ");
        format!("  s{level}: {{ if: {{ segment: [{names}] }} }}\n")
    });
    let start = "version: 1\nflags: {}\nsegments:\n  s0: { members: [u] }\n";
    start.to_owned() + &segments.collect::<String>()
}

#[test]
fn references_that_multiply_are_limited() {
    assert_eq!(first_code("1 111 references", &multiplied(3, 10)), None);
    assert_eq!(
        first_code("111 111 references", &multiplied(5, 10)),
        Some(TooManyReferences)
    );
    assert_eq!(
        first_code("2^60 references", &multiplied(60, 2)),
        Some(TooManyReferences)
    );
}

#[test]
fn a_regular_expression_stays_small_when_it_is_compiled() {
    for (pattern, code) in [
        (r"\w{20}", None),
        (r"\w{500}", Some(PatternTooBig)),
        (r"(((a{100}){100}){100}){100}", Some(PatternTooBig)),
    ] {
        let document = condition(&format!("{{ country: {{ matches: '{pattern}' }} }}"));
        assert_eq!(first_code(pattern, &document), code, "{pattern}");
    }
}

/// Joins what is made for each number.
fn repeated(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

#[test]
fn documents_that_are_made_to_be_slow_are_not() {
    let document = |rest: &str| format!("version: 1\n{rest}");
    let segments = |count: usize| {
        repeated(count, |at| {
            format!("  s{}: {{ if: {{ segment: s{at} }} }}\n", at + 1)
        })
    };
    for (what, document, code) in [
        ("brackets", "[".repeat(1_000_000), Some(TooDeep)),
        ("braces of JSON", "{\"a\":".repeat(200_000), Some(TooDeep)),
        ("dashes", "- ".repeat(100_000), Some(TooDeep)),
        (
            "one key many times",
            document(&format!("flags:\n{}", "  a: {}\n".repeat(50_000))),
            Some(DuplicateKey),
        ),
        (
            "unknown keys",
            document(&format!(
                "flags:\n{}",
                repeated(20_000, |at| format!("  f{at}: {{ rolout: 5% }}\n"))
            )),
            Some(UnknownKey),
        ),
        (
            "unknown keys on one line",
            document(&format!(
                "flags: {{ {} }}\n",
                repeated(20_000, |at| format!("f{at}: {{ rolout: 5% }}, "))
            )),
            Some(UnknownKey),
        ),
        (
            "unknown flags",
            document(&format!(
                "flags:\n{}",
                repeated(20_000, |at| format!(
                    "  f{at}: {{ prerequisites: {{ g{at}: on }} }}\n"
                ))
            )),
            Some(UnknownFlag),
        ),
        (
            "a chain of wrong segments",
            document(&format!(
                "segments:\n  s0: {{ if: {{}} }}\n{}flags: {{ a: {{ rules: [{{ if: {{ segment: s20000 }}, serve: on }}] }} }}\n",
                segments(20_000)
            )),
            Some(Emptiness),
        ),
        (
            "a circle of segments",
            document(&format!(
                "flags: {{}}\nsegments:\n  s0: {{ if: {{ segment: s20000 }} }}\n{}",
                segments(20_000)
            )),
            Some(Circle),
        ),
        (
            "a long closed list",
            document(&format!(
                "context: {{ attributes: {{ a: {{ type: string, values: [{}] }} }} }}\nsegments: {{ s: {{ if: {{ a: [{}] }} }} }}\nflags: {{}}\n",
                repeated(30_000, |at| format!("v{at}, ")),
                repeated(30_000, |at| format!("v{}, ", 29_999 - at))
            )),
            None,
        ),
        (
            "many variants",
            document(&format!(
                "flags:\n  a:\n    baseline: v0\n    variants: {{ {} }}\n    split: {{ {} }}\n",
                repeated(30_000, |at| format!("v{at}: 1, ")),
                repeated(30_000, |at| format!("v{}: 1, ", 29_999 - at))
            )),
            None,
        ),
        (
            "many overlays",
            document(&format!(
                "environments: {{ {} }}\nflags:\n  a:\n    rules: [{}]\n    environments: {{ {} }}\n",
                repeated(20_000, |at| format!("e{at}: {{}}, ")),
                "{ if: { segment: everyone }, rollout: 5% }, ".repeat(1_000),
                repeated(20_000, |at| format!("e{at}: {{ killed: false }}, "))
            )),
            None,
        ),
        (
            "many large patterns",
            document(&format!(
                "context: {{ attributes: {{ a: string }} }}\nsegments: {{ s: {{ if: {{ a: {{ matches: [{}] }} }} }} }}\nflags: {{}}\n",
                repeated(2_000, |at| format!("'\\w{{{}}}', ", 50 + at % 900))
            )),
            Some(PatternTooBig),
        ),
    ] {
        assert_eq!(first_code(what, &document), code, "{what}");
    }
}
