//! The arguments of `flagstone explain`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use flagstone::Timestamp;

use super::evaluate::name_and_value;
use super::time;

/// Says why a flag answers what it answers
///
/// Takes each step of the evaluation order up to the one that decides, and says what was compared with what: of a rule
/// that doesn't hold the first entry that failed, with its line; where a unit stands and what is taken; what other flags
/// answered, and why.
#[derive(Debug, Args)]
#[command(
    after_long_help = EXPLAIN,
    override_usage = "flagstone explain FLAG [-a NAME=VALUE]... [OPTIONS]\n       flagstone explain FLAG --context JSON [OPTIONS]"
)]
pub(crate) struct Explain {
    /// The flag
    #[arg(value_name = "FLAG")]
    pub(crate) flag: String,

    /// The document as it was at the time; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) flags: PathBuf,

    /// The environment; without it, no overlay applies
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    /// The time in question, such as 2026-12-31T18:00:00Z; now, if it isn't given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,

    /// What is known about the request: a JSON object with the attributes' names as its keys
    #[arg(long, value_name = "JSON", conflicts_with = "attributes")]
    pub(crate) context: Option<String>,

    /// One attribute of the context, read as the type that the document gives it; a list is `a,b` or a JSON list
    #[arg(
        long = "attribute",
        short = 'a',
        value_name = "NAME=VALUE",
        value_parser = name_and_value
    )]
    pub(crate) attributes: Vec<(String, String)>,

    /// How to explain
    #[arg(long, value_enum, default_value_t = ExplainFormat::Human)]
    pub(crate) format: ExplainFormat,
}

/// How `explain` explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    Human,
    /// One object, with all that was looked at
    Json,
}

const EXPLAIN: &str = "\
Marks:
  →  the step that decides      ·  a step that doesn't
  ✓  holds                      ✗  doesn't hold
  Of what doesn't hold only what failed is shown; --format json has all.

Percentages:
  A unit stands at the same percentage as long as the flag keeps its salt and
  what it deals by. \"stands at 37.2%, taken below 25%\" is left out, and comes
  in when the rollout reaches the percentage that is named.

Private attributes show as <private>.

Exit codes:
  0  it was explained
  1  the document has mistakes or doesn't have the flag, or can't be read
  2  the command was misused: an undeclared environment, a context that is no
     JSON

Examples:
  flagstone explain new_checkout -a user_id=u-17 -a plan=premium
  flagstone explain new_checkout -a user_id=u-17 --environment production \\
      --at 2026-11-20T09:00:00+01:00
  git show 4f2a1c7:flags.yaml | flagstone explain new_checkout --flags - \\
      --context '{\"user_id\": \"u-17\"}' --format json";
