//! Steps that take turns, each time in a process of its own.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::step::Step;

/// What tells this program that it is to take one step.
pub(crate) const STEP: &str = "--step";

/// The milliseconds that each of three steps took, pass by pass.
pub(crate) fn take(
    steps: [Step; 3],
    path: &Path,
    passes: usize,
) -> Result<Vec<[f64; 3]>, Box<dyn Error>> {
    let mut taken = Vec::with_capacity(passes);
    for pass in 0..passes {
        let mut of_pass = [f64::NAN; 3];
        let mut turns: Vec<_> = of_pass.iter_mut().zip(steps).collect();
        turns.rotate_left(pass % steps.len());
        for (place, step) in turns {
            *place = apart(step, path)?;
        }
        taken.push(of_pass);
    }
    Ok(taken)
}

fn apart(step: Step, path: &Path) -> Result<f64, Box<dyn Error>> {
    let output = Command::new(env::current_exe()?)
        .args([STEP, step.name()])
        .arg(path)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the step `{}` failed: {}", step.name(), output.status).into());
    }
    let nanoseconds = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Duration::from_nanos(nanoseconds).as_secs_f64() * 1e3)
}
