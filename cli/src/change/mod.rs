//! `flagstone set`, `kill` and `revive`: a file changed in place.

mod apply;
mod kills;
mod wrong;

use flagstone_model::{Definition, EditError, set, unset};

use crate::arguments::{Kill, Revive, Set, Target, What};
use crate::document::{self, Document, is_standard_input};
use crate::failure::{Failure, Outcome};

/// Changes keys of a flag.
pub(crate) fn set_keys(arguments: &Set) -> Result<Outcome, Failure> {
    let document = read(&arguments.target)?;
    let text = text(&document)?;
    let loaded = document.load();
    if let Some(definition) = loaded.definition() {
        document::flag(definition, &arguments.flag)?;
        known_environment(definition, arguments.environment.as_deref())?;
    }
    let mut path = vec!["flags", &*arguments.flag];
    if let Some(environment) = &arguments.environment {
        path.extend(["environments", &**environment]);
    }
    let mut edited = text.to_owned();
    for key in &arguments.unset {
        edited = unset(&edited, &[&path[..], &[key.as_str()]].concat()).map_err(failure)?;
    }
    for (key, value) in &arguments.values {
        edited = set(&edited, &[&path[..], &[key.as_str()]].concat(), value).map_err(failure)?;
    }
    apply::apply(&arguments.target, &document, (text, &edited), None)
}

/// Kills a flag or the flags of an environment.
pub(crate) fn kill(arguments: &Kill) -> Result<Outcome, Failure> {
    switch(&arguments.what, &arguments.target, true)
}

/// Takes a kill back.
pub(crate) fn revive(arguments: &Revive) -> Result<Outcome, Failure> {
    switch(&arguments.what, &arguments.target, false)
}

fn switch(what: &What, target: &Target, killed: bool) -> Result<Outcome, Failure> {
    let document = read(target)?;
    let text = text(&document)?;
    let loaded = document.load();
    if let Some(definition) = loaded.definition() {
        if let Some(flag) = &what.flag {
            document::flag(definition, flag)?;
        }
        known_environment(definition, what.environment.as_deref())?;
        known_environment(definition, what.all_of.as_deref())?;
    } else if killed {
        wrong::named(&loaded, what)?;
    }
    let path = path(what);
    let is_killed = loaded.definition().map(|it| kills::is_killed(it, what));
    // A revival takes back what is written; where nothing is, nothing is to be written.
    let edited = if !killed && is_killed == Some(false) {
        text.to_owned()
    } else {
        set(text, &path, if killed { "true" } else { "false" }).map_err(failure)?
    };
    let kill = killed.then_some(what);
    let outcome = apply::apply(target, &document, (text, &edited), kill)?;
    if let (false, Some(definition)) = (killed, loaded.definition()) {
        kills::tell_of_others(definition, what);
    }
    Ok(outcome)
}

/// The path of the key `killed`.
fn path(what: &What) -> Vec<&str> {
    let mut path = match (&what.flag, &what.all_of) {
        (Some(flag), _) => vec!["flags", flag],
        (None, environment) => vec!["environments", environment.as_deref().unwrap_or_default()],
    };
    if let Some(environment) = &what.environment {
        path.extend(["environments", environment]);
    }
    path.push("killed");
    path
}

fn known_environment(definition: &Definition, name: Option<&str>) -> Result<(), Failure> {
    match name {
        Some(name) => document::environment(definition, name).map(drop),
        None => Ok(()),
    }
}

fn read(target: &Target) -> Result<Document, Failure> {
    if is_standard_input(&target.flags) {
        return Err(Failure::Misuse(
            "standard input can't be changed in place; name a file with `--flags`".to_owned(),
        ));
    }
    Document::read_flags(&target.flags)
}

/// The document's text; the report where it is none.
fn text(document: &Document) -> Result<&str, Failure> {
    match document.text() {
        Some(text) => Ok(text),
        None => Err(Failure::mistakes(&document.load())),
    }
}

fn failure(error: EditError) -> Failure {
    match error {
        EditError::Value { .. } => Failure::Misuse(error.to_string()),
        EditError::Document(_) | EditError::NoMapping { .. } => Failure::Uneditable(error),
    }
}
