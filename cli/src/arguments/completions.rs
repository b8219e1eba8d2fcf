//! The arguments of `flagstone completions`.

use clap::Args;

/// Prints a script that completes this command's arguments in a shell
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

const COMPLETIONS: &str = "\
Examples:
  flagstone completions bash > ~/.bash_completion.d/flagstone
  flagstone completions fish > ~/.config/fish/completions/flagstone.fish
  flagstone completions zsh > \"${fpath[1]}/_flagstone\"";
