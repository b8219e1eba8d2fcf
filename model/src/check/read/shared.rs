//! Texts that stand in a document many times, kept once.

use std::collections::HashSet;
use std::sync::Arc;

use super::Reader;
use crate::{Name, Span};

/// The texts so far that may come again.
#[derive(Debug, Default)]
pub(super) struct Shared {
    names: HashSet<Name>,
    texts: HashSet<Arc<str>>,
}

impl Reader<'_> {
    /// A name that others are likely to have too, such as a variant's.
    pub(in crate::check) fn shared_name(
        &mut self,
        text: &str,
        span: Span,
        what: &str,
    ) -> Option<Name> {
        if let Some(name) = self.shared.names.get(text) {
            return Some(name.clone());
        }
        let name = self.name(text, span, what)?;
        self.shared.names.insert(name.clone());
        Some(name)
    }

    /// A text that others are likely to be too, such as a variant's value.
    pub(in crate::check) fn shared_text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.shared.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.shared.texts.insert(Arc::clone(&new));
        new
    }
}
