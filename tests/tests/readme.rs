//! The README's first use works when it is copied, and its mistakes print what it says.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// The text of the fenced block behind a line of the README.
fn block_behind(line: &str) -> &'static str {
    let (_, behind) = README
        .split_once(line)
        .unwrap_or_else(|| panic!("the README has no `{line}`"));
    let (_, behind) = behind.split_once("```").unwrap();
    let (_, text) = behind.split_once('\n').unwrap();
    text.split_once("\n```").unwrap().0
}

/// A copy of the README's crate, outside the workspace, with flagstone taken from the workspace.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fs::create_dir_all(folder.join("src")).unwrap();
        let patched = |package: &str, path: &str| {
            format!(
                "{package} = {{ path = '{}' }}\n",
                workspace.join(path).display()
            )
        };
        let manifest = [
            block_behind("`Cargo.toml`:"),
            "\n\n[workspace]\n\n[patch.crates-io]\n",
            &patched("flagstone", "runtime"),
            &patched("flagstone-build", "build-support"),
        ]
        .concat();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // The versions that the workspace was tried with, and that are on this machine already.
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let scratch = Self { folder };
        for (file, line) in [
            ("build.rs", "`build.rs`:"),
            ("flags.yaml", "`flags.yaml`:"),
            ("src/main.rs", "`src/main.rs`:"),
        ] {
            scratch.write(file, block_behind(line));
        }
        scratch
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), format!("{text}\n")).unwrap();
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(self.folder.join(file), text.replace(from, to)).unwrap();
    }

    /// What cargo prints: whether it succeeds, its standard output and its standard error.
    fn cargo(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet", "--color=never"])
            .current_dir(&self.folder)
            // One folder for all, so that what they depend on is built once.
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-target"),
            )
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.success(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

/// One crate, changed step by step: crates of one name would share what cargo knows of them.
#[test]
fn the_first_use_works_and_its_mistakes_print_what_is_shown() {
    let scratch = Scratch::new("readme");
    first_use(&scratch);
    unknown_flag(&scratch);
    mistakes_of_the_document(&scratch);
}

fn first_use(scratch: &Scratch) {
    let (succeeds, stdout, stderr) = scratch.cargo(&["run"]);
    assert!(succeeds, "{stderr}");
    assert_eq!(stdout.trim_end(), block_behind("`cargo run` prints"));
    assert_eq!(stderr, "", "nothing warns");
}

fn unknown_flag(scratch: &Scratch) {
    scratch.change("src/main.rs", "\"new_dashboard\"", "\"new_dashbord\"");
    let (succeeds, _, stderr) = scratch.cargo(&["check"]);
    assert!(!succeeds);
    let shown = block_behind("A flag that doesn't exist, in Rust:");
    assert!(stderr.starts_with(shown), "{stderr}");
    scratch.change("src/main.rs", "\"new_dashbord\"", "\"new_dashboard\"");
}

fn mistakes_of_the_document(scratch: &Scratch) {
    scratch.change("flags.yaml", "plan: premium", "plan: premum");
    scratch.change("flags.yaml", "rollout: 25%", "rollout: 25");
    let (succeeds, _, stderr) = scratch.cargo(&["check"]);
    assert!(!succeeds);
    let shown = block_behind("Mistakes in `flags.yaml`, all of them in one build:");
    assert!(stderr.starts_with(shown), "{stderr}");
}
