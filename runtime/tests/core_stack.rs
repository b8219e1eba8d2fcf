//! The longest chains of the most deeply nested conditions are loaded, compiled, answered, explained and dropped on the
//! stack that a thread usually has.

use flagstone::{Attributes, Snapshot, Timestamp};
use flagstone_model::limits;

const STACK: usize = 2 * 1024 * 1024;

/// Nests a condition in as many lists, each of which is a condition, as a rule of a flag has room for.
fn nested(condition: &str, around: usize) -> String {
    let levels = limits::DEPTH - around;
    format!("{}{condition}{}", "[".repeat(levels), "]".repeat(levels))
}

/// A chain of flags, each of which asks about the next.
fn flags() -> String {
    let flags = (0..limits::CHAIN).map(|index| {
        let next = index + 1;
        let rule = if next < limits::CHAIN {
            // The document, the flags, the flag, its rules, the rule; the condition, what it asks.
            nested(&format!("{{ flag: {{ f{next}: on }} }}"), 7)
        } else {
            nested("{ segment: everyone }", 6)
        };
        format!("  f{index}: {{ rules: [{{ if: {rule}, serve: on }}] }}\n")
    });
    format!("version: 1\nflags:\n{}", flags.collect::<String>())
}

/// A flag in front of a chain of segments, at whose end `last` stands.
fn segments(last: &str) -> String {
    let length = limits::CHAIN - 2;
    let segments = (0..length).map(|index| {
        let next = index + 1;
        let condition = if next < length {
            // The document, the segments, the segment; the condition.
            nested(&format!("{{ segment: s{next} }}"), 4)
        } else {
            last.to_owned()
        };
        format!("  s{index}: {{ if: {condition} }}\n")
    });
    let segments: String = segments.collect();
    let rule = nested("{ segment: s0 }", 6);
    let flags =
        format!("  f0: {{ rules: [{{ if: {rule}, serve: on }}] }}\n  end: {{ rollout: 99% }}\n");
    format!("version: 1\nsegments:\n{segments}flags:\n{flags}")
}

#[test]
fn two_mebibytes_of_stack_are_enough() {
    let documents = [
        ("flags", flags(), "on"),
        (
            "segments",
            segments("{ now: { after: 2026-01-01T00:00:00Z } }"),
            "on",
        ),
        (
            "segments that ask a flag",
            segments("{ flag: { end: [on, off] } }"),
            "on",
        ),
    ];
    for (what, document, expected) in documents {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let answer = thread.spawn(move || {
            let loaded = flagstone::load("flags.yaml", document.as_bytes());
            let definition = loaded
                .definition()
                .unwrap_or_else(|| panic!("{what}: {:?}", loaded.diagnostics().first()));
            let before = Timestamp::from_milliseconds(0);
            let now = "2026-06-01T00:00:00Z".parse().unwrap();
            let snapshot = Snapshot::new(definition, None, before).unwrap();
            let snapshot = snapshot.with_source(&loaded.source);
            let explanation = snapshot.explain("f0", &Attributes::new().set("user_id", "u"), now);
            assert!(explanation.to_string().len() > 1_000, "{what}");
            assert!(explanation.to_json().is_object(), "{what}");
            let answer = snapshot.evaluate("f0", &Attributes::new().set("user_id", "u"), now);
            answer.variant.map(str::to_owned)
        });
        let answer = answer.unwrap().join().expect("the stack is large enough");
        assert_eq!(answer.as_deref(), Some(expected), "{what}");
    }
}
