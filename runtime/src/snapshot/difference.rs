//! Which flags differ between two snapshots.

use std::sync::Arc;

use super::{Entry, Snapshot, State};

impl Snapshot {
    /// The keys of the flags that aren't the same in a later snapshot, in byte order: what is new, gone, killed, or says
    /// something else. A flag that only asks a changed one isn't among them.
    pub(crate) fn difference(&self, later: &Self) -> Vec<Arc<str>> {
        let mut changed = Vec::new();
        for entry in in_force(later) {
            let key = &entry.form.key;
            let before = self.find(key).and_then(|index| self.entry(index));
            let is_same = before.is_some_and(|before| {
                before.state == entry.state
                    && before.form.digest == entry.form.digest
                    && self.kills(before) == later.kills(entry)
            });
            if !is_same {
                changed.push(Arc::clone(key));
            }
        }
        let gone = in_force(self).filter(|entry| {
            let after = later.find(&entry.form.key);
            after
                .and_then(|index| later.entry(index))
                .is_none_or(|after| after.state == State::Gone)
        });
        changed.extend(gone.map(|entry| Arc::clone(&entry.form.key)));
        changed.sort_unstable();
        changed
    }
}

fn in_force(snapshot: &Snapshot) -> impl Iterator<Item = &Entry> {
    let entries = snapshot.entries.iter();
    entries.filter(|entry| entry.state != State::Gone)
}
