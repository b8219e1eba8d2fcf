//! The README's first use works when it is copied, and its mistakes print what it says.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

mod scratch;

use scratch::{Scratch, block_behind, patched};

const README: &str = include_str!("../../README.md");

/// What the README shows for a file of its crate.
fn shown(file: &str) -> String {
    let text = block_behind(README, &format!("`{file}`:"));
    if file == "Cargo.toml" {
        patched(text)
    } else {
        text.to_owned()
    }
}

/// Changes a file of the README's crate.
fn change(scratch: &Scratch, file: &str, changes: &[(&str, &str)]) {
    let mut text = shown(file);
    for (from, to) in changes {
        assert!(text.contains(from), "{file} has no {from}");
        text = text.replace(from, to);
    }
    scratch.write(file, &text);
}

/// One crate, changed step by step: crates of one name would share what cargo knows of them.
#[test]
fn the_first_use_works_and_its_mistakes_print_what_is_shown() {
    let scratch = Scratch::new("readme", block_behind(README, "`Cargo.toml`:"));
    for file in ["build.rs", "flags.yaml", "src/main.rs"] {
        scratch.write(file, &shown(file));
    }
    first_use(&scratch);
    forgotten_steps(&scratch);
    unknown_flag(&scratch);
    mistakes_of_the_document(&scratch);
}

fn first_use(scratch: &Scratch) {
    let (succeeds, stdout, stderr) = scratch.cargo(&["run"]);
    assert!(succeeds, "{stderr}");
    assert_eq!(
        stdout.trim_end(),
        block_behind(README, "`cargo run` prints")
    );
    assert_eq!(stderr, "", "nothing warns");
}

/// What somebody reads who left out a step names the step.
fn forgotten_steps(scratch: &Scratch) {
    for (file, from, to, said) in [
        (
            "build.rs",
            "flagstone_build::generate(\"flags.yaml\");",
            "",
            "error: the flags `flags` of this crate were not generated\n       add flagstone-build to [build-dependencies] in Cargo.toml, and beside it a build.rs:\n",
        ),
        (
            "Cargo.toml",
            "edition = \"2024\"",
            "edition = \"2024\"\nbuild = false",
            "error: the flags `flags` of this crate were not generated\n",
        ),
        (
            "Cargo.toml",
            "[build-dependencies]\nflagstone-build = \"0.1\"",
            "",
            "use of unresolved module or unlinked crate `flagstone_build`",
        ),
        (
            "src/main.rs",
            "flagstone::include_flags!();\n",
            "",
            "could not find `flags` in the crate root",
        ),
    ] {
        change(scratch, file, &[(from, to)]);
        let (succeeds, _, stderr) = scratch.cargo(&["check"]);
        assert!(!succeeds && stderr.contains(said), "{file}, {to}: {stderr}");
        scratch.write(file, &shown(file));
    }
}

fn unknown_flag(scratch: &Scratch) {
    change(
        scratch,
        "src/main.rs",
        &[("\"new_dashboard\"", "\"new_dashbord\"")],
    );
    let (succeeds, _, stderr) = scratch.cargo(&["check"]);
    assert!(!succeeds);
    let expected = block_behind(README, "A flag that doesn't exist, in Rust:");
    assert!(stderr.starts_with(expected), "{stderr}");
    scratch.write("src/main.rs", &shown("src/main.rs"));
}

fn mistakes_of_the_document(scratch: &Scratch) {
    change(
        scratch,
        "flags.yaml",
        &[
            ("plan: premium", "plan: premum"),
            ("rollout: 25%", "rollout: 25"),
        ],
    );
    let (succeeds, _, stderr) = scratch.cargo(&["check"]);
    assert!(!succeeds);
    let expected = block_behind(
        README,
        "Mistakes in `flags.yaml`, all of them in one build:",
    );
    assert!(stderr.starts_with(expected), "{stderr}");
}
