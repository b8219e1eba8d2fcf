//! What changes of segments, with the flags that ask about them.

use std::collections::{BTreeMap, BTreeSet};

use super::breaking::Walk;
use super::effective::some;
use super::{Change, Pair, Place, Severe, Subject};
use crate::definition::{Definition, Segment, SegmentIndex};
use crate::words::{Speaker, text};

/// What changes of the segments that both documents have, where a flag of the new one asks about them.
pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut users = users(pair.new);
    let before: BTreeMap<&str, &Segment> = pair
        .old
        .segments
        .iter()
        .map(|segment| (segment.name.as_str(), segment))
        .collect();
    for (index, new) in pair.new.segments.iter().enumerate() {
        let Some(old) = before.get(new.name.as_str()) else {
            continue;
        };
        let said = said(pair, old, new);
        if said.is_empty() {
            continue;
        }
        let users = users.remove(&SegmentIndex::new(index)).unwrap_or_default();
        let of = if users.is_empty() {
            "no flag asks about it".to_owned()
        } else {
            format!("asked about by {}", some(&users))
        };
        changes.push(Change {
            subject: Subject::Segment(new.name.clone()),
            words: format!("{} ({of})", said.join("; ")),
            place: Place::Everywhere,
            severe: Vec::<Severe>::new(),
        });
    }
    changes
}

fn said(pair: &Pair<'_>, old: &Segment, new: &Segment) -> Vec<String> {
    let members =
        |segment: &Segment| -> BTreeSet<String> { segment.members.iter().map(text).collect() };
    let (before, after) = (members(old), members(new));
    let more: Vec<String> = after.difference(&before).cloned().collect();
    let fewer: Vec<String> = before.difference(&after).cloned().collect();
    let condition = |speaker: Speaker<'_>, segment: &Segment| {
        let condition = segment.condition.as_ref();
        condition.map_or_else(|| "none".to_owned(), |it| speaker.condition(it))
    };
    let (was, is) = (
        condition(pair.old_words, old),
        condition(pair.new_words, new),
    );
    let mut said = Vec::new();
    if !more.is_empty() {
        said.push(format!("new members: {}", some(&more)));
    }
    if !fewer.is_empty() {
        said.push(format!("members removed: {}", some(&fewer)));
    }
    if was != is {
        said.push(format!("condition {was} → {is}"));
    }
    said
}

/// For each segment the flags that ask about it, themselves or through other segments.
fn users(definition: &Definition) -> BTreeMap<SegmentIndex, Vec<String>> {
    let mut users: BTreeMap<SegmentIndex, Vec<String>> = BTreeMap::new();
    for flag in &definition.flags {
        let mut walk = Walk::new(definition);
        flag.each_condition(&mut |condition| walk.one(condition));
        for index in walk.seen {
            users.entry(index).or_default().push(flag.key.to_string());
        }
    }
    users
}
