//! Gates a crate as far as the compiler lets it, and tells what it didn't.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::krate::Crate;
use crate::rewrite::{Function, functions, gated};

/// What the attribute refuses, because it can't be gated.
const MEANT: [&str; 3] = [
    "a `const fn` can't be gated",
    "#[feature_gate] needs a function with a body",
    "a variadic function can't be gated",
];

/// How many times functions may be taken back: an error of one stage hides those of the next.
const ROUNDS: usize = 12;

/// What became of a crate's functions.
pub(crate) struct Outcome {
    name: String,
    gated: BTreeMap<&'static str, usize>,
    refused: Vec<Refused>,
}

struct Refused {
    file: String,
    function: Function,
    message: String,
    rendered: String,
}

struct Source {
    path: PathBuf,
    text: String,
    functions: Vec<Function>,
}

/// Puts the gate on every function, takes it from those that the compiler refuses, and stops when the rest is accepted.
pub(crate) fn gate(krate: &Crate) -> Result<Outcome> {
    let mut sources = Vec::new();
    for path in krate.sources()? {
        sources.push(Source {
            text: fs::read_to_string(&path)?,
            functions: functions(&path)?,
            path,
        });
    }
    let mut refused = Vec::new();
    for _ in 0..ROUNDS {
        for source in &sources {
            let all: Vec<&Function> = source.functions.iter().collect();
            fs::write(&source.path, gated(&source.text, &all).0)?;
        }
        let errors = errors(krate)?;
        if errors.is_empty() {
            return Ok(Outcome::new(krate, &sources, refused));
        }
        let before = refused.len();
        for error in &errors {
            refuse(krate, &mut sources, error, &mut refused);
        }
        if refused.len() == before {
            bail!(
                "{}: these errors are about no gate:\n{}",
                krate.published.name,
                rendered(&errors)
            );
        }
    }
    bail!(
        "{} isn't accepted after {ROUNDS} rounds",
        krate.published.name
    )
}

/// The compiler's errors.
fn errors(krate: &Crate) -> Result<Vec<Value>> {
    let output = Command::new("cargo")
        .args([
            "check",
            "--lib",
            "--message-format=json",
            "--no-default-features",
            "--features",
            krate.published.features,
        ])
        .current_dir(&krate.folder)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors: Vec<Value> = messages
        .filter(|line| {
            line["message"]["level"] == "error"
                && !line["message"]["spans"]
                    .as_array()
                    .is_none_or(Vec::is_empty)
        })
        .map(|mut line| line["message"].take())
        .collect();
    if errors.is_empty() && !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(errors)
}

/// Takes back the gate that an error is about: the innermost function around its place.
fn refuse(krate: &Crate, sources: &mut [Source], error: &Value, refused: &mut Vec<Refused>) {
    let spans = error["spans"].as_array().into_iter().flatten();
    for span in spans.filter(|span| span["is_primary"] == true) {
        let (Some(file), Some(line)) = (span["file_name"].as_str(), span["line_start"].as_u64())
        else {
            continue;
        };
        let path = krate.folder.join(file);
        let Some(source) = sources.iter_mut().find(|source| source.path == path) else {
            continue;
        };
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let around = |function: &Function| function.first <= line && line <= function.last;
        let innermost = (0..source.functions.len())
            .filter(|&index| around(&source.functions[index]))
            .min_by_key(|&index| source.functions[index].last - source.functions[index].first);
        if let Some(index) = innermost {
            refused.push(Refused {
                file: file.to_owned(),
                function: source.functions.remove(index),
                message: error["message"].as_str().unwrap_or_default().to_owned(),
                rendered: error["rendered"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }
}

fn rendered(errors: &[Value]) -> String {
    errors
        .iter()
        .filter_map(|error| error["rendered"].as_str())
        .collect()
}

impl Outcome {
    fn new(krate: &Crate, sources: &[Source], refused: Vec<Refused>) -> Self {
        let mut gated = BTreeMap::new();
        for function in sources.iter().flat_map(|source| &source.functions) {
            let kind = match &function.leave {
                leave if leave.starts_with("fallback") => "fallback",
                leave if leave.starts_with("value") => "value",
                _ => "default",
            };
            *gated.entry(kind).or_default() += 1;
        }
        Self {
            name: krate.published.name.to_owned(),
            gated,
            refused,
        }
    }

    /// Prints it; gives the number of functions that were refused for another reason than those that are meant.
    pub(crate) fn print(&self) -> usize {
        let total: usize = self.gated.values().sum();
        println!(
            "{}: {total} gated {:?}, {} refused",
            self.name,
            self.gated,
            self.refused.len()
        );
        let mut unexpected = 0;
        for refused in &self.refused {
            let Refused {
                file,
                function,
                message,
                rendered,
            } = refused;
            println!(
                "    {file}:{}: {}: {}",
                function.first,
                function.name,
                message.lines().next().unwrap_or_default()
            );
            if !MEANT.iter().any(|meant| message.starts_with(meant)) {
                unexpected += 1;
                println!("{rendered}");
            }
        }
        unexpected
    }
}
