//! The arguments, and the help that explains them.

mod change;
mod check;
mod completions;
mod diff;
mod evaluate;
mod explain;
mod fmt;
mod init;
mod list;
mod schema;

use clap::{Parser, Subcommand};
use flagstone::Timestamp;

pub(crate) use change::{Kill, Revive, Set, Target, What};
pub(crate) use check::{Check, Denied, Format};
pub(crate) use completions::Completions;
pub(crate) use diff::{Diff, DiffFormat};
pub(crate) use evaluate::Evaluate;
pub(crate) use explain::{Explain, ExplainFormat};
pub(crate) use fmt::Fmt;
pub(crate) use init::Init;
pub(crate) use list::{List, ListFormat, Show};
pub(crate) use schema::Schema;

/// Checks, shows and changes feature flags, and answers what they answer.
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
    List(List),
    Show(Show),
    Diff(Diff),
    Set(Set),
    Kill(Kill),
    Revive(Revive),
    Fmt(Fmt),
    Init(Init),
    Schema(Schema),
    Evaluate(Evaluate),
    Explain(Explain),
    Completions(Completions),
}

fn time(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "a time is written 2026-12-31T18:00:00Z, or with an offset such as +01:00".into()
    })
}

const EVERYTHING: &str = "\
Exit codes:
  0  everything is fine
  1  there are problems: mistakes in a document, a flag that it doesn't have,
     a line that is no request, a file that can't be read or written
  2  the command was misused: an unknown argument, an undeclared environment

Colours are used on a terminal only, and never where NO_COLOR is set.

Examples:
  flagstone check
  flagstone list --environment production
  flagstone evaluate new_dashboard --attribute user_id=u-17
  flagstone set new_dashboard rollout=40% --environment production
  flagstone kill new_checkout
  flagstone diff main: flags.yaml";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_contradict_nothing() {
        Arguments::command().debug_assert();
    }
}
