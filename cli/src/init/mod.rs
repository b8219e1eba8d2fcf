//! `flagstone init`: a crate made ready for feature flags.

mod build_script;
mod crate_root;
mod document;
mod manifest;
mod plan;

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};

use crate::arguments::Init;
use crate::failure::{Failure, Outcome};
use crate::output::{self, Output};
use crate::{patch, replace};
use plan::{Plan, Step};

/// Shows the plan, and carries it out where that is wanted.
pub(crate) fn run(arguments: &Init) -> Result<Outcome, Failure> {
    let plan = Plan::make(&arguments.folder)?;
    let mut output = Output::standard();
    show(&plan, &mut output)?;
    let outcome = if plan.notes.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Problems
    };
    if plan.steps.is_empty() {
        output.push("there is nothing to change");
        output.end_line()?;
        output.flush()?;
        return Ok(outcome);
    }
    output.flush()?;
    if !(arguments.yes || is_agreed(&mut output)?) {
        return Ok(Outcome::Fine);
    }
    for step in &plan.steps {
        carry_out(step)?;
        output.format(format_args!("{}: written", step.path.display()));
        output.end_line()?;
    }
    output.push("cargo check makes `mod flags`; README.md of flagstone shows what to do with it");
    output.end_line()?;
    output.flush()?;
    Ok(outcome)
}

fn show(plan: &Plan, output: &mut Output<impl Write>) -> Result<(), Failure> {
    let colours = output::style(&io::stdout());
    for step in &plan.steps {
        let before = step.before.as_deref().unwrap_or("");
        let name = step.path.display().to_string();
        patch::write(&name, (before, &step.after), colours, output)?;
    }
    for note in &plan.notes {
        output.format(format_args!("to do by hand: {note}"));
        output.end_line()?;
    }
    Ok(())
}

/// Asks on a terminal; elsewhere nobody can agree.
fn is_agreed(output: &mut Output<impl Write>) -> Result<bool, Failure> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        output.push("nothing is written yet; `--yes` does it");
        output.end_line()?;
        output.flush()?;
        return Ok(false);
    }
    output.push("write this? [y/N] ");
    output.flush()?;
    let mut answer = String::new();
    // Who can't be asked doesn't agree.
    let read = io::stdin().lock().read_line(&mut answer).is_ok();
    Ok(read && matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn carry_out(step: &Step) -> Result<(), Failure> {
    let written = match &step.before {
        Some(_) => replace::replace(&step.path, &step.after),
        None => fs::write(&step.path, &step.after),
    };
    written.map_err(|source| Failure::Unreplaceable {
        name: step.path.display().to_string(),
        source,
    })
}
