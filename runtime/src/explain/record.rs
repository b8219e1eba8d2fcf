//! Looks on while a flag is evaluated, and writes down what it sees.

use std::collections::HashMap;

use crate::bucket::{Position, Purpose, Threshold};
use crate::compile::Condition;
use crate::decision::Decision;
use crate::evaluate::Observer;

/// Something that evaluation did, with all that it did for that.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) what: What,
    pub(super) parts: Vec<Seen>,
}

/// Something that evaluation did.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// It found a condition to hold, or not.
    Condition(bool),
    /// It searched a segment's list for the unit.
    Member(bool),
    /// It asked a flag.
    Flag(FlagSeen),
    /// It compared a unit's position.
    Position(Purpose, Position, Threshold),
}

/// A flag that was asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlagSeen {
    pub(super) index: u32,
    pub(super) decision: Decision,
    /// It was asked before, and answers the same.
    pub(super) again: bool,
}

/// Writes down what it sees. A flag that is asked again isn't walked again, so that an explanation is never longer than
/// the flags that it is about.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    answered: HashMap<u32, Decision>,
    /// What is being looked at, the outermost first; each with its parts so far.
    open: Vec<Vec<Seen>>,
    /// What has been seen that is a part of nothing.
    seen: Vec<Seen>,
}

impl Recorder {
    /// The one flag that was asked.
    pub(super) fn finish(mut self) -> Option<Seen> {
        self.seen.pop()
    }

    /// The flags that were asked.
    pub(super) fn flags(&self) -> Vec<u32> {
        let mut flags: Vec<u32> = self.answered.keys().copied().collect();
        flags.sort_unstable();
        flags
    }

    fn note(&mut self, what: What, parts: Vec<Seen>) {
        let seen = Seen { what, parts };
        self.open.last_mut().unwrap_or(&mut self.seen).push(seen);
    }

    fn close(&mut self) -> Vec<Seen> {
        self.open.pop().unwrap_or_default()
    }
}

impl Observer for &mut Recorder {
    fn stand_in(&mut self, flag: u32) -> Option<Decision> {
        let known = self.answered.get(&flag).copied();
        if known.is_none() {
            self.open.push(Vec::new());
        }
        known
    }

    fn decided(&mut self, index: u32, decision: Decision) {
        let again = self.answered.contains_key(&index);
        let parts = if again { Vec::new() } else { self.close() };
        self.answered.insert(index, decision);
        let flag = FlagSeen {
            index,
            decision,
            again,
        };
        self.note(What::Flag(flag), parts);
    }

    fn looks_at(&mut self, _: &Condition) {
        self.open.push(Vec::new());
    }

    fn found(&mut self, _: &Condition, holds: bool) {
        let parts = self.close();
        self.note(What::Condition(holds), parts);
    }

    fn searched(&mut self, is_member: bool) {
        self.note(What::Member(is_member), Vec::new());
    }

    fn bucketed(&mut self, purpose: Purpose, position: Position, threshold: Threshold) {
        self.note(What::Position(purpose, position, threshold), Vec::new());
    }
}
