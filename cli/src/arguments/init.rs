//! The arguments of `flagstone init`.

use std::path::PathBuf;

use clap::Args;

/// Makes an existing crate ready for feature flags
///
/// Adds the dependencies, a build script, a `flags.yaml` with comments to start from, and the line that brings the flags
/// into the crate. Shows all of it first, and asks on a terminal; what is there already stays as it is. Done twice, it
/// changes nothing.
#[derive(Debug, Args)]
#[command(after_long_help = INIT)]
pub(crate) struct Init {
    /// The folder of the crate
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Do it without asking
    #[arg(long)]
    pub(crate) yes: bool,
}

const INIT: &str = "\
Exit codes:
  0  the crate is ready, or was already; or the plan was shown
  1  something is left to be done by hand, which is said; or there is no crate,
     or a file can't be read or written
  2  the command was misused

Examples:
  flagstone init
  flagstone init --yes
  flagstone init services/shop --yes";
