//! The command `flagstone`: checks, shows and changes documents of feature flags, and answers what a flag answers.

mod arguments;
mod change;
mod check;
mod clock;
mod completions;
mod diff;
mod document;
mod evaluate;
mod explain;
mod failure;
mod fmt;
mod init;
mod json_text;
mod list;
mod nearest;
mod output;
mod patch;
mod replace;
mod schema;
mod workflow;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Outcome;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::List(arguments) => list::list(&arguments),
        Command::Show(arguments) => list::show(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Set(arguments) => change::set_keys(&arguments),
        Command::Kill(arguments) => change::kill(&arguments),
        Command::Revive(arguments) => change::revive(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(_) => schema::run(),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    outcome.map_or_else(|failure| failure.report(), Outcome::exit_code)
}
