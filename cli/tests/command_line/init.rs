//! `flagstone init`.

use std::path::Path;
use std::process::Command;

use crate::command::{folder, run, run_in};

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A crate as `cargo new` makes it.
fn new_crate(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    std::fs::create_dir(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/main.rs"), "//! A shop.\n\nfn main() {}\n").unwrap();
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies] # none yet\n\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    folder
}

#[test]
fn a_crate_is_made_ready_and_compiles() {
    let folder = new_crate("init");
    let shown = run_in(&folder, &["init"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    assert!(
        shown
            .stdout
            .ends_with("nothing is written yet; `--yes` does it\n"),
        "{}",
        shown.stdout
    );
    assert!(!folder.join("flags.yaml").exists());
    let done = run_in(&folder, &["init", "--yes"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        read(&folder, "Cargo.toml").contains("[dependencies] # none yet\nflagstone = \"0.1\"\n")
    );
    assert_eq!(
        read(&folder, "src/main.rs"),
        "//! A shop.\n\nflagstone::include_flags!();\n\nfn main() {}\n"
    );
    let texts =
        || ["Cargo.toml", "build.rs", "flags.yaml", "src/main.rs"].map(|name| read(&folder, name));
    let before = texts();
    let again = run_in(&folder, &["init", "--yes"]);
    assert_eq!(
        (again.code, &*again.stdout),
        (Some(0), "there is nothing to change\n")
    );
    assert_eq!(texts(), before);
    compiles(&folder);
}

/// Checks a crate with cargo, with this repository's crates in the place of published ones.
fn compiles(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let patch = |name: &str, of: &str| {
        let path = root.join(of).canonicalize().unwrap();
        format!("patch.crates-io.{name}.path={:?}", path.to_str().unwrap())
    };
    let ran = Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(["check", "--offline", "--quiet"])
        .args(["--config", &patch("flagstone", "runtime")])
        .args(["--config", &patch("flagstone-build", "build-support")])
        .env(
            "CARGO_TARGET_DIR",
            folder.parent().unwrap().join("init-target"),
        )
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn what_is_there_stays() {
    let folder = new_crate("init-merged");
    std::fs::write(folder.join("build.rs"), "fn main() { other(); }\n").unwrap();
    std::fs::write(folder.join("flags.yaml"), "version: 1\nflags: {}\n").unwrap();
    let ran = run_in(&folder, &["init", "--yes"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let note = "build.rs: there is a build script already; add `flagstone_build::generate(\"flags.yaml\");` to its `main`\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
    assert_eq!(read(&folder, "build.rs"), "fn main() { other(); }\n");
    assert_eq!(read(&folder, "flags.yaml"), "version: 1\nflags: {}\n");
    assert!(read(&folder, "src/main.rs").contains("include_flags!"));
}

#[test]
fn what_is_no_crate_is_told() {
    let empty = folder("init-empty");
    let workspace = folder("init-workspace");
    std::fs::write(workspace.join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let broken = folder("init-broken");
    std::fs::write(broken.join("Cargo.toml"), "[package\n").unwrap();
    for (folder, message) in [
        (empty, "run this in the folder of a crate, or name one"),
        (
            workspace,
            "it has no `[package]`; name the folder of one of the workspace's crates",
        ),
        (broken, "it is no TOML: "),
    ] {
        let ran = run(&["init", folder.to_str().unwrap(), "--yes"], b"");
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains(message), "{message} in {}", ran.stderr);
    }
}
