//! The arguments of `flagstone set`, `kill` and `revive`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

/// Changes keys of a flag in its file
///
/// Changes just those keys, and keeps comments, order, quotes and spacing. The result is checked before it takes the
/// file's place in one step; what would be wrong is reported, and the file stays as it was. Prints what changed, line
/// by line and in words.
#[derive(Debug, Args)]
#[command(after_long_help = SET)]
pub(crate) struct Set {
    /// The flag
    #[arg(value_name = "FLAG")]
    pub(crate) flag: String,

    /// Keys with their values, written as behind the key in the document
    #[arg(value_name = "KEY=VALUE", value_parser = key_and_value, required_unless_present = "unset")]
    pub(crate) values: Vec<(String, String)>,

    /// A key to take out
    #[arg(long, value_name = "KEY")]
    pub(crate) unset: Vec<String>,

    /// Only in this environment: in the flag's overlay
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,

    #[command(flatten)]
    pub(crate) target: Target,
}

/// Stops a flag, or every flag of an environment, at once
///
/// Everybody gets the baseline, whatever overrides and rules say. Programs that follow the file take a kill from it
/// even where something else in it is wrong.
#[derive(Debug, Args)]
#[command(after_long_help = KILL, group = ArgGroup::new("what").required(true).args(["flag", "all_of"]))]
pub(crate) struct Kill {
    #[command(flatten)]
    pub(crate) what: What,

    #[command(flatten)]
    pub(crate) target: Target,
}

/// Takes a kill back
///
/// Writes `killed: false` where `killed: true` is. A kill that stands elsewhere as well, for the whole flag or the whole
/// environment, is named, since it still holds.
#[derive(Debug, Args)]
#[command(after_long_help = REVIVE, group = ArgGroup::new("what").required(true).args(["flag", "all_of"]))]
pub(crate) struct Revive {
    #[command(flatten)]
    pub(crate) what: What,

    #[command(flatten)]
    pub(crate) target: Target,
}

/// A flag, or the flags of an environment.
#[derive(Debug, Args)]
pub(crate) struct What {
    /// The flag
    #[arg(value_name = "FLAG")]
    pub(crate) flag: Option<String>,

    /// Every flag of this environment
    #[arg(long, value_name = "ENVIRONMENT", conflicts_with = "environment")]
    pub(crate) all_of: Option<String>,

    /// Only in this environment
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
}

/// The file, and whether it is written.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The document
    #[arg(long, value_name = "FILE", default_value = "flags.yaml")]
    pub(crate) flags: PathBuf,

    /// Only print what would change
    #[arg(long)]
    pub(crate) dry_run: bool,
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("a key and its value are written `rollout=40%`")?;
    Ok((key.to_owned(), value.to_owned()))
}

const SET: &str = "\
Exit codes:
  0  the file was changed, or already was as it shall be
  1  the result would have mistakes, or the document has no such flag, or the
     file can't be read or written; the file is as it was
  2  the command was misused: a value that can't be written

Examples:
  flagstone set new_dashboard rollout=40%
  flagstone set new_dashboard rollout=40% --environment production
  flagstone set new_dashboard serve=on --unset rollout
  flagstone set button_color 'split={ control: 50, variant_a: 50 }' --dry-run
  flagstone set new_checkout 'description=Checkout in one page' owner=payments";

const KILL: &str = "\
Exit codes:
  0  it is killed
  1  the result would have mistakes, or the document has no such flag, or the
     file can't be read or written; the file is as it was
  2  the command was misused

Examples:
  flagstone kill new_checkout
  flagstone kill new_checkout --environment production
  flagstone kill --all-of production";

const REVIVE: &str = "\
Exit codes:
  0  it is not killed here any more
  1  the result would have mistakes, or the document has no such flag, or the
     file can't be read or written; the file is as it was
  2  the command was misused

Examples:
  flagstone revive new_checkout
  flagstone revive --all-of production";
