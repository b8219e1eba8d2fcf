//! Documents that are held for kept forms, and those that are let go.

use super::*;

#[test]
fn the_oldest_documents_go_and_the_forms_stay() {
    let wrong = |keys: &[&str]| {
        let mut text = EMBEDDED.replace("serve: green", "serve: red");
        for key in keys {
            text = text.replace(&format!("  {key}: {{"), &format!("  {key}: {{ wrong: 1,"));
        }
        text
    };
    // Each document breaks one flag more, which stays as the document before had it.
    let mut snapshot = next(&embedded(None), EMBEDDED).snapshot;
    for keys in [&["a"][..], &["a", "b"], &["a", "b", "color"]] {
        snapshot = next(&snapshot, &wrong(keys)).snapshot;
    }
    let size = HEAD.len() + EMBEDDED.len();
    for (bytes, expected) in [
        (usize::MAX, &[][..]),
        (4 * size, &[]),
        (5 * size / 2, &["a"]),
        (0, &["a", "b"]),
    ] {
        let mut bounded = snapshot.with_kills(&Kills::default(), NOW);
        bounded.let_go(bytes);
        let without = bounded.without_document();
        let without: Vec<&str> = without.iter().map(|key| &**key).collect();
        assert_eq!(without, expected, "{bytes}");
        assert_eq!(answers(&bounded), answers(&snapshot), "{bytes}");
        assert_eq!(bounded.digest(), snapshot.digest(), "{bytes}");
        let held: usize = bounded.kept().iter().map(|kept| kept.flags.len()).sum();
        assert_eq!(held, 3 - expected.len(), "{bytes}");
        // What comes later doesn't bring them back.
        let later = next(&bounded, &wrong(&["a", "b", "color"])).snapshot;
        assert_eq!(later.without_document().len(), expected.len(), "{bytes}");
    }
}
