//! A crate outside of the workspace, as a user has it, with flagstone taken from the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text of the fenced block behind a line of a page.
pub(crate) fn block_behind<'p>(page: &'p str, line: &str) -> &'p str {
    let (_, behind) = page
        .split_once(line)
        .unwrap_or_else(|| panic!("the page has no `{line}`"));
    let (_, behind) = behind.split_once("```").unwrap();
    let (_, text) = behind.split_once('\n').unwrap();
    text.split_once("\n```").unwrap().0
}

/// The crate.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// A crate with this `Cargo.toml`.
    pub(crate) fn new(name: &str, manifest: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        // The versions that the workspace was tried with, and that are on this machine already.
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let scratch = Self { folder };
        scratch.write("Cargo.toml", &patched(manifest));
        scratch
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), format!("{text}\n")).unwrap();
    }

    /// What cargo prints: whether it succeeds, its standard output and its standard error.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet", "--color=never"])
            .current_dir(&self.folder)
            // One folder for all, so that what they depend on is built once.
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch-target"),
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

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A manifest that takes flagstone from the workspace.
pub(crate) fn patched(manifest: &str) -> String {
    let patch = |package: &str, path: &str| {
        let path = workspace().join(path);
        format!("{package} = {{ path = '{}' }}\n", path.display())
    };
    [
        manifest,
        "\n\n[workspace]\n\n[patch.crates-io]\n",
        &patch("flagstone", "runtime"),
        &patch("flagstone-build", "build-support"),
    ]
    .concat()
}
