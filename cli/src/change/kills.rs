//! Where a kill is written, and where else.

use flagstone_model::{Definition, Flag};

use crate::arguments::What;
use crate::failure::warn;

/// Whether the kill that the arguments name is written.
pub(super) fn is_killed(definition: &Definition, what: &What) -> bool {
    if let Some(name) = &what.all_of {
        let environments = definition.environments.iter();
        return environments
            .filter(|environment| environment.name.as_str() == name)
            .any(|environment| environment.killed);
    }
    let Some(flag) = flag(definition, what) else {
        return false;
    };
    let deciding = match what.environment.as_deref() {
        None => Some(&flag.base),
        Some(name) => definition
            .environment(name)
            .and_then(|index| flag.overlay(index)),
    };
    deciding.is_some_and(|deciding| deciding.rare().killed == Some(true))
}

/// Names the kills that still hold when one was taken back.
pub(super) fn tell_of_others(definition: &Definition, what: &What) {
    let Some(flag) = flag(definition, what) else {
        return;
    };
    let key = &flag.key;
    if what.environment.is_some() && flag.base.rare().killed == Some(true) {
        warn(&format!(
            "`{key}` is still killed in every environment; `flagstone revive {key}` takes that back"
        ));
    }
    for (index, environment) in definition.environments.iter().enumerate() {
        let name = environment.name.as_str();
        if what
            .environment
            .as_deref()
            .is_some_and(|asked| asked != name)
        {
            continue;
        }
        let overlay = flag.overlay(flagstone_model::EnvironmentIndex::new(index));
        let is_killed = overlay.is_some_and(|overlay| overlay.rare().killed == Some(true));
        if is_killed && what.environment.is_none() {
            warn(&format!(
                "`{key}` is still killed in {name}; `flagstone revive {key} --environment {name}` takes that back"
            ));
        }
        if environment.killed {
            warn(&format!(
                "every flag of {name} is still killed; `flagstone revive --all-of {name}` takes that back"
            ));
        }
    }
}

fn flag<'d>(definition: &'d Definition, what: &What) -> Option<&'d Flag> {
    let key = what.flag.as_deref()?;
    definition
        .flags
        .iter()
        .find(|flag| flag.key.as_str() == key)
}
