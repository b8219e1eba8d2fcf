//! Where the build script runs, and how paths are shown.

use std::path::{Component, Path, PathBuf};

/// What cargo tells a build script.
#[derive(Debug)]
pub(crate) struct Environment {
    /// The folder of the package, to which paths are relative.
    pub(crate) package: PathBuf,
    pub(crate) package_name: String,
    /// Where generated files go; nothing outside of build scripts.
    pub(crate) out_dir: Option<PathBuf>,
}

impl Environment {
    pub(crate) fn of_build_script() -> Self {
        let variable = |name| std::env::var_os(name);
        Self {
            package: variable("CARGO_MANIFEST_DIR")
                .map(PathBuf::from)
                .unwrap_or_default(),
            package_name: std::env::var("CARGO_PKG_NAME").unwrap_or_default(),
            out_dir: variable("OUT_DIR").map(PathBuf::from),
        }
    }
}

/// A document's path as reports show it: relative to the workspace, where editors and people look from.
pub(crate) fn shown(environment: &Environment, path: &Path) -> String {
    let path = normal(&environment.package.join(path));
    let root = workspace(&environment.package);
    let relative = path.strip_prefix(&root).unwrap_or(&path);
    relative.display().to_string().replace('\\', "/")
}

/// The folder of the workspace: as cargo finds it, the nearest one upwards whose manifest has a workspace, from the package
/// itself on; the package where there is none.
fn workspace(package: &Path) -> PathBuf {
    let has_workspace = |folder: &&Path| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml"));
        let is_section = |line: &str| line.trim_start().starts_with("[workspace");
        manifest.is_ok_and(|manifest| manifest.lines().any(is_section))
    };
    package
        .ancestors()
        .find(has_workspace)
        .unwrap_or(package)
        .to_owned()
}

/// The path without `.` and `..`, which needn't exist.
fn normal(path: &Path) -> PathBuf {
    path.components()
        .fold(PathBuf::new(), |mut normal, component| {
            match component {
                Component::ParentDir => {
                    normal.pop();
                }
                Component::CurDir => {}
                other => normal.push(other),
            }
            normal
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_the_workspace() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let environment = Environment {
            package,
            package_name: String::new(),
            out_dir: None,
        };
        for (path, expected) in [
            ("flags.yaml", "build-support/flags.yaml"),
            ("../flags.yaml", "flags.yaml"),
            ("./config/../flags.yaml", "build-support/flags.yaml"),
            ("/elsewhere/flags.yaml", "/elsewhere/flags.yaml"),
        ] {
            assert_eq!(shown(&environment, Path::new(path)), expected, "{path}");
        }
    }
}
