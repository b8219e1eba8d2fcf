//! `flagstone evaluate`: what flags answer.

mod answers;
mod attribute;
mod attributes;
mod context;
mod lines;
mod progress;
mod reader;
mod requests;
mod stream;

use flagstone::Snapshot;

use crate::arguments::Evaluate;
use crate::clock;
use crate::document::{self, Document, is_standard_input};
use crate::failure::{Failure, Outcome, warn};
use crate::nearest::{DidYouMean, nearest};
use crate::output::Output;
use answers::Answers;
pub(crate) use attributes::Attributes;
use attributes::Warnings;
use context::Context;
use reader::Reader;

/// Answers one question or many. All are asked at the same time, so that answers of one run can be compared.
pub(crate) fn run(arguments: &Evaluate) -> Result<Outcome, Failure> {
    if let Some(requests) = &arguments.requests
        && is_standard_input(requests)
        && is_standard_input(&arguments.flags)
    {
        return Err(Failure::StandardInputTwice {
            one: "the document",
            other: "the requests",
        });
    }
    let document = Document::read_flags(&arguments.flags)?;
    let loaded = document.load();
    let definition = document::right(&loaded)?;
    let at = arguments.at.unwrap_or_else(clock::now);
    let snapshot = Snapshot::new(definition, arguments.environment.as_deref(), at)
        .map_err(Failure::UnknownEnvironment)?;
    let answers = Answers::new(definition, &snapshot, at);
    let attributes = Attributes::new(snapshot.schema(), &definition.context);
    match &arguments.requests {
        Some(requests) => stream::run(requests, &attributes, &answers),
        None => one(arguments, &attributes, &answers),
    }
}

/// Answers for the context that the arguments give.
fn one(
    arguments: &Evaluate,
    attributes: &Attributes<'_>,
    answers: &Answers<'_>,
) -> Result<Outcome, Failure> {
    let context = context(
        arguments.context.as_deref(),
        &arguments.attributes,
        attributes,
    )?;
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

/// The context that arguments give, as JSON or by attribute.
pub(crate) fn context<'a>(
    json: Option<&'a str>,
    given: &'a [(String, String)],
    attributes: &Attributes<'_>,
) -> Result<Context<'a>, Failure> {
    let mut context = Context::new(attributes.table);
    let mut warnings = Warnings::default();
    if let Some(json) = json {
        let mut reader = Reader::new(json);
        context
            .read(&mut reader, attributes, &mut warnings)
            .and_then(|()| reader.end())
            .map_err(|mistake| Failure::InvalidContext(mistake.describe(json)))?;
    }
    for (name, value) in given {
        let table = attributes.table;
        let slot = table.index(name);
        let Some((slot, entry)) = slot.and_then(|slot| Some((slot, table.get(slot)?))) else {
            warnings.undeclared(name, attributes);
            continue;
        };
        let given = match attribute::read(entry.ty(), value) {
            Ok(given) => {
                attributes.judge(slot, &given, &mut warnings);
                given
            }
            Err(text) => {
                warnings.mistyped(entry);
                text
            }
        };
        context.set(slot, given);
    }
    for warning in warnings.take() {
        warn(&warning);
    }
    Ok(context)
}
