//! A kill in a document that is wrong already. Programs take kills from those too, so that one may be written all the same.

use flagstone_model::{Content, Loaded, Node, parse};

use crate::arguments::What;
use crate::failure::Failure;

/// Refuses a kill of something that a wrong document doesn't name: writing it would add a flag to the document.
pub(super) fn named(loaded: &Loaded<'_>, what: &What) -> Result<(), Failure> {
    let Ok(tree) = parse(&loaded.source) else {
        // Changing the text says what isn't well formed.
        return Ok(());
    };
    let flag = what.flag.iter().map(|key| ("flag", "flags", key));
    let environments = what.environment.iter().chain(&what.all_of);
    let environments = environments.map(|name| ("environment", "environments", name));
    for (kind, section, name) in flag.chain(environments) {
        let known = entry(tree.root(), section).and_then(|section| entry(section, name));
        if known.is_none() {
            return Err(Failure::Misuse(format!(
                "there is no {kind} `{name}` in the document, which has mistakes besides: see `flagstone check`"
            )));
        }
    }
    Ok(())
}

/// Whether a wrong document may take the place of another: it kills what it is to kill, and has no mistake more.
pub(super) fn may_replace(old: &Loaded<'_>, new: &Loaded<'_>, what: &What) -> bool {
    let Ok(checked) = &new.outcome else {
        return false;
    };
    let kills = checked.kills();
    let is_killed = match (&what.all_of, &what.flag) {
        (Some(environment), _) => kills.environments.contains(&**environment),
        (None, Some(flag)) => kills.reaches(flag, what.environment.as_deref()),
        (None, None) => false,
    };
    is_killed && new.total() <= old.total()
}

fn entry<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    let Content::Map(entries) = node.content() else {
        return None;
    };
    let is_it = |key: Node<'_>| key.scalar().is_some_and(|key| key.text == name);
    let (_, value) = entries.iter().find(|(key, _)| is_it(*key))?;
    Some(value)
}
