//! `flagstone evaluate`: what flags answer.

mod answers;
mod attribute;
mod context;
mod lines;
mod progress;
mod reader;
mod requests;
mod stream;

use flagstone::{AttributeTable, Snapshot};
use flagstone_model::{Loaded, render};

use crate::arguments::Evaluate;
use crate::clock;
use crate::document::{Document, is_standard_input};
use crate::failure::{Failure, Outcome, warn};
use crate::nearest::{DidYouMean, nearest};
use crate::output::{self, Output};
use answers::Answers;
use context::{Context, Ignored, Place};
use reader::Reader;

/// Answers one question or many. All are asked at the same time, so that answers of one run can be compared.
pub(crate) fn run(arguments: &Evaluate) -> Result<Outcome, Failure> {
    if let Some(requests) = &arguments.requests
        && is_standard_input(requests)
        && is_standard_input(&arguments.flags)
    {
        return Err(Failure::StandardInputTwice);
    }
    let document = Document::read(&arguments.flags)?;
    let loaded = document.load();
    let definition = loaded.definition().ok_or_else(|| mistakes(&loaded))?;
    let at = arguments.at.unwrap_or_else(clock::now);
    let snapshot = Snapshot::new(definition, arguments.environment.as_deref(), at)
        .map_err(Failure::UnknownEnvironment)?;
    let answers = Answers::new(definition, &snapshot, at);
    match &arguments.requests {
        Some(requests) => stream::run(requests, snapshot.schema(), &answers),
        None => one(arguments, snapshot.schema(), &answers),
    }
}

fn mistakes(loaded: &Loaded<'_>) -> Failure {
    let style = output::style(&std::io::stderr());
    let report = render(&loaded.source, loaded.diagnostics(), loaded.total(), style);
    Failure::Mistakes(report)
}

/// Answers for the context that the arguments give.
fn one(
    arguments: &Evaluate,
    schema: &AttributeTable,
    answers: &Answers<'_>,
) -> Result<Outcome, Failure> {
    let context = context(arguments, schema)?;
    let mut output = Output::standard();
    let flag = arguments.flag.as_deref();
    let is_known = answers.write(flag, &context, &mut output)?;
    output.flush()?;
    if is_known {
        return Ok(Outcome::Fine);
    }
    let given = flag.unwrap_or_default();
    let hint = DidYouMean(nearest(given, answers.keys()));
    warn(&format!("the document has no flag {given:?}{hint}"));
    Ok(Outcome::Problems)
}

fn context<'a>(arguments: &'a Evaluate, schema: &AttributeTable) -> Result<Context<'a>, Failure> {
    let mut context = Context::new(schema);
    let mut ignored = Ignored::default();
    if let Some(json) = &arguments.context {
        let mut reader = Reader::new(json);
        context
            .read(&mut reader, schema, &mut ignored)
            .and_then(|()| reader.end())
            .map_err(|mistake| Failure::InvalidContext(mistake.describe(json)))?;
    }
    for (name, value) in &arguments.attributes {
        let slot = schema.index(name);
        let Some((slot, entry)) = slot.and_then(|slot| Some((slot, schema.get(slot)?))) else {
            ignored.add(Place::Context, name, context::attributes(schema));
            continue;
        };
        let given = attribute::read(entry.ty(), value).unwrap_or_else(|text| {
            // The value stays untold: it may be private.
            let ty = entry.ty().name();
            warn(&format!(
                "the value of `{name}` is no {ty}, so the attribute is missing"
            ));
            text
        });
        context.set(slot, given);
    }
    for warning in ignored.take() {
        warn(&warning);
    }
    Ok(context)
}
