//! The program of `gated`, without flags.

use std::io::{self, Write};

fn dashboard(name: &str) -> String {
    format!("the new dashboard for {name}")
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for user in ["u-17", "u-18"] {
        writeln!(out, "{}", dashboard(user))?;
    }
    Ok(())
}
