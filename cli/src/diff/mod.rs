//! `flagstone diff`: what changes for whom between two documents.

mod git;
mod github;
mod json;
mod side;

use std::io::Write;

use flagstone_model::{Change, Definition, Name, Place, Severe, Subject, difference};

use crate::arguments::{Diff, DiffFormat};
use crate::document;
use crate::failure::{Failure, Outcome};
use crate::output::{Output, visible};

/// Compares two documents, and reports what changes.
pub(crate) fn run(arguments: &Diff) -> Result<Outcome, Failure> {
    let (old, new) = side::read(&arguments.old, &arguments.new)?;
    let (old, new) = (old.load(), new.load());
    let (before, after) = (document::right(&old)?, document::right(&new)?);
    let mut changes = difference(before, after);
    if let Some(environment) = &arguments.environment {
        if before.environment(environment).is_none() {
            document::environment(after, environment)?;
        }
        changes.retain_mut(|change| holds_in(change, environment));
    }
    let mut output = Output::standard();
    match arguments.format {
        DiffFormat::Human => human(&changes, &mut output)?,
        DiffFormat::Json => json::report(&changes, &mut output)?,
        DiffFormat::Github => github::report(&changes, &new, after, &mut output)?,
    }
    output.flush()?;
    Ok(Outcome::Fine)
}

/// Whether a change holds in an environment; if it does, that is the only place that is said.
fn holds_in(change: &mut Change, environment: &str) -> bool {
    if let Subject::Environment(name) = &change.subject {
        return name.as_str() == environment;
    }
    let Place::In(names) = &mut change.place else {
        return true;
    };
    names.retain(|name| name.as_str() == environment);
    !names.is_empty()
}

/// Writes a line for each change.
fn human(changes: &[Change], output: &mut Output<impl Write>) -> Result<(), Failure> {
    for change in changes {
        output.push(&visible(&change.to_string()));
        output.end_line()?;
    }
    let breaking = changes.iter().filter(|change| breaking(change).is_some());
    let count = match changes.len() {
        0 => "nothing changes".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    match breaking.count() {
        0 => output.push(&count),
        breaking => output.format(format_args!("{count}, {breaking} of them breaking")),
    }
    output.end_line()
}

/// Why a change is breaking, where it is.
fn breaking(change: &Change) -> Option<&str> {
    change.severe.iter().find_map(|severe| match severe {
        Severe::Breaking(why) => Some(why.as_str()),
        Severe::DealtAgain => None,
    })
}

/// Where in the new document the subject of a change stands.
fn span(definition: &Definition, subject: &Subject) -> Option<flagstone_model::Span> {
    fn find<'d, T>(
        mut list: impl Iterator<Item = &'d T>,
        name: &Name,
        of: impl Fn(&T) -> (&Name, flagstone_model::Span),
    ) -> Option<flagstone_model::Span>
    where
        T: 'd,
    {
        list.find_map(|entry| {
            let (other, span) = of(entry);
            (other == name).then_some(span)
        })
    }
    match subject {
        Subject::Flag(key) => find(definition.flags.iter(), key, |flag| (&flag.key, flag.span)),
        Subject::Segment(name) => find(definition.segments.iter(), name, |segment| {
            (&segment.name, segment.span)
        }),
        Subject::Environment(name) => find(definition.environments.iter(), name, |environment| {
            (&environment.name, environment.span)
        }),
        Subject::Attribute(name) => find(definition.context.attributes.iter(), name, |attribute| {
            (&attribute.name, attribute.span)
        }),
    }
}
