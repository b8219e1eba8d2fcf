//! What has to be written, and what has to be done by hand.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{build_script, crate_root, document, manifest};
use crate::failure::Failure;

/// What there is to do.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// What can't be done without knowing more.
    pub(super) notes: Vec<String>,
}

/// A file that is made or changed.
pub(super) struct Step {
    pub(super) path: PathBuf,
    /// Its text; nothing where there is no such file.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

/// What to do with one file.
pub(super) enum Todo {
    Nothing,
    Write(String),
    ByHand(String),
}

impl Plan {
    /// Looks at a crate.
    pub(super) fn make(folder: &Path) -> Result<Self, Failure> {
        let mut plan = Self::default();
        let path = folder.join("Cargo.toml");
        let Some(text) = read(&path)? else {
            return Err(Failure::NoCrate(path.display().to_string()));
        };
        let manifest = manifest::read(&text).map_err(|reason| Failure::Manifest {
            name: path.display().to_string(),
            reason,
        })?;
        plan.add(path, Some(text), manifest::add_dependencies(&manifest));
        let path = folder.join(manifest::build_script(&manifest));
        let text = read(&path)?;
        let todo = build_script::todo(text.as_deref());
        plan.add(path, text, todo);
        let path = folder.join("flags.yaml");
        let text = read(&path)?;
        let todo = document::todo(text.as_deref());
        plan.add(path, text, todo);
        plan.add_root(folder, manifest::root(&manifest))?;
        Ok(plan)
    }

    fn add_root(&mut self, folder: &Path, named: Option<&str>) -> Result<(), Failure> {
        let usual = named.into_iter().chain(["src/main.rs", "src/lib.rs"]);
        for name in usual {
            let path = folder.join(name);
            if let Some(text) = read(&path)? {
                let todo = crate_root::todo(&text);
                self.add(path, Some(text), todo);
                return Ok(());
            }
        }
        self.notes.push(format!(
            "{} has neither src/main.rs nor src/lib.rs; write `flagstone::include_flags!();` at the crate's root",
            folder.display()
        ));
        Ok(())
    }

    fn add(&mut self, path: PathBuf, before: Option<String>, todo: Todo) {
        match todo {
            Todo::Nothing => {}
            Todo::Write(after) => self.steps.push(Step {
                path,
                before,
                after,
            }),
            Todo::ByHand(note) => self.notes.push(format!("{}: {note}", path.display())),
        }
    }
}

fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::unreadable(path, source)),
    }
}
