//! Writes the documents that are too long to be kept, and generates the flags of two sets: of eleven flags and of ten thousand.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// How many users the long list has.
const LISTED: usize = 100_000;
/// How many flags the large set has.
const MANY: usize = 10_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    writeln!(io::stdout().lock(), "cargo::rerun-if-changed=flags.yaml")?;
    let out_dir = env::var("OUT_DIR")?;
    let short = fs::read_to_string("flags.yaml")?;
    let few = short.replacen("[user-000000]", &members(), 1);
    for (module, document) in [("flags", few), ("many", many(&short))] {
        let path = Path::new(&out_dir).join(format!("{module}.yaml"));
        fs::write(&path, document)?;
        flagstone_build::Builder::new(path)
            .module(module)
            .generate();
    }
    Ok(())
}

/// The long list.
fn members() -> String {
    let mut list = "[user-000000".to_owned();
    for user in 1..LISTED {
        let _ = write!(list, ", user-{user:06}");
    }
    list.push(']');
    list
}

/// The document with flags that nobody asks before and behind its own.
fn many(short: &str) -> String {
    let (head, flags) = short.split_once("\nflags:\n").unwrap_or((short, ""));
    let mut document = format!("{head}\nflags:\n");
    for flag in 0..MANY {
        if flag == MANY / 2 {
            document.push_str(flags);
        }
        let _ = writeln!(
            document,
            "  other_{flag}: {{ rollout: {}% }}",
            flag % 99 + 1
        );
    }
    document
}
