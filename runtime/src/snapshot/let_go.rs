//! A bound on the documents that are held for the sake of flags that keep their forms from them.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Entry, Origin, Snapshot, State};

impl Snapshot {
    /// Lets go of the documents that kept forms come from, the oldest first, until the rest has no more than so many bytes. The
    /// newest one is held whatever its size. The forms stay in force, but no disk cache can bring them back.
    pub(crate) fn let_go(&mut self, bytes: usize) {
        let mut held = HashSet::new();
        let mut sum: usize = 0;
        for kept in self.kept().into_iter().rev() {
            sum = sum.saturating_add(kept.document.bytes.len());
            if sum > bytes && !held.is_empty() {
                break;
            }
            held.insert(kept.document.serial);
        }
        for entry in &mut self.entries {
            if let Some(since) = &mut entry.since
                && let Origin::Document(document) = &since.document
                && !held.contains(&document.serial)
            {
                since.document = Origin::LetGo;
            }
        }
    }

    /// The flags in force whose document was let go.
    pub(crate) fn without_document(&self) -> Vec<Arc<str>> {
        let is_without = |entry: &&Entry| {
            let since = entry.since.as_ref().map(|since| &since.document);
            entry.state != State::Gone && matches!(since, Some(Origin::LetGo))
        };
        let entries = self.entries.iter().filter(is_without);
        entries.map(|entry| Arc::clone(&entry.form.key)).collect()
    }
}
