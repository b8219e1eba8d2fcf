//! What programs built from the old document can't follow, and what no longer compiles.

use std::collections::BTreeSet;

use super::flags::attributes;
use super::{Change, Pair, Place, Severe, Subject};
use crate::definition::{
    Attribute, Condition, Definition, Effective, Flag, SegmentIndex, SegmentRef, Variants,
};
use crate::words::Speaker;

/// What changes of the context.
pub(super) fn context(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_key, new_key) = (
        pair.old_words.targeting_key(),
        pair.new_words.targeting_key(),
    );
    let find = |definition: &'_ Definition, name: &str| {
        let index = definition.context.find(name)?;
        definition.context.attribute(index).cloned()
    };
    if old_key != new_key
        && let Some(attribute) = find(pair.new, new_key)
    {
        let why = format!("programs built from the old document identify units by `{old_key}`");
        let severe = vec![Severe::Breaking(why), Severe::DealtAgain];
        let words = format!("is now the targeting key, in the place of `{old_key}`");
        changes.push(change(&attribute, words, severe));
    }
    for new in &pair.new.context.attributes {
        match find(pair.old, new.name.as_str()) {
            None if new.required => {
                let why = "code that makes a context has to give it to compile";
                changes.push(change(new, "new, and required".to_owned(), broken(why)));
            }
            None => changes.push(change(new, "new".to_owned(), Vec::new())),
            Some(old) => changes.extend(altered(&old, new)),
        }
    }
    for old in &pair.old.context.attributes {
        if find(pair.new, old.name.as_str()).is_none() && old.name.as_str() != old_key {
            let why = "code that gives it no longer compiles";
            changes.push(change(old, "removed".to_owned(), broken(why)));
        }
    }
    changes
}

fn altered(old: &Attribute, new: &Attribute) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.ty != new.ty {
        let words = format!("type {} → {}", old.ty.name(), new.ty.name());
        let why = "programs built from the old document refuse flags that read it";
        changes.push(change(new, words, broken(why)));
    }
    if new.required && !old.required {
        let why = "code that makes a context has to give it to compile";
        changes.push(change(new, "now required".to_owned(), broken(why)));
    }
    if old.values != new.values {
        let none: &[Box<str>] = &[];
        let values =
            |attribute: &Attribute| attribute.values.clone().unwrap_or_else(|| none.into());
        let (before, after) = (values(old), values(new));
        let gone = before.iter().filter(|value| !after.contains(value));
        let more = after.iter().filter(|value| !before.contains(value));
        let gone = gone.map(|value| format!("no longer `{value}`"));
        let said: Vec<String> = more
            .map(|value| format!("also `{value}`"))
            .chain(gone)
            .collect();
        if !said.is_empty() {
            let severe = if new.values.is_some() && old.values.is_some() {
                broken("its enum in Rust has other members")
            } else {
                broken("it becomes another type in Rust")
            };
            changes.push(change(new, format!("values: {}", said.join(", ")), severe));
        }
    }
    changes
}

/// What of a flag's shape changes: its type, its variants and their values, and the attributes that it reads.
pub(super) fn flag(pair: &Pair<'_>, old: &Flag, new: &Flag) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut say = |words: String, severe: Vec<Severe>| {
        changes.push(Change {
            subject: Subject::Flag(new.key.clone()),
            words,
            place: Place::Everywhere,
            severe,
        });
    };
    if old.variants.ty != new.variants.ty {
        let words = format!(
            "type {} → {}",
            old.variants.ty.name(),
            new.variants.ty.name()
        );
        let why = "programs built from the old document keep the flag's last good form";
        say(words, broken(why));
        return changes;
    }
    let gone = old.variants.list.iter();
    for variant in gone.filter(|variant| new.variants.find(variant.name.as_str()).is_none()) {
        let is_baseline = old
            .variants
            .get(Effective::new(old, None).baseline)
            .is_some_and(|baseline| baseline.name == variant.name);
        let why = if is_baseline {
            "it is the baseline of programs built from the old document, which keep the flag's last good form"
        } else {
            "code that names it no longer compiles"
        };
        say(format!("variant `{}` removed", variant.name), broken(why));
    }
    variants(&old.variants, &new.variants, &mut say);
    let known = |name: &&str| pair.old.context.find(name).is_some();
    for attribute in attributes(pair.new, new).iter().filter(|name| !known(name)) {
        let why = "programs built from the old document don't have it, and keep the flag's last good form";
        say(
            format!("reads the new attribute `{attribute}`"),
            broken(why),
        );
    }
    changes
}

fn variants(old: &Variants, new: &Variants, say: &mut impl FnMut(String, Vec<Severe>)) {
    for variant in new.list.iter() {
        let was = old
            .find(variant.name.as_str())
            .and_then(|index| old.get(index));
        let value = variant.value.to_json();
        match was.map(|was| was.value.to_json()) {
            None => {
                let why = "programs built from the old document don't know it, and keep the flag's last good form";
                say(
                    format!("new variant `{}` = {value}", variant.name),
                    broken(why),
                );
            }
            Some(was) if was != value => {
                say(
                    format!("variant `{}`: value {was} → {value}", variant.name),
                    Vec::new(),
                );
            }
            Some(_) => {}
        }
    }
}

fn broken(why: &str) -> Vec<Severe> {
    vec![Severe::Breaking(why.to_owned())]
}

fn change(attribute: &Attribute, words: String, severe: Vec<Severe>) -> Change {
    Change {
        subject: Subject::Attribute(attribute.name.clone()),
        words,
        place: Place::Everywhere,
        severe,
    }
}

/// Gathers the attributes that conditions read, through segments too.
pub(super) struct Walk<'d> {
    definition: &'d Definition,
    speaker: Speaker<'d>,
    pub(super) seen: BTreeSet<SegmentIndex>,
    pub(super) names: BTreeSet<&'d str>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(definition: &'d Definition) -> Self {
        Self {
            definition,
            speaker: Speaker::new(definition),
            seen: BTreeSet::new(),
            names: BTreeSet::new(),
        }
    }

    /// Takes one condition, without those inside it, and what the segments that it names read.
    pub(super) fn one(&mut self, condition: &Condition) {
        match condition {
            Condition::Attribute(test) => {
                self.names.insert(self.speaker.attribute(test.attribute));
            }
            Condition::Sample(sample) => {
                let by = sample.by.map(|by| self.speaker.attribute(by));
                self.names.extend(by);
            }
            Condition::Segment { of, .. } => {
                for of in of {
                    if let SegmentRef::Segment(index) = of {
                        self.segment(*index);
                    }
                }
            }
            _ => {}
        }
    }

    fn segment(&mut self, index: SegmentIndex) {
        if !self.seen.insert(index) {
            return;
        }
        let segment = self.definition.segment(index);
        if let Some(condition) = segment.and_then(|segment| segment.condition.as_ref()) {
            condition.each(&mut |condition| self.one(condition));
        }
    }
}
