//! `flagstone completions`.

use clap::CommandFactory;

use crate::arguments::{Arguments, Completions};
use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// Prints the script for a shell.
pub(crate) fn run(arguments: &Completions) -> Result<Outcome, Failure> {
    // Generating panics where it can't write, which a vector always lets it.
    let mut script = Vec::new();
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    let mut output = Output::standard();
    output.push(&String::from_utf8_lossy(&script));
    output.flush()?;
    Ok(Outcome::Fine)
}
