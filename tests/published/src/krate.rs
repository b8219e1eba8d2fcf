//! The published crates, and what they need to have flags.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A crate by its name, its version, and the features that are checked.
pub(crate) struct Published {
    pub(crate) name: &'static str,
    version: &'static str,
    pub(crate) features: &'static str,
}

/// Three styles: traits and generics all over; async functions, extractors and boxed futures; plain functions over text.
pub(crate) const PUBLISHED: &[Published] = &[
    Published {
        name: "itertools",
        version: "0.14.0",
        features: "use_std",
    },
    Published {
        name: "axum",
        version: "0.8.9",
        features: "form,http1,json,matched-path,multipart,original-uri,query,tokio,tower-log,tracing,ws",
    },
    Published {
        name: "textwrap",
        version: "0.16.2",
        features: "default",
    },
];

/// Downloads the crates with everything that they depend on.
pub(crate) fn fetch(folder: &Path) -> Result<()> {
    let list = folder.join("list");
    fs::create_dir_all(list.join("src"))?;
    fs::write(list.join("src/lib.rs"), "")?;
    let mut manifest =
        "[package]\nname = \"list\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n".to_owned();
    for Published {
        name,
        version,
        features,
    } in PUBLISHED
    {
        let features: Vec<&str> = features.split(',').collect();
        manifest += &format!("{name} = {{ version = \"={version}\", features = {features:?} }}\n");
    }
    fs::write(list.join("Cargo.toml"), manifest)?;
    let status = Command::new("cargo")
        .args(["vendor", "--quiet", "--versioned-dirs", "vendor"])
        .current_dir(&list)
        .stdout(std::process::Stdio::null())
        .status()?;
    ensure!(status.success(), "cargo vendor failed");
    Ok(())
}

/// A copy of a crate that can be changed.
pub(crate) struct Crate {
    pub(crate) published: &'static Published,
    pub(crate) folder: PathBuf,
}

impl Crate {
    /// Copies a crate and gives it flags: the dependencies, the build script, the document, the module.
    pub(crate) fn prepare(folder: &Path, published: &'static Published) -> Result<Self> {
        let name = format!("{}-{}", published.name, published.version);
        let source = folder.join("list/vendor").join(&name);
        let target = folder.join(&name);
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        copy(&source, &target)?;
        // It was made for the crate alone; with flagstone others are chosen.
        let _ = fs::remove_file(target.join("Cargo.lock"));
        let krate = Self {
            published,
            folder: target,
        };
        krate.give_flags()?;
        Ok(krate)
    }

    fn give_flags(&self) -> Result<()> {
        let flagstone = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()?;
        let path = self.folder.join("Cargo.toml");
        let manifest = fs::read_to_string(&path)?;
        ensure!(
            manifest.contains("build = false"),
            "{} has a build script of its own; choose a crate that has none",
            self.published.name
        );
        let manifest = manifest.replace("build = false", "build = \"build.rs\"")
            + &format!(
                "\n[workspace]\n\n[dependencies.flagstone]\npath = '{0}/runtime'\n\n[build-dependencies.flagstone-build]\npath = '{0}/build-support'\n",
                flagstone.display()
            );
        // Who depends on flagstone needs the Rust that flagstone needs.
        let lines = manifest
            .lines()
            .filter(|line| !line.starts_with("rust-version"));
        let manifest = lines.map(|line| format!("{line}\n")).collect::<String>();
        fs::write(path, manifest)?;
        fs::write(
            self.folder.join("build.rs"),
            "fn main() {\n    flagstone_build::generate(\"flags.yaml\");\n}\n",
        )?;
        fs::write(
            self.folder.join("flags.yaml"),
            "version: 1\nflags: { gate: {} }\n",
        )?;
        let root = self.folder.join("src/lib.rs");
        let text = fs::read_to_string(&root)?;
        let file = syn::parse_file(&text)?;
        let first = file
            .items
            .iter()
            .find(|item| !matches!(item, syn::Item::Macro(_)));
        let first = first.context("a crate without items")?;
        let line = syn::spanned::Spanned::span(first).start().line;
        let at = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let (before, behind) = text.split_at(at);
        fs::write(
            root,
            format!("{before}flagstone::include_flags!();\n{behind}"),
        )?;
        Ok(())
    }

    /// The sources, those that only tests have left out.
    pub(crate) fn sources(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        collect(&self.folder.join("src"), &mut files)?;
        files.sort();
        Ok(files)
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a name")?);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
