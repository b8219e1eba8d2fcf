//! A tour of flagstone on the flags of a shop, `flags.yaml` at the root of the repository.
//!
//! `cargo run --example quickstart` shows who sees what and why, then changes a copy of the file while it runs.
//! `cargo run --example quickstart -- --watch` follows `flags.yaml` itself: edit it and see what changes.

mod shop;
mod story;
mod watch;

use std::error::Error;
use std::io::{self, Write};

flagstone::include_flags!();

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match std::env::args().nth(1).as_deref() {
        None => story::tell(&mut out),
        Some("--watch") => watch::watch(&mut out),
        Some(other) => {
            writeln!(
                out,
                "unknown argument `{other}`: give none for the tour, or `--watch`"
            )?;
            Err("unknown argument".into())
        }
    }
}
