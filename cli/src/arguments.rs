//! The arguments, and the help that explains them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use flagstone::Timestamp;

/// Checks feature flags, and answers what they answer.
///
/// Flags are declared in one document, usually `flags.yaml`, in YAML or in JSON of the same shape. A program that uses
/// them is built from that document, and follows it while it runs. This command reads it with the same code: what it
/// finds right builds, and what it answers is what the program answers.
#[derive(Debug, Parser)]
#[command(
    name = "flagstone",
    version,
    max_term_width = 100,
    after_long_help = EVERYTHING
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Evaluate(Evaluate),
    Completions(Completions),
}

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

/// Answers what flags answer for a context
///
/// Prints a line of JSON for each answer: the flag, its variant, the variant's value and the reason; where they apply
/// also the rule that decided, by its index from 0 and its name, and the error. A flag that the document doesn't have
/// has null as its variant and value, `error` as its reason and `flag_not_found` as its error.
///
/// Without FLAG every flag answers, in the document's order.
#[derive(Debug, Args)]
#[command(after_long_help = EVALUATE)]
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

/// Prints a script that completes this command's arguments in a shell
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

fn time(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "a time is written 2026-12-31T18:00:00Z, or with an offset such as +01:00".into()
    })
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("an attribute is written `name=value`")?;
    Ok((name.to_owned(), value.to_owned()))
}

const EVERYTHING: &str = "\
Exit codes:
  0  everything is fine
  1  there are problems: mistakes in a document, a line that is no request,
     a file that can't be read
  2  the command was misused: an unknown argument, an undeclared environment

Colours are used on a terminal only, and never where NO_COLOR is set.

Examples:
  flagstone check
  flagstone evaluate new_dashboard --attribute user_id=u-17
  flagstone evaluate --requests requests.ndjson > answers.ndjson";

const CHECK: &str = "\
Formats:
  human   the report, or one line that says what a right document has
  json    one list over all files, of objects with severity, code, file, line,
          column, end_line, end_column, message and help; lines and columns
          count from 1, columns in characters; the end is behind the last one
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

const EVALUATE: &str = "\
Requests:
  Each line is {\"flag\": KEY, \"context\": {NAME: VALUE, …}}. Without `flag`
  every flag answers; without `context` nothing is known. Answers come in the
  order of the requests, while these are being read.
  A line that is no request gets a line of its own: the error is
  `invalid_request`, `line` is its number and `message` says what is wrong.
  The rest goes on. Blank lines are skipped.
  Other keys of a request, and attributes that the document doesn't declare,
  are ignored, with one warning for each name.

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

const COMPLETIONS: &str = "\
Examples:
  flagstone completions bash > ~/.bash_completion.d/flagstone
  flagstone completions fish > ~/.config/fish/completions/flagstone.fish
  flagstone completions zsh > \"${fpath[1]}/_flagstone\"";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_contradict_nothing() {
        Arguments::command().debug_assert();
    }
}
