//! The arguments of `flagstone schema`.

use clap::Args;

/// Prints the JSON Schema of the language, from which editors complete
///
/// With the schema in a file, editors that know YAML complete keys, explain them, and mark much of what is wrong while
/// one types. `flagstone check` knows the rest.
#[derive(Debug, Args)]
#[command(after_long_help = SCHEMA)]
pub(crate) struct Schema {}

const SCHEMA: &str = "\
In editors:
  Write the schema to a file, and name it in the first line of the document:
    # yaml-language-server: $schema=flags.schema.json

Exit codes:
  0  always

Examples:
  flagstone schema > flags.schema.json";
