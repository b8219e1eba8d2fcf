//! A service that is killed, starved and fed garbage, and that keeps answering.
//!
//! `cargo run --example chaos` starts the service as a process of its own, does to it what is in `faults.rs`, and asks it
//! all the while. It prints a line for each fault, and fails where something doesn't hold.

mod faults;
mod service;
mod victim;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

flagstone::include_flags!();

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => faults::all(&mut out),
        ["serve", folder] => service::serve(Path::new(folder), &mut out),
        _ => {
            writeln!(out, "give no arguments")?;
            Err("unknown arguments".into())
        }
    }
}
