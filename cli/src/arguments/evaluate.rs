//! The arguments of `flagstone evaluate`.

use std::path::PathBuf;

use clap::Args;
use flagstone::Timestamp;

use super::time;

/// Answers what flags answer for a context
///
/// Prints a line of JSON for each answer: the flag, its variant, the variant's value and the reason; where they apply
/// also the rule that decided, by its index from 0 and its name, and the error. A flag that the document doesn't have
/// has null as its variant and value, `error` as its reason and `flag_not_found` as its error.
///
/// Without FLAG every flag answers, in the document's order.
#[derive(Debug, Args)]
#[command(
    after_long_help = EVALUATE,
    override_usage = "flagstone evaluate [FLAG] [-a NAME=VALUE]... [OPTIONS]\n       flagstone evaluate [FLAG] --context JSON [OPTIONS]\n       flagstone evaluate --requests FILE [OPTIONS]"
)]
pub(crate) struct Evaluate {
    /// The flag to ask; every flag, if it isn't given
    #[arg(value_name = "FLAG", conflicts_with = "requests")]
    pub(crate) flag: Option<String>,

    /// The document; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) flags: PathBuf,

    /// The environment to answer in; without it, no overlay applies
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    /// The time to answer for, such as 2026-12-31T18:00:00Z; the time at which the command starts, if it isn't given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,

    /// What is known about the request: a JSON object with the attributes' names as its keys
    #[arg(long, value_name = "JSON", conflicts_with_all = ["attributes", "requests"])]
    pub(crate) context: Option<String>,

    /// One attribute of the context, read as the type that the document gives it; a list is `a,b` or a JSON list
    #[arg(
        long = "attribute",
        short = 'a',
        value_name = "NAME=VALUE",
        value_parser = name_and_value,
        conflicts_with = "requests"
    )]
    pub(crate) attributes: Vec<(String, String)>,

    /// Many requests, each a line of JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) requests: Option<PathBuf>,
}

pub(super) fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("an attribute is written `name=value`")?;
    Ok((name.to_owned(), value.to_owned()))
}

const EVALUATE: &str = "\
Requests:
  Each line is {\"flag\": KEY, \"context\": {NAME: VALUE, …}}. Without `flag`
  every flag answers; without `context` nothing is known. Answers come in the
  order of the requests, while these are being read.
  A line that is no request gets a line of its own: the error is
  `invalid_request`, `line` is its number and `message` says what is wrong.
  The rest goes on. Blank lines are skipped.
  Other keys make it none: a typo of `flag` would ask every flag. Attributes
  that the document doesn't declare are ignored, those of another type are
  missing, and values outside a closed list fit no rule: each with one warning
  for each name. A line has at most 16 MiB.

Exit codes:
  0  every question was answered
  1  the document has mistakes, a line was no request, FLAG isn't in the
     document, a file can't be read
  2  the command was misused: an undeclared environment, a context that is no
     JSON

Examples:
  flagstone evaluate new_checkout -a user_id=u-17 -a plan=premium
  flagstone evaluate new_checkout --context '{\"user_id\": \"u-17\"}'
  flagstone evaluate --environment staging --at 2027-01-01T00:00:00Z
  flagstone evaluate --requests - < requests.ndjson > answers.ndjson";
