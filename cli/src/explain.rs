//! `flagstone explain`: why a flag answers what it answers.

use flagstone::Snapshot;

use crate::arguments::{Explain, ExplainFormat};
use crate::clock;
use crate::document::{self, Document};
use crate::evaluate::{Attributes, context};
use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// Explains one answer.
pub(crate) fn run(arguments: &Explain) -> Result<Outcome, Failure> {
    let document = Document::read_flags(&arguments.flags)?;
    let loaded = document.load();
    let definition = document::right(&loaded)?;
    let at = arguments.at.unwrap_or_else(clock::now);
    let snapshot = Snapshot::new(definition, arguments.environment.as_deref(), at)
        .map_err(Failure::UnknownEnvironment)?
        .with_source(&loaded.source);
    document::flag(definition, &arguments.flag)?;
    let attributes = Attributes::new(snapshot.schema(), &definition.context);
    let context = context(
        arguments.context.as_deref(),
        &arguments.attributes,
        &attributes,
    )?;
    let explanation = snapshot.explain_slots(&arguments.flag, &context, at);
    let mut output = Output::standard();
    match arguments.format {
        ExplainFormat::Human => output.push(explanation.to_string().trim_end()),
        ExplainFormat::Json => output.format(format_args!("{:#}", explanation.to_json())),
    }
    output.end_line()?;
    output.flush()?;
    Ok(Outcome::Fine)
}
