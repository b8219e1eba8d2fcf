//! `flagstone list` and `flagstone show`: what flags do in each environment.

mod entry;
mod human;
mod json;
mod notes;

use flagstone_model::{Definition, EnvironmentIndex, Flag};

use crate::arguments::{List, ListFormat, Show};
use crate::clock;
use crate::document::Document;
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use entry::Entry;

/// Lists the flags that fit.
pub(crate) fn list(arguments: &List) -> Result<Outcome, Failure> {
    let document = Document::read_flags(&arguments.flags)?;
    let loaded = document.load();
    let definition = crate::document::right(&loaded)?;
    let environments = environments(definition, arguments.environment.as_deref())?;
    let at = arguments.at.unwrap_or_else(clock::now);
    let flags = definition.flags.iter().filter(|flag| fits(arguments, flag));
    let entries: Vec<Entry<'_>> = flags
        .map(|flag| Entry::new(definition, flag, &environments, at))
        .collect();
    let mut output = Output::standard();
    match arguments.format {
        ListFormat::Human => human::list(&entries, &mut output)?,
        ListFormat::Json => json::list(&entries, &mut output)?,
    }
    output.flush()?;
    Ok(Outcome::Fine)
}

/// Shows one flag.
pub(crate) fn show(arguments: &Show) -> Result<Outcome, Failure> {
    let document = Document::read_flags(&arguments.flags)?;
    let loaded = document.load();
    let definition = crate::document::right(&loaded)?;
    let environments = environments(definition, arguments.environment.as_deref())?;
    let at = arguments.at.unwrap_or_else(clock::now);
    let flag = crate::document::flag(definition, &arguments.flag)?;
    let entry = Entry::new(definition, flag, &environments, at);
    let mut output = Output::standard();
    match arguments.format {
        ListFormat::Human => human::show(&entry, &mut output)?,
        ListFormat::Json => json::show(&entry, &mut output)?,
    }
    output.flush()?;
    Ok(Outcome::Fine)
}

/// The environment that was asked for; all of them if none was, and none where there are none.
fn environments(
    definition: &Definition,
    asked: Option<&str>,
) -> Result<Vec<Option<EnvironmentIndex>>, Failure> {
    if let Some(name) = asked {
        return Ok(vec![Some(crate::document::environment(definition, name)?)]);
    }
    let all: Vec<_> = (0..definition.environments.len())
        .map(|index| Some(EnvironmentIndex::new(index)))
        .collect();
    Ok(if all.is_empty() { vec![None] } else { all })
}

fn fits(arguments: &List, flag: &Flag) -> bool {
    let about = flag.about();
    let has = |tag: &String| about.tags.iter().any(|other| **other == **tag);
    let is_owners = |owner: &String| about.owner.as_deref() == Some(owner);
    arguments.tag.iter().all(has)
        && arguments.owner.as_ref().is_none_or(is_owners)
        && arguments.kind.is_none_or(|kind| about.kind == kind)
}
