//! What to read and what to write.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flagstone_model::{Loaded, load};

use crate::paths::{self, Environment};
use crate::render::{self, Target};
use crate::{report, write};

/// Reads a document, reports its mistakes, and writes the flags that `flagstone::include_flags!()` includes.
///
/// The path is relative to the package. This is [`Builder::new`] with nothing changed, and
/// [`generate`](Builder::generate).
///
/// ```no_run
/// flagstone_build::generate("flags.yaml");
/// ```
pub fn generate(path: impl AsRef<Path>) {
    Builder::new(path).generate();
}

/// Generates flags with other names than the usual ones.
///
/// ```no_run
/// // The flags of a library, in its module `switches`, in a crate that calls the runtime `fs`.
/// flagstone_build::Builder::new("config/flags.yaml")
///     .module("switches")
///     .runtime("::fs")
///     .generate();
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is generated before `.generate()`"]
pub struct Builder {
    path: PathBuf,
    module: String,
    runtime: String,
}

impl Builder {
    /// Takes the path of a document, relative to the package.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self {
            path: path.as_ref().to_owned(),
            module: "flags".to_owned(),
            runtime: "::flagstone".to_owned(),
        }
    }

    /// The module that the flags will stand in, as a path from the root of the crate; `flags` if not given.
    ///
    /// Its last part is the name of the file: `flagstone::include_flags!(switches)` includes what was generated for `a::switches`.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = path.into();
        self
    }

    /// The path of the runtime, where the crate calls it otherwise than `::flagstone`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Reads, checks, reports and writes.
    ///
    /// What is wrong with the document, or with reading and writing, is reported to cargo, which then fails the build;
    /// nothing is written in that case.
    pub fn generate(self) {
        // Where cargo doesn't listen there is nobody to tell.
        let _ = self.run(&mut io::stdout().lock(), &Environment::of_build_script());
    }

    /// The same with what it reads and writes given.
    fn run(&self, cargo: &mut impl Write, environment: &Environment) -> io::Result<()> {
        writeln!(cargo, "cargo::rerun-if-changed={}", self.path.display())?;
        let Some(out_dir) = &environment.out_dir else {
            let message =
                "there is no OUT_DIR: call flagstone_build from a build script (build.rs)";
            return writeln!(cargo, "cargo::error={message}");
        };
        let bytes = match std::fs::read(environment.package.join(&self.path)) {
            Ok(bytes) => bytes,
            Err(error) => return report::unreadable(cargo, environment, &self.path, &error),
        };
        let name = paths::shown(environment, &self.path);
        let loaded = load(&name, &bytes);
        let Some(definition) = loaded.definition() else {
            return report::mistakes(cargo, &loaded);
        };
        let target = self.target(environment, &name);
        let rust = render::file(definition, &target);
        let written = write(out_dir, &loaded, &target, &rust);
        match written {
            // `include_flags!` finds the file by this variable, and says what to do where there is none.
            Ok(()) => writeln!(
                cargo,
                "cargo::rustc-env=FLAGSTONE_{0}={1}",
                target.file,
                out_dir.join(format!("{0}.rs", target.file)).display()
            ),
            Err(error) => {
                writeln!(
                    cargo,
                    "cargo::error=the generated flags can't be written to {}: {error}",
                    out_dir.display()
                )
            }
        }
    }

    fn target(&self, environment: &Environment, name: &str) -> Target {
        let module = self.module.trim_start_matches("crate::").to_owned();
        let file = module.rsplit("::").next().unwrap_or("flags").to_owned();
        Target {
            module,
            file,
            runtime: self.runtime.clone(),
            package: environment.package_name.clone(),
            document: name.to_owned(),
        }
    }
}

fn write(out_dir: &Path, loaded: &Loaded<'_>, target: &Target, rust: &str) -> io::Result<()> {
    write::if_changed(&out_dir.join(target.document_file()), loaded.source.text())?;
    write::if_changed(&out_dir.join(format!("{}.rs", target.file)), rust)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the script says to cargo for a document, in a package of its own below the folder for temporary files.
    fn said(case: &str, document: Option<&str>) -> (String, Environment) {
        let package =
            std::env::temp_dir().join(format!("flagstone-build-{}-{case}", std::process::id()));
        std::fs::create_dir_all(&package).unwrap();
        if let Some(document) = document {
            std::fs::write(package.join("flags.yaml"), document).unwrap();
        }
        let environment = Environment {
            package: package.clone(),
            package_name: "shop".to_owned(),
            out_dir: Some(package.clone()),
        };
        let mut cargo = Vec::new();
        Builder::new("flags.yaml")
            .run(&mut cargo, &environment)
            .unwrap();
        (String::from_utf8(cargo).unwrap(), environment)
    }

    #[test]
    fn a_right_document_becomes_a_file() {
        let (said, environment) = said("right", Some("version: 1\nflags: { new_dashboard: {} }\n"));
        let file = environment.package.join("flags.rs");
        let expected = format!(
            "cargo::rerun-if-changed=flags.yaml\ncargo::rustc-env=FLAGSTONE_flags={}\n",
            file.display()
        );
        assert_eq!(said, expected);
        let rust = std::fs::read_to_string(file).unwrap();
        assert!(
            rust.contains("pub const NEW_DASHBOARD: Flag<bool>"),
            "{rust}"
        );
        std::fs::remove_dir_all(&environment.package).unwrap();
    }

    #[test]
    fn every_mistake_is_an_error_at_its_place() {
        let (said, environment) = said(
            "wrong",
            Some("version: 1\nflags:\n  a: { rolout: 5% }\n  b: { rollout: 5 }\n"),
        );
        let expected = "\
cargo::rerun-if-changed=flags.yaml
cargo::error=flags.yaml:3:8: unknown key `rolout` in the flag `a`; did you mean `rollout`? [E0101]
cargo::error=  |
cargo::error=3 |   a: { rolout: 5% }
cargo::error=  |        ^^^^^^
cargo::error=flags.yaml:4:17: `5` is no percentage: its sign is missing; write `5%` [E0401]
cargo::error=  |
cargo::error=4 |   b: { rollout: 5 }
cargo::error=  |                 ^
";
        assert_eq!(said, expected);
        assert!(!environment.package.join("flags.rs").exists());
        std::fs::remove_dir_all(&environment.package).unwrap();
    }

    #[test]
    fn a_missing_document_comes_with_one_to_start_from() {
        let (said, environment) = said("missing", None);
        let path = environment.package.join("flags.yaml");
        assert!(
            said.contains(&format!(
                "cargo::error=there is no flags.yaml at {}",
                path.display()
            )),
            "{said}"
        );
        let start: String = said
            .lines()
            .filter_map(|line| line.strip_prefix("cargo::error=    "))
            .fold(String::new(), |text, line| text + line + "\n");
        assert!(
            load("flags.yaml", start.as_bytes()).definition().is_some(),
            "{start}"
        );
        std::fs::remove_dir_all(&environment.package).unwrap();
    }
}
