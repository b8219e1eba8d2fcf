//! The arguments of `flagstone fmt`.

use std::path::PathBuf;

use clap::Args;

/// Puts documents into their canonical form
///
/// Keys come in the language's order, indents and spaces are the same everywhere, and comments stay with what they
/// stand above or behind. Flags, variants, rules and other names stay in their order, and values keep their quotes. A
/// document means the same as before; one that isn't well formed stays as it is.
#[derive(Debug, Args)]
#[command(after_long_help = FMT)]
pub(crate) struct Fmt {
    /// The documents; `-` formats standard input to standard output
    #[arg(value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) files: Vec<PathBuf>,

    /// Write nothing, and print what would change
    #[arg(long)]
    pub(crate) check: bool,
}

const FMT: &str = "\
Exit codes:
  0  every document is in its canonical form now; with --check: was already
  1  with --check: a document isn't in its canonical form; or one isn't well
     formed, or can't be read or written
  2  the command was misused

Examples:
  flagstone fmt
  flagstone fmt --check services/*/flags.yaml
  flagstone fmt - < flags.yaml";
