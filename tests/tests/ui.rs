//! Mistakes in gates: each is an error at the token that is wrong, and has a twin in `pass/` that compiles.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

mod twins;

// A gate asks the module of this name at the crate's root, which for the twins is here.
use fixture_shop::flags;

#[test]
fn mistakes_are_errors_at_their_place() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/fail/*.rs");
}

/// The cases of a folder: `unknown_flag/typo` and so on.
fn cases(folder: &str) -> BTreeSet<String> {
    let files = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let mut cases = BTreeSet::new();
    for kind in files(&ui) {
        for file in files(&kind.join(folder)) {
            if file.extension().is_some_and(|ending| ending == "rs") {
                cases.insert(format!("{}/{}", name(&kind), name(&file)));
            }
        }
    }
    cases
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

#[test]
fn every_mistake_has_a_twin_that_is_compiled_here() {
    let twins: BTreeSet<String> = twins::ALL.iter().map(|twin| (*twin).to_owned()).collect();
    assert_eq!(cases("pass"), twins);
    assert_eq!(cases("fail"), twins);
}
