//! `flagstone schema`.

use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// Prints the schema.
pub(crate) fn run() -> Result<Outcome, Failure> {
    let mut output = Output::standard();
    output.format(format_args!("{:#}", flagstone_model::json_schema()));
    output.end_line()?;
    output.flush()?;
    Ok(Outcome::Fine)
}
