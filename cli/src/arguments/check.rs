//! The arguments of `flagstone check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Checks documents, and reports every mistake at its place
///
/// Reads each document and reports all that is wrong with it: the line with the mistake underlined, what is wrong, and
/// what to write instead. Of a file with very many mistakes the first twenty are shown; `--format json` lists them all.
#[derive(Debug, Args)]
#[command(after_long_help = CHECK)]
pub(crate) struct Check {
    /// The documents; `-` is standard input
    #[arg(value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) files: Vec<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
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

Exit codes:
  0  nothing is wrong
  1  mistakes were found, or a file can't be read
  2  the command was misused

Examples:
  flagstone check
  flagstone check services/*/flags.yaml
  flagstone check --format github
  git show HEAD:flags.yaml | flagstone check -";
