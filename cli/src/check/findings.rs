//! What is to be reported of a document.

use std::borrow::Cow;

use flagstone_model::{Diagnostic, Loaded, Severity, lint};

use crate::arguments::{Check, Denied};
use crate::clock;

/// What is to be reported of a document.
pub(super) struct Findings<'l> {
    /// The mistakes, or the warnings about a document that has none; in the document's order.
    pub(super) diagnostics: Cow<'l, [Diagnostic]>,
    /// How many there are.
    pub(super) total: usize,
    /// How many of them fail the check.
    pub(super) mistakes: usize,
}

/// The mistakes in a document, or what is worth a second look in one that has none.
pub(super) fn of<'l>(loaded: &'l Loaded<'_>, arguments: &Check) -> Findings<'l> {
    let Some(definition) = loaded.definition() else {
        return Findings {
            diagnostics: Cow::Borrowed(loaded.diagnostics()),
            total: loaded.total(),
            mistakes: loaded.total(),
        };
    };
    let at = arguments.at.unwrap_or_else(clock::now);
    let mut diagnostics = lint(&loaded.source, definition, Some(at));
    diagnostics.retain_mut(|warning| {
        let code = warning.code;
        let is_named = arguments.deny.contains(&Denied::Warning(code));
        if !is_named && arguments.allow.contains(&code) {
            return false;
        }
        if is_named || arguments.deny.contains(&Denied::Warnings) {
            warning.severity = Severity::Error;
        }
        true
    });
    let denied = diagnostics.iter();
    let denied = denied.filter(|diagnostic| diagnostic.severity == Severity::Error);
    Findings {
        total: diagnostics.len(),
        mistakes: denied.count(),
        diagnostics: Cow::Owned(diagnostics),
    }
}
