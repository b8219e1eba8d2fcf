//! The arguments of `flagstone check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use flagstone::Timestamp;
use flagstone_model::Code;

use super::time;
use crate::nearest::nearest;

/// Checks documents, and reports every mistake at its place
///
/// Reads each document and reports all that is wrong with it: the line with the mistake underlined, what is wrong, and
/// what to write instead. Of a file with very many mistakes the first twenty are shown; `--format json` lists them all.
///
/// A document in which nothing is wrong is also looked through for what is worth a second look: rules that can't hold,
/// segments that nothing uses, dates that have passed. These are warnings, and fail nothing unless they are denied.
#[derive(Debug, Args)]
#[command(after_long_help = CHECK)]
pub(crate) struct Check {
    /// The documents; `-` is standard input
    #[arg(value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) files: Vec<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// The time for warnings about dates, such as 2026-12-31T18:00:00Z; now, if it isn't given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,

    /// Makes a warning a mistake: its name, or `warnings` for all
    #[arg(long, value_name = "NAME", value_parser = denied)]
    pub(crate) deny: Vec<Denied>,

    /// Leaves a warning out
    #[arg(long, value_name = "NAME", value_parser = warning)]
    pub(crate) allow: Vec<Code>,
}

/// What `--deny` denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// Every warning.
    Warnings,
    /// One.
    Warning(Code),
}

fn denied(name: &str) -> Result<Denied, String> {
    if name == "warnings" {
        return Ok(Denied::Warnings);
    }
    warning(name).map(Denied::Warning)
}

fn warning(name: &str) -> Result<Code, String> {
    let names = Code::WARNINGS.iter().map(|code| code.id());
    Code::warning(name).ok_or_else(|| {
        if let Some(nearest) = nearest(name, names.clone()) {
            return format!("there is no such warning; did you mean `{nearest}`?");
        }
        let names: Vec<&str> = names.collect();
        format!("there is no such warning; there are {}", names.join(", "))
    })
}

/// How `check` reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// One list of mistakes over all files
    Json,
    /// Annotations in a GitHub workflow
    Github,
}

const CHECK: &str = "\
Formats:
  human   the report, or one line that says what a right document has
  json    one list over all files, of objects with severity, code, file, line,
          column, end_line, end_column, message and help; lines and columns
          count from 1, columns in characters; the end is behind the last one.
          A file that can't be read has the code `unreadable` and no places
  github  a workflow command for each mistake, which annotates its line

Warnings:
  Each has a name. `allow: [NAME]` at a flag says that it doesn't apply there,
  --allow NAME that it applies nowhere, even with --deny warnings.

Exit codes:
  0  nothing is wrong; there may be warnings
  1  mistakes were found, denied warnings among them, or a file can't be read
  2  the command was misused

Examples:
  flagstone check
  flagstone check services/*/flags.yaml
  flagstone check --format github
  flagstone check --deny warnings --allow missing-owner
  git show HEAD:flags.yaml | flagstone check -";
