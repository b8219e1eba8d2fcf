//! The command `flagstone`: checks documents of feature flags, and answers what a flag answers.

mod arguments;
mod check;
mod clock;
mod completions;
mod document;
mod evaluate;
mod failure;
mod json_text;
mod nearest;
mod output;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Outcome;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    outcome.map_or_else(|failure| failure.report(), Outcome::exit_code)
}
