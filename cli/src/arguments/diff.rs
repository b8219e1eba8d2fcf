//! The arguments of `flagstone diff`.

use clap::{Args, ValueEnum};

/// Says what changes for whom between two documents
///
/// Compares what each flag does in each environment, and says in words what changes: percentages, rules that move,
/// values, kills. What is only written in another way isn't mentioned. What programs built from OLD can't follow is
/// marked as breaking, and a change that deals every unit again says so.
#[derive(Debug, Args)]
#[command(after_long_help = DIFF)]
pub(crate) struct Diff {
    /// The document before: a file, `-`, or in git `REV:`, `REV:path`
    #[arg(value_name = "OLD")]
    pub(crate) old: String,

    /// The document after: the same
    #[arg(value_name = "NEW", default_value = "flags.yaml")]
    pub(crate) new: String,

    /// Only what changes in this environment
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    /// How to report
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
}

/// How `diff` reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Human,
    /// One list of changes
    Json,
    /// Annotations in a GitHub workflow
    Github,
}

const DIFF: &str = "\
Documents:
  What is the path of a file is that file. Otherwise, what has a colon is read
  from git: `main:config/flags.yaml` is that file of the branch, seen from the
  repository's root (`main:./flags.yaml`: from this folder), and `main:` is the
  path of the other document there.

Formats:
  human   a line for each change, and how many there are
  json    a list of objects with subject (flag, segment, environment,
          attribute), name, change, environments (null: in all of them, and
          where none is chosen; []: only where none is chosen), breaking (why;
          null where it isn't) and dealt_again
  github  a notice for each change at its line of NEW, a warning where it is
          breaking or deals everyone again

Exit codes:
  0  both documents are right, whether anything changes or not
  1  a document has mistakes, or can't be read
  2  the command was misused: an environment that neither document declares

Examples:
  flagstone diff HEAD:
  flagstone diff main: flags.yaml --environment production
  flagstone diff before.yaml after.yaml --format json
  flagstone diff origin/main:config/flags.yaml config/flags.yaml --format github";
