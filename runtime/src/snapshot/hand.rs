//! Kills by hand, which no document says.

use std::sync::Arc;

use flagstone_model::Timestamp;

use super::{Entry, Parts, Snapshot, State};

impl Snapshot {
    /// This snapshot with some flags killed, those that the program doesn't know included; a flag's index says which.
    pub(crate) fn killed_by_hand(&self, is_killed: impl Fn(u32) -> bool, now: Timestamp) -> Self {
        let entries = self.entries.iter().zip(0..);
        let entries = entries.map(|(entry, index)| Entry {
            killed: entry.killed || is_killed(index),
            // Circles are found anew.
            state: match entry.state {
                State::Gone => State::Gone,
                State::InForce | State::Circle => State::InForce,
            },
            ..entry.clone()
        });
        let parts = Parts {
            entries: entries.collect(),
            environment: self.environment.clone(),
            is_killed: self.is_killed,
            embedded: Arc::clone(&self.embedded),
            table: Arc::clone(&self.table),
            document: self.document.clone(),
        };
        Self::assemble(parts, now)
    }
}
