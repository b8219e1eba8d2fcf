//! What loading a document costs, beside what reading its text alone costs: `cargo bench -p flagstone-benchmarks --bench loading`.
//!
//! Each figure is of a process of its own that has read the text and done nothing else, so that every step finds the allocator in
//! the same state, and none pays for what another left behind. A step is everything from the text on, and it gives back all
//! that it made before the clock stops: the floor drops its `serde_json::Value`, and ours drops the tree, the definition and the
//! snapshot. The steps take turns, many times, each pass beginning with another. A ratio is of two processes of one pass; shown are
//! medians, and behind them the quartiles.

mod step;
mod table;
mod turns;

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use flagstone_benchmarks::document;
use step::Step;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [mark, step, path] = arguments.as_slice()
        && mark == turns::STEP
    {
        let step = Step::named(step).ok_or("no such step")?;
        let text = fs::read_to_string(path)?;
        return Ok(writeln!(io::stdout(), "{}", step.nanoseconds(&text)?)?);
    }
    // Cargo passes `--bench` where it is asked to measure, and not where it only runs every target once.
    let measures = arguments.iter().any(|argument| argument == "--bench");
    let sizes: &[(usize, usize)] = if measures {
        &[(1_000, 41), (10_000, 21)]
    } else {
        &[(10, 2)]
    };
    let mut out = io::stdout().lock();
    table::head(&mut out)?;
    for (flags, passes) in sizes {
        let yaml = document::believable(*flags);
        let json = json_of(&yaml)?;
        for (kind, text, floor) in [("YAML", yaml, Step::Events), ("JSON", json, Step::Value)] {
            let path = written(kind, *flags, &text)?;
            let passes = turns::take([floor, Step::Checked, Step::Compiled], &path, *passes)?;
            fs::remove_file(path)?;
            let kib = text.len() / 1024;
            table::row(&mut out, &format!("{flags} | {kind}, {kib} KiB"), &passes)?;
        }
    }
    Ok(())
}

/// The text in a file of its own, for the processes that measure.
fn written(kind: &str, flags: usize, text: &str) -> io::Result<PathBuf> {
    let name = format!("loading-{flags}-{}.{kind}", std::process::id());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text)?;
    Ok(path)
}

/// The same document as JSON.
fn json_of(yaml: &str) -> Result<String, Box<dyn Error>> {
    let value: serde_json::Value = serde_yaml::from_str(yaml)?;
    Ok(serde_json::to_string_pretty(&value)?)
}
