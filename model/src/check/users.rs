//! Which flags a mistake holds back: those that it stands in, and those that use what it stands in.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Declared;
use super::report::{Found, Holder, Report};
use crate::Name;
use crate::definition::{Condition, SegmentRef};
use crate::diagnostic::{Diagnostic, HoldsBack, Severity};

/// Names of flags in all diagnostics of a document together. What many flags use may have many mistakes; the first
/// of them name every flag.
const NAMED: usize = 300_000;

/// Uses of segments that are followed to find those names.
const FOLLOWED: usize = 2_000_000;

/// Which flags use which segments and attributes.
pub(super) struct Users<'r> {
    keys: Vec<Name>,
    /// The flags and segments that use each segment; empty where no segment is wrong, as is usual.
    of_segment: Vec<Vec<Holder>>,
    of_attribute: &'r BTreeMap<usize, BTreeSet<Holder>>,
    /// The flags that mistakes in a part hold back, as far as it has been asked.
    known: BTreeMap<Holder, Vec<Name>>,
    names_left: usize,
    uses_left: usize,
}

impl<'r> Users<'r> {
    pub(super) fn new(declared: Option<&Declared>, report: &'r Report) -> Self {
        // Where nothing is wrong nobody asks for them.
        let keys = declared
            .filter(|_| !report.found.is_empty())
            .map_or_else(Vec::new, |declared| {
                declared.keys.iter().map(|(key, _)| key.clone()).collect()
            });
        let is_segment = |holder: &Holder| matches!(holder, Holder::Segment(_));
        let is_any_wrong = report.broken.iter().any(is_segment);
        Self {
            keys,
            of_segment: declared
                .filter(|_| is_any_wrong)
                .map_or_else(Vec::new, users_of_segments),
            of_attribute: &report.by_attribute,
            known: BTreeMap::new(),
            names_left: NAMED,
            uses_left: FOLLOWED,
        }
    }

    pub(super) fn diagnostic(&mut self, found: &Found) -> Diagnostic {
        let holds_back = if found.holders.contains(&Holder::Document) {
            HoldsBack::Document
        } else if found
            .holders
            .iter()
            .all(|holder| *holder == Holder::Nothing)
        {
            HoldsBack::Nothing
        } else {
            HoldsBack::Flags(self.flags(&found.holders))
        };
        Diagnostic {
            severity: Severity::Error,
            code: found.code,
            span: found.span,
            message: found.message.clone(),
            help: found.help.clone(),
            holds_back,
        }
    }

    /// The flags that mistakes in these parts hold back, in the order of their names.
    fn flags(&mut self, holders: &[Holder]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for holder in holders {
            if !self.known.contains_key(holder) {
                let flags = self.flags_of(*holder);
                self.known.insert(*holder, flags);
            }
            let flags = self.known.get(holder).into_iter().flatten();
            let before = names.len();
            names.extend(flags.take(self.names_left).cloned());
            self.names_left -= names.len() - before;
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Follows the uses from a part to the flags that they end at.
    fn flags_of(&mut self, holder: Holder) -> Vec<Name> {
        let mut flags = BTreeSet::new();
        let mut seen = BTreeSet::from([holder]);
        let mut open = vec![holder];
        while let Some(holder) = open.pop() {
            let users: Vec<Holder> = match holder {
                Holder::Flag(index) => {
                    flags.insert(index);
                    continue;
                }
                Holder::Segment(index) => {
                    let users = self.of_segment.get(index).into_iter().flatten();
                    users.take(self.uses_left).copied().collect()
                }
                Holder::Attribute(index) => {
                    let users = self.of_attribute.get(&index).into_iter().flatten();
                    users.take(self.uses_left).copied().collect()
                }
                Holder::Document | Holder::Nothing => continue,
            };
            self.uses_left -= users.len();
            open.extend(users.into_iter().filter(|user| seen.insert(*user)));
        }
        let keys = flags.iter().filter_map(|index| self.keys.get(*index));
        keys.cloned().collect()
    }
}

fn users_of_segments(declared: &Declared) -> Vec<Vec<Holder>> {
    let mut users: Vec<Vec<Holder>> = vec![Vec::new(); declared.segments.len()];
    for (index, segment) in declared.segments.iter().enumerate() {
        if let Some(condition) = &segment.condition {
            condition
                .each(&mut |condition| add_user(&mut users, condition, Holder::Segment(index)));
        }
    }
    for (index, flag) in declared.flags() {
        flag.each_condition(&mut |condition| add_user(&mut users, condition, Holder::Flag(index)));
    }
    users
}

/// Notes the segments that a condition names itself.
fn add_user(users: &mut [Vec<Holder>], condition: &Condition, user: Holder) {
    let Condition::Segment { of, .. } = condition else {
        return;
    };
    for segment in of {
        let SegmentRef::Segment(index) = segment else {
            continue;
        };
        let of_segment = users.get_mut(index.get());
        if let Some(of_segment) = of_segment.filter(|known| known.last() != Some(&user)) {
            of_segment.push(user);
        }
    }
}
