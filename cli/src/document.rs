//! A document's bytes and the name that reports give it.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use flagstone_model::{Definition, EnvironmentIndex, Flag, Loaded};

use crate::failure::Failure;

/// A document that has been read.
#[derive(Debug)]
pub(crate) struct Document {
    name: String,
    bytes: Vec<u8>,
}

impl Document {
    /// A document that has been read, under the name that reports shall give it.
    pub(crate) fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes }
    }

    /// Reads the file that `--flags` names, or standard input where it is `-`.
    pub(crate) fn read_flags(path: &Path) -> Result<Self, Failure> {
        Self::read(path).map_err(|failure| match failure {
            Failure::Unreadable { name, source, .. } => Failure::Unreadable {
                name,
                source,
                remedy: "; name the document with `--flags FILE`",
            },
            other => other,
        })
    }

    /// Reads a file, or standard input where the path is `-`.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let name = name(path);
        let bytes = if is_standard_input(path) {
            standard_input()
        } else {
            fs::read(path)
        };
        match bytes {
            Ok(bytes) => Ok(Self { name, bytes }),
            Err(source) => Err(Failure::unreadable(path, source)),
        }
    }

    /// The name it goes by in reports.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its text; nothing where its bytes are none.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Parses and checks it.
    pub(crate) fn load(&self) -> Loaded<'_> {
        flagstone_model::load(&self.name, &self.bytes)
    }
}

/// What a document says.
///
/// # Errors
///
/// [`Failure::Mistakes`] with the report, where it is wrong.
pub(crate) fn right<'d>(loaded: &'d Loaded<'_>) -> Result<&'d Definition, Failure> {
    loaded.definition().ok_or_else(|| Failure::mistakes(loaded))
}

/// The flag of a key.
pub(crate) fn flag<'d>(definition: &'d Definition, key: &str) -> Result<&'d Flag, Failure> {
    let found = definition
        .flags
        .iter()
        .find(|flag| flag.key.as_str() == key);
    found.ok_or_else(|| Failure::unknown_flag(definition, key))
}

/// The environment of a name.
pub(crate) fn environment(
    definition: &Definition,
    name: &str,
) -> Result<EnvironmentIndex, Failure> {
    definition.environment(name).ok_or_else(|| {
        let known = definition.environments.iter();
        Failure::UnknownEnvironment(flagstone::UnknownEnvironment {
            given: name.into(),
            known: known
                .map(|environment| environment.name.as_str().into())
                .collect(),
        })
    })
}

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What reports call a path.
pub(crate) fn name(path: &Path) -> String {
    if is_standard_input(path) {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
