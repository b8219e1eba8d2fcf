//! What changes of a flag as it stands in one environment.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pair, rules};
use crate::definition::{Effective, EnvironmentIndex, Flag, Override, Split};
use crate::words::{Speaker, arms, bare_rollout, text};
use crate::{Timestamp, VariantIndex};

/// A change in one environment, and whether it deals everyone again.
pub(super) type Said = (String, bool);

/// One side: a flag in an environment.
pub(super) struct Side<'d> {
    pub(super) flag: &'d Flag,
    pub(super) effective: Effective<'d>,
    pub(super) speaker: Speaker<'d>,
}

impl<'d> Side<'d> {
    fn new(flag: &'d Flag, environment: Option<EnvironmentIndex>, speaker: Speaker<'d>) -> Self {
        let effective = Effective::new(flag, environment);
        Self {
            flag,
            effective,
            speaker,
        }
    }

    pub(super) fn variant(&self, index: VariantIndex) -> &'d str {
        let variant = self.flag.variants.get(index);
        variant.map_or("?", |variant| variant.name.as_str())
    }

    /// A split in words that are the same where the split deals the same.
    pub(super) fn arms(&self, split: &Split) -> String {
        arms(self.flag, split)
    }

    /// What the flag's own distribution deals to those it takes.
    fn split(&self) -> Option<String> {
        self.effective.split.map(|split| self.arms(split))
    }

    fn overridden(&self, entry: &Override) -> String {
        let until = entry.until.map(|until| format!(" until {until}"));
        format!(
            "{}{}",
            self.variant(entry.variant),
            until.unwrap_or_default()
        )
    }
}

/// What changes of a flag in an environment.
pub(super) fn changes(
    pair: &Pair<'_>,
    (old, new): (&Flag, &Flag),
    places: (Option<EnvironmentIndex>, Option<EnvironmentIndex>),
) -> Vec<Said> {
    let old = Side::new(old, places.0, pair.old_words);
    let new = Side::new(new, places.1, pair.new_words);
    let mut said = Vec::new();
    switches(&old, &new, &mut said);
    let plain = |words| (words, false);
    said.extend(overrides(&old, &new).into_iter().map(plain));
    said.extend(prerequisites(&old, &new).into_iter().map(plain));
    said.extend(rules::changes(&old, &new).into_iter().map(plain));
    distribution(&old, &new, &mut said);
    said
}

fn switches(old: &Side<'_>, new: &Side<'_>, said: &mut Vec<Said>) {
    let mut say = |words: String| said.push((words, false));
    match (old.effective.killed, new.effective.killed) {
        (false, true) => say("killed".to_owned()),
        (true, false) => say("revived".to_owned()),
        _ => {}
    }
    match (old.effective.enabled, new.effective.enabled) {
        (true, false) => say("switched off".to_owned()),
        (false, true) => say("switched on".to_owned()),
        _ => {}
    }
    let baseline = |side: &Side<'_>| side.variant(side.effective.baseline).to_owned();
    if baseline(old) != baseline(new) {
        say(format!("baseline {} → {}", baseline(old), baseline(new)));
    }
    let moments = |side: &Side<'_>| {
        [
            ("start", side.effective.starts_at),
            ("end", side.effective.ends_at),
        ]
    };
    for ((what, old), (_, new)) in moments(old).into_iter().zip(moments(new)) {
        if old != new {
            say(format!("{what} {} → {}", moment(old), moment(new)));
        }
    }
}

fn moment(moment: Option<Timestamp>) -> String {
    moment.map_or_else(|| "none".to_owned(), |moment| moment.to_string())
}

fn overrides(old: &Side<'_>, new: &Side<'_>) -> Vec<String> {
    let (before, after) = (by_unit(old), by_unit(new));
    let (mut said, mut more, mut fewer) = (Vec::new(), Vec::new(), Vec::new());
    for (unit, gets) in &after {
        let shown = text(unit);
        match before.get(unit) {
            None => more.push(format!("{shown} gets {gets}")),
            Some(got) if got != gets => said.push(format!("override of {shown} {got} → {gets}")),
            Some(_) => {}
        }
    }
    for unit in before.keys().filter(|unit| !after.contains_key(*unit)) {
        fewer.push(text(unit));
    }
    if !more.is_empty() {
        said.push(format!("overridden: {}", some(&more)));
    }
    if !fewer.is_empty() {
        said.push(format!("no longer overridden: {}", some(&fewer)));
    }
    said
}

/// What each overridden unit gets.
fn by_unit<'d>(side: &Side<'d>) -> BTreeMap<&'d str, String> {
    let entries = side.effective.overrides.iter();
    entries
        .map(|entry| (&*entry.unit, side.overridden(entry)))
        .collect()
}

/// The first of many, and how many there are besides.
pub(super) fn some(words: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown: Vec<&str> = words.iter().take(SHOWN).map(String::as_str).collect();
    match words.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn prerequisites(old: &Side<'_>, new: &Side<'_>) -> Vec<String> {
    let words = |side: &Side<'_>| -> BTreeSet<String> {
        let entries = side.effective.prerequisites.iter();
        entries
            .map(|entry| side.speaker.answers(&entry.flag, &entry.variants))
            .collect()
    };
    let (old, new) = (words(old), words(new));
    let more = new.difference(&old);
    let fewer = old.difference(&new);
    let more = more.map(|word| format!("now only where {word}"));
    let fewer = fewer.map(|word| format!("no longer only where {word}"));
    more.chain(fewer).collect()
}

fn distribution(old: &Side<'_>, new: &Side<'_>, said: &mut Vec<Said>) {
    let (before, after) = (&old.effective, &new.effective);
    let has_share = |side: &Effective<'_>| side.rollout.is_some() || side.split.is_some();
    let serve = |side: &Side<'_>| {
        let serve = side.effective.serve;
        serve.map(|variant| side.variant(variant).to_owned())
    };
    let rollout = |side: &Side<'_>| match side.effective.rollout {
        Some(rollout) => bare_rollout(rollout),
        None if has_share(&side.effective) && side.effective.serve.is_none() => "100 %".to_owned(),
        None => "none".to_owned(),
    };
    match (serve(old), serve(new)) {
        (one, other) if one == other => {}
        (Some(one), Some(other)) => said.push((format!("serves {one} → {other}"), false)),
        (None, Some(other)) => {
            said.push((
                format!("{} → serves {other}", share(old, &rollout(old))),
                false,
            ));
        }
        (Some(one), None) => {
            said.push((
                format!("serves {one} → {}", share(new, &rollout(new))),
                false,
            ));
        }
        (None, None) => {}
    }
    let is_served = before.serve.is_some() || after.serve.is_some();
    if !is_served && rollout(old) != rollout(new) {
        said.push((
            format!("rollout {} → {}", rollout(old), rollout(new)),
            false,
        ));
    }
    let (split_before, split_after) = (old.split(), new.split());
    if split_before != split_after {
        let words = |split: Option<String>| split.unwrap_or_else(|| "none".to_owned());
        let words = format!("split {} → {}", words(split_before), words(split_after));
        said.push((words, false));
    }
    by(old, new, said);
}

/// What is dealt, where nothing is served.
fn share(side: &Side<'_>, rollout: &str) -> String {
    if rollout == "none" {
        format!("baseline {}", side.variant(side.effective.baseline))
    } else {
        format!("rollout {rollout}")
    }
}

/// What is dealt by: the salt and the attribute. Where nothing is dealt, neither has an effect.
fn by(old: &Side<'_>, new: &Side<'_>, said: &mut Vec<Said>) {
    if !deals(old) || !deals(new) {
        return;
    }
    if old.flag.salt() != new.flag.salt() {
        let words = format!("salt {:?} → {:?}", old.flag.salt(), new.flag.salt());
        said.push((words, true));
    }
    let by = |side: &Side<'_>| {
        let by = side.effective.by.map(|by| side.speaker.attribute(by));
        by.unwrap_or_else(|| side.speaker.targeting_key())
            .to_owned()
    };
    if by(old) != by(new) {
        let words = format!("by `{}` → by `{}`", by(old), by(new));
        said.push((words, true));
    }
}

/// Whether units are dealt by the flag's salt.
fn deals(side: &Side<'_>) -> bool {
    let effective = &side.effective;
    let has_share = effective.rollout.is_some() || effective.split.is_some();
    has_share || effective.rules.iter().any(rules::deals)
}
