//! Forms that are used again, and forms that must not be.

use super::*;

const DOCUMENT: &str = "
version: 1
context: { targeting_key: user_id, attributes: { user_id: string, plan: string, age: integer, team: string } }
segments:
  big: { members: [u-1] }
environments: { production: {} }
flags:
  a: { serve: on }
  b: { rules: [{ if: { plan: x }, serve: on }] }
  new: { rules: [{ if: { team: [t, u] }, rollout: 30% }, { if: { segment: big }, serve: on }] }
  color: { variants: { red: R, green: G }, baseline: red, serve: green }
  newer: { prerequisites: { a: true }, serve: on }
";

/// The flags whose form isn't the one before.
fn compiled_again(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let form = |snapshot: &Snapshot, key: &str| {
        let entry = snapshot.entry(snapshot.find(key)?)?;
        Some(Arc::clone(&entry.form))
    };
    let keys = after.keys().filter(|key| {
        let both = form(before, key).zip(form(after, key));
        !both.is_some_and(|(before, after)| Arc::ptr_eq(&before, &after))
    });
    keys.map(str::to_owned).collect()
}

#[test]
fn a_document_that_changes_one_flag_compiles_one_flag() {
    let all = ["a", "b", "color", "new", "newer"];
    for (what, from, to, expected) in [
        ("nothing", "", "", &["newer"][..]),
        ("a comment", "version", "# a comment\nversion", &["newer"]),
        (
            "one flag",
            "a: { serve: on }",
            "a: { serve: off }",
            &["a", "newer"],
        ),
        ("a name", "  b: ", "  bb: ", &["bb", "newer"]),
        (
            "one more flag",
            "  color:",
            "  c: {}\n  color:",
            &["c", "newer"],
        ),
        ("members", "[u-1]", "[u-2]", &all),
        ("a segment's name", "big", "bigger", &all),
        ("a type", "age: integer", "age: number", &all),
        (
            "an attribute",
            "age: integer",
            "age: integer, size: integer",
            &all,
        ),
        (
            "the unit",
            "targeting_key: user_id",
            "targeting_key: team",
            &all,
        ),
        (
            "what another flag's variants are called",
            "a: { serve: on }",
            "a: { serve: on, killed: true }",
            &["a", "newer"],
        ),
    ] {
        let first = next(&embedded(None), DOCUMENT).snapshot;
        let changed = DOCUMENT.replacen(from, to, usize::MAX);
        let loading = next(&first, &changed);
        let mut again = compiled_again(&first, &loading.snapshot);
        again.sort();
        assert_eq!(again, expected, "{what}");
        let scratch = next(&embedded(None), &changed);
        assert_eq!(
            answers(&loading.snapshot),
            answers(&scratch.snapshot),
            "{what}"
        );
        if loading.problems.is_empty() {
            assert_eq!(
                loading.snapshot.digest(),
                scratch.snapshot.digest(),
                "{what}"
            );
        }
    }
}

#[test]
fn an_overlay_is_compiled_for_its_environment_only() {
    let text = DOCUMENT.replace(
        "a: { serve: on }",
        "a: { serve: on, environments: { production: { serve: off } } }",
    );
    let base = next(&embedded(None), &text).snapshot;
    let production = next(&embedded(Some("production")), &text).snapshot;
    assert_ne!(answers(&base), answers(&production));
    let again = next(&production, &text).snapshot;
    assert_eq!(answers(&again), answers(&production));
    assert_eq!(compiled_again(&production, &again), ["newer"]);
}
