//! What changes of flags and environments: new ones, gone ones, and what each does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Pair, Place, Severe, Subject, breaking, by_key, effective};
use crate::Name;
use crate::definition::{Definition, Effective, Environment, EnvironmentIndex, Flag};
use crate::words::{Speaker, state};

/// What changes of the environments themselves.
pub(super) fn environments(pair: &Pair<'_>) -> Vec<Change> {
    let find = |definition: &'_ Definition, name: &Name| {
        let mut found = definition.environments.iter();
        found.find(|other| other.name == *name).cloned()
    };
    let mut changes = Vec::new();
    let mut say = |environment: &Environment, words: &str, severe: Vec<Severe>| {
        changes.push(Change {
            subject: Subject::Environment(environment.name.clone()),
            words: words.to_owned(),
            place: Place::Everywhere,
            severe,
        });
    };
    for new in &pair.new.environments {
        match find(pair.old, &new.name) {
            None => say(new, "new", Vec::new()),
            Some(old) if old.killed != new.killed => {
                let words = if new.killed {
                    "killed: every flag answers its baseline there"
                } else {
                    "revived"
                };
                say(new, words, Vec::new());
            }
            Some(_) => {}
        }
    }
    for old in &pair.old.environments {
        if find(pair.new, &old.name).is_none() {
            let why = "programs that choose it refuse the document";
            say(old, "removed", vec![Severe::Breaking(why.to_owned())]);
        }
    }
    changes
}

/// What changes of flags.
pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let (old, new) = (by_key(pair.old), by_key(pair.new));
    let mut renamed: BTreeSet<&str> = BTreeSet::new();
    let gone = gone(pair, &new);
    let mut changes = Vec::new();
    for flag in &pair.new.flags {
        if let Some(was) = old.get(flag.key.as_str()) {
            changes.extend(one(pair, was, flag));
            continue;
        }
        let like = gone.get(&likeness(flag)).map_or(&[][..], Vec::as_slice);
        let mut like = like
            .iter()
            .filter(|was| !renamed.contains(was.key.as_str()));
        match like.find(|was| is_same(pair, was, flag)) {
            Some(was) => {
                renamed.insert(was.key.as_str());
                changes.push(renaming(was, flag));
            }
            None => changes.push(addition(pair.new, flag)),
        }
    }
    for flag in &pair.old.flags {
        let key = flag.key.as_str();
        if !new.contains_key(key) && !renamed.contains(key) {
            changes.push(removal(pair, flag));
        }
    }
    changes
}

/// What changes of a flag that both have; what is said of several environments is said once.
fn one(pair: &Pair<'_>, old: &Flag, new: &Flag) -> Vec<Change> {
    let subject = || Subject::Flag(new.key.clone());
    let mut changes = breaking::flag(pair, old, new);
    let places = pair.places();
    let mut said: Vec<(String, bool, Vec<Option<&str>>)> = Vec::new();
    for (name, before, after) in &places {
        for (words, is_dealt_again) in effective::changes(pair, (old, new), (*before, *after)) {
            let known = said.iter_mut().find(|(other, ..)| *other == words);
            match known {
                Some((_, _, names)) => names.push(*name),
                None => said.push((words, is_dealt_again, vec![*name])),
            }
        }
    }
    changes.extend(said.into_iter().map(|(words, is_dealt_again, names)| {
        let place = place(pair.new, &names, places.len());
        let severe = is_dealt_again.then_some(Severe::DealtAgain);
        Change {
            subject: subject(),
            words,
            place,
            severe: severe.into_iter().collect(),
        }
    }));
    changes
}

fn place(definition: &Definition, names: &[Option<&str>], all: usize) -> Place {
    if names.len() == all {
        return Place::Everywhere;
    }
    let chosen = names.iter().flatten();
    let environments = chosen.filter_map(|name| {
        let index = definition.environment(name)?;
        let environment = definition.environments.get(index.get())?;
        Some(environment.name.clone())
    });
    Place::In(environments.collect())
}

/// What a flag keeps under another key: its description, where it has one, else its salt.
fn likeness(flag: &Flag) -> &str {
    let description = flag.about().description.as_deref();
    description.unwrap_or_else(|| flag.salt())
}

/// The flags that are gone, by what they would keep under another key; of those that are all alike, a few.
fn gone<'d>(pair: &Pair<'d>, new: &BTreeMap<&str, &Flag>) -> BTreeMap<&'d str, Vec<&'d Flag>> {
    const LOOKED_AT: usize = 8;
    let mut gone: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
    for flag in &pair.old.flags {
        let like = gone.entry(likeness(flag)).or_default();
        if !new.contains_key(flag.key.as_str()) && like.len() < LOOKED_AT {
            like.push(flag);
        }
    }
    gone
}

/// Whether a flag under another key says the same: variants and everything that decides.
fn is_same(pair: &Pair<'_>, old: &Flag, new: &Flag) -> bool {
    breaking::flag(pair, old, new).is_empty()
        && pair.places().iter().all(|(_, before, after)| {
            let changes = effective::changes(pair, (old, new), (*before, *after));
            changes.iter().all(|(_, is_dealt_again)| *is_dealt_again)
        })
}

fn renaming(old: &Flag, new: &Flag) -> Change {
    let mut severe = vec![Severe::Breaking(format!(
        "programs built from the old document keep asking for `{}`",
        old.key
    ))];
    let words = if old.salt() == new.salt() {
        format!(
            "renamed from `{}`; nobody moves, since its salt is kept",
            old.key
        )
    } else {
        severe.push(Severe::DealtAgain);
        format!("renamed from `{}`, without `salt: {}`", old.key, old.salt())
    };
    Change {
        subject: Subject::Flag(new.key.clone()),
        words,
        place: Place::Everywhere,
        severe,
    }
}

fn addition(definition: &Definition, flag: &Flag) -> Change {
    Change {
        subject: Subject::Flag(flag.key.clone()),
        words: format!("new: {}", baseline_or_more(definition, flag)),
        place: Place::Everywhere,
        severe: Vec::new(),
    }
}

/// What a flag does, where it does the same everywhere; else in each environment.
fn baseline_or_more(definition: &Definition, flag: &Flag) -> String {
    let earliest = crate::Timestamp::from_milliseconds(i64::MIN);
    let told = |environment| {
        let effective = Effective::new(flag, environment);
        // What starts later is told as it will be, since no time is known here.
        let at = effective.starts_at.unwrap_or(earliest);
        state(definition, flag, environment, at).summary
    };
    let base = told(None);
    let indices = (0..definition.environments.len()).map(EnvironmentIndex::new);
    let others: Vec<String> = indices
        .filter_map(|index| {
            let words = told(Some(index));
            let environment = definition.environments.get(index.get())?;
            (words != base).then(|| format!("{words} in {}", environment.name))
        })
        .collect();
    let all = core::iter::once(base).chain(others);
    all.collect::<Vec<_>>().join("; ")
}

fn removal(pair: &Pair<'_>, flag: &Flag) -> Change {
    let retired = pair
        .new
        .retired
        .iter()
        .find(|retired| retired.key == flag.key);
    let words = match retired {
        Some(retired) => format!("removed, retired on {}", retired.date),
        None => "removed, without an entry under `retired`".to_owned(),
    };
    let baseline = Effective::new(flag, None).baseline;
    let baseline = flag.variants.get(baseline);
    let baseline = baseline.map_or("?", |variant| variant.name.as_str());
    let why = format!("programs built from the old document answer its baseline, {baseline}");
    Change {
        subject: Subject::Flag(flag.key.clone()),
        words,
        place: Place::Everywhere,
        severe: vec![Severe::Breaking(why)],
    }
}

/// The names of the attributes that a flag's conditions and dealing read, through segments too.
pub(super) fn attributes<'d>(definition: &'d Definition, flag: &'d Flag) -> BTreeSet<&'d str> {
    let mut walk = super::breaking::Walk::new(definition);
    flag.each_condition(&mut |condition| walk.one(condition));
    let speaker = Speaker::new(definition);
    let by = flag.decidings().filter_map(|deciding| deciding.rare().by);
    walk.names.extend(by.map(|by| speaker.attribute(by)));
    walk.names
}
