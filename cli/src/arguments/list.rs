//! The arguments of `flagstone list` and `flagstone show`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use flagstone::Timestamp;
use flagstone_model::Kind;

use super::time;

/// Lists flags, with what each does in each environment
///
/// One row a flag, in the document's order: its kind, its owner, what it does in each environment at a time, and
/// what has passed by then: the day by which it was to be removed, the ends of overrides.
#[derive(Debug, Args)]
#[command(after_long_help = LIST)]
pub(crate) struct List {
    /// The document; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) flags: PathBuf,

    /// Only flags with this tag; given several times, with all of them
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<String>,

    /// Only flags of this owner
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,

    /// Only flags of this kind
    #[arg(long, value_parser = kind, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    /// Only what they do in this environment
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    /// The time to look at them from; the time at which the command starts, if it isn't given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,

    /// How to list them
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

/// Shows one flag: what it does in each environment, part by part
///
/// For each environment a line that sums up what the flag does there at a time, and its parts in the order in which
/// they are asked: overrides, start and end, prerequisites, rules, and what the rest gets. Environments in which the
/// flag does the same are shown together.
#[derive(Debug, Args)]
#[command(after_long_help = SHOW)]
pub(crate) struct Show {
    /// The flag
    #[arg(value_name = "FLAG")]
    pub(crate) flag: String,

    /// The document; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) flags: PathBuf,

    /// Only what it does in this environment
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    /// The time to look at it from; the time at which the command starts, if it isn't given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,

    /// How to show it
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

/// How `list` and `show` print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

fn kind(text: &str) -> Result<Kind, String> {
    let found = Kind::ALL.into_iter().find(|kind| kind.name() == text);
    found.ok_or_else(|| {
        let known = Kind::ALL.map(Kind::name).join(", ");
        format!("a flag's kind is one of {known}")
    })
}

const LIST: &str = "\
JSON:
  A list of objects with flag, type, kind, owner, tags, description, remove_by,
  notes, and environments: objects with environment (null: where none is
  chosen), standing (live, killed, disabled, not_started, ended) and summary.

Exit codes:
  0  the flags were listed, however many they are
  1  the document has mistakes, or can't be read
  2  the command was misused: an undeclared environment

Examples:
  flagstone list
  flagstone list --owner growth --environment production
  flagstone list --kind release --at 2027-01-01T00:00:00Z
  flagstone list --tag ui --format json";

const SHOW: &str = "\
JSON:
  The object that `list` has for the flag, whose environments also have parts:
  objects with aspect, words and age.

Exit codes:
  0  the flag was shown
  1  the document has mistakes or no such flag, or can't be read
  2  the command was misused: an undeclared environment

Examples:
  flagstone show new_checkout
  flagstone show new_checkout --environment production
  flagstone show winter_sale --at 2026-12-24T18:00:00Z";
