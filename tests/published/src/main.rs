//! Puts `#[feature_gate]` on every function of published crates, and has the compiler check them.
//!
//! `cargo run --release -- FOLDER` fetches the crates into the folder, gates them there, and prints how many functions were
//! gated and which were refused, each with the compiler's message. It fails where a refusal is none of those that
//! the attribute is meant to make.

mod check;
mod krate;
mod leave;
mod rewrite;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use krate::{Crate, PUBLISHED};

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder =
        folder.context("say into which folder the crates go: cargo run -- target/crates")?;
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    krate::fetch(&folder)?;
    let mut unexpected = 0;
    for published in PUBLISHED {
        let outcome = check::gate(&Crate::prepare(&folder, published)?)?;
        unexpected += outcome.print();
    }
    ensure!(
        unexpected == 0,
        "{unexpected} functions were refused without a reason"
    );
    Ok(())
}
