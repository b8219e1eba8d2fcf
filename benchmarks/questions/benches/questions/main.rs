//! What a question costs, beside what it can't cost less than: `cargo bench -p flagstone-benchmarks`.
//!
//! The rows are measured in turns, several times; the best pass of each counts, since everything else that a machine does
//! only adds. Ratios to the floor hold better than figures from one machine to the next. A part of a name behind `--`
//! picks rows.

mod floors;
mod questions;
mod row;
mod scopes;
mod table;
mod threads;

use std::io::{self, Write};

use flagstone_benchmarks::{LISTED, USER, flags, many};
use row::Bench;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo passes `--bench` where it is asked to measure, and not where it only runs every target once.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (calls, passes) = if measures { (300_000, 21) } else { (100, 1) };
    let version = "2.10.1".parse()?;
    let given = flags::Context::new(USER)
        .country("US")
        .age(32)
        .plan("premium")
        .app_version(&version);
    let given_many = many::Context::new(USER)
        .country("US")
        .age(32)
        .plan("premium")
        .app_version(&version);
    let listed = flags::Context::new(LISTED);

    let wanted = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let mut bench = Bench::new(calls, passes, wanted.unwrap_or_default());
    floors::add(&mut bench);
    questions::add(&mut bench, &given, &listed, &version);
    questions::add_many(&mut bench, &given_many, &version);
    scopes::add(&mut bench, &given);
    let rows = bench.run();
    let mut out = io::stdout().lock();
    table::print(&mut out, &rows)?;
    threads::print(&mut out, calls, &given)?;
    out.flush()?;
    Ok(())
}
