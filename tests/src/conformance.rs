//! The known answers in the folder `conformance/`.

use core::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::Answer;

/// A document with questions about it and what they must be answered with.
#[derive(Debug, Clone)]
pub struct KnownDocument {
    /// Its folder's name.
    pub name: String,
    /// The document, in YAML.
    pub text: String,
    /// The environment that is chosen.
    pub environment: Option<String>,
    /// The time of every question, in RFC 3339.
    pub at: String,
    /// The questions.
    pub answers: Vec<KnownAnswer>,
}

/// A question and its only right answer.
#[derive(Debug, Clone)]
pub struct KnownAnswer {
    /// The flag that is asked.
    pub flag: String,
    /// The attributes.
    pub context: Map<String, Value>,
    /// The answer; the name of the rule isn't known.
    pub expected: Answer,
}

/// Every known answer, by document.
///
/// # Errors
///
/// [`Unreadable`] where the folder lacks something, or a file isn't in the form that it should have.
pub fn answers() -> Result<Vec<KnownDocument>, Unreadable> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let mut folders = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| Unreadable::file(&folder, error))? {
        folders.push(
            entry
                .map_err(|error| Unreadable::file(&folder, error))?
                .path(),
        );
    }
    folders.sort();
    folders.iter().map(|folder| document(folder)).collect()
}

fn document(folder: &Path) -> Result<KnownDocument, Unreadable> {
    let text = read(&folder.join("flags.yaml"))?;
    let answers = folder.join("answers.ndjson");
    let lines = read(&answers)?;
    let mut lines = lines.lines();
    let malformed = || Unreadable::Form(answers.clone());
    let head: Value = lines
        .next()
        .and_then(|line| serde_json::from_str(line).ok())
        .ok_or_else(malformed)?;
    Ok(KnownDocument {
        name: folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        text,
        environment: text_of(&head, "environment"),
        at: text_of(&head, "at").ok_or_else(malformed)?,
        answers: lines
            .map(|line| known_answer(line).ok_or_else(malformed))
            .collect::<Result<_, _>>()?,
    })
}

fn known_answer(line: &str) -> Option<KnownAnswer> {
    let line: Value = serde_json::from_str(line).ok()?;
    let answer = line.get("answer")?;
    Some(KnownAnswer {
        flag: text_of(&line, "flag")?,
        context: line.get("context")?.as_object()?.clone(),
        expected: Answer {
            variant: text_of(answer, "variant"),
            value: answer.get("value")?.clone(),
            reason: text_of(answer, "reason")?,
            rule: match answer.get("rule") {
                Some(index) => Some(usize::try_from(index.as_u64()?).ok()?),
                None => None,
            },
            rule_name: None,
            error: text_of(answer, "error"),
        },
    })
}

fn text_of(mapping: &Value, key: &str) -> Option<String> {
    mapping.get(key)?.as_str().map(str::to_owned)
}

fn read(path: &Path) -> Result<String, Unreadable> {
    fs::read_to_string(path).map_err(|error| Unreadable::file(path, error))
}

/// Why the known answers can't be read.
#[derive(Debug)]
pub enum Unreadable {
    /// A file or folder can't be read.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of answers isn't in the form that it should have.
    Form(PathBuf),
}

impl Unreadable {
    fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => write!(f, "can't read {}", path.display()),
            Self::Form(path) => write!(f, "{} holds something else than answers", path.display()),
        }
    }
}

impl core::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Form(_) => None,
        }
    }
}
