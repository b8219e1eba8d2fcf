//! What checking a document gave.

use std::collections::BTreeSet;

use super::known::Declared;
use super::report::{Holder, Report};
use super::users::Users;
use crate::diagnostic::{Diagnostic, HoldsBack, Severity};
use crate::kills::Kills;
use crate::tree::{UTF_16, is_utf_16};
use crate::{Code, Definition, Name, Source, Span};

/// A checked document: what is right in it, what is wrong, and what it kills.
#[derive(Debug)]
pub struct Checked {
    definition: Option<Definition>,
    diagnostics: Vec<Diagnostic>,
    total: usize,
    refused: BTreeSet<Name>,
    whole: bool,
    kills: Kills,
}

impl Checked {
    /// Puts together what a document says and what is wrong with it.
    pub(super) fn new(
        declared: Option<Declared>,
        report: &Report,
        syntax: Vec<Diagnostic>,
        kills: Kills,
    ) -> Self {
        let whole = declared.is_none() || !syntax.is_empty() || report.is_broken(Holder::Document);
        let total = report.total + syntax.len();
        let mut users = Users::new(declared.as_ref(), report);
        let mut diagnostics = syntax;
        diagnostics.extend(report.found.iter().map(|found| users.diagnostic(found)));
        diagnostics.sort_by_key(|diagnostic| {
            (diagnostic.span.start, diagnostic.span.end, diagnostic.code)
        });
        let refused = declared
            .as_ref()
            .map(|declared| declared.broken_keys(report))
            .unwrap_or_default();
        let definition = declared.map(|declared| declared.into_good(report));
        Self {
            definition,
            diagnostics,
            total,
            refused,
            whole,
            kills,
        }
    }

    /// What the document says, if nothing is wrong with it.
    pub fn definition(&self) -> Option<&Definition> {
        if self.total == 0 {
            self.definition.as_ref()
        } else {
            None
        }
    }

    /// What is right in the document; nothing where it isn't of version 1.
    pub fn right_part(&self) -> Option<&Definition> {
        self.definition.as_ref()
    }

    /// What is wrong, in the document's order; of very many, the first 10 000.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many mistakes there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// What the document kills, however wrong the rest of it is.
    pub fn kills(&self) -> &Kills {
        &self.kills
    }

    /// Whether a mistake keeps this flag from being taken from the document.
    pub fn refuses(&self, key: &str) -> bool {
        self.whole || self.refused.contains(key)
    }

    /// The keys of the declared flags that mistakes of their own, or of what they use, hold back.
    pub fn refused(&self) -> impl Iterator<Item = &Name> {
        self.refused.iter()
    }

    /// Whether a mistake keeps everything but kills from being taken from the document.
    pub fn holds_back_document(&self) -> bool {
        self.whole
    }
}

/// A document that has been read: its text, and what checking it gave, or the mistake at which reading it ended.
#[derive(Debug)]
pub struct Loaded<'s> {
    /// The text, with the name that reports give it. Of bytes that aren't UTF-8 it is what is before them.
    pub source: Source<'s>,
    /// What checking gave; the mistake where the document isn't well formed.
    pub outcome: Result<Checked, Diagnostic>,
}

impl Loaded<'_> {
    /// What the document says, if nothing is wrong with it.
    pub fn definition(&self) -> Option<&Definition> {
        self.outcome.as_ref().ok()?.definition()
    }

    /// What is wrong, in the document's order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.outcome {
            Ok(checked) => checked.diagnostics(),
            Err(mistake) => core::slice::from_ref(mistake),
        }
    }

    /// How many mistakes there are.
    pub fn total(&self) -> usize {
        self.outcome.as_ref().map_or(1, Checked::total)
    }
}

/// Reads and checks a document from its bytes.
///
/// ```
/// let loaded = flagstone_model::load("flags.yaml", b"version: 1\nflags: { new_dashboard: {} }\n");
/// let definition = loaded.definition().expect("nothing is wrong with it");
/// assert_eq!(definition.flags[0].key.as_str(), "new_dashboard");
/// ```
pub fn load<'s>(name: &'s str, bytes: &'s [u8]) -> Loaded<'s> {
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return not_utf8(name, bytes, error.valid_up_to()),
    };
    let source = Source::new(name, text);
    let outcome = crate::parse(&source).map(|tree| super::check(&source, tree));
    Loaded { source, outcome }
}

fn not_utf8<'s>(name: &'s str, bytes: &'s [u8], valid: usize) -> Loaded<'s> {
    let text = bytes
        .get(..valid)
        .and_then(|bytes| core::str::from_utf8(bytes).ok())
        .unwrap_or("");
    let (message, help) = if is_utf_16(bytes) {
        let (message, help) = UTF_16;
        (message.to_owned(), help)
    } else {
        let byte = bytes.get(valid).copied().unwrap_or_default();
        let help =
            "save the file as UTF-8; in another encoding, letters such as `ö` look like this";
        (format!("the byte 0x{byte:02x} here is no UTF-8"), help)
    };
    let outcome = Err(Diagnostic {
        severity: Severity::Error,
        code: Code::NotUtf8,
        span: Span::new(valid, valid),
        message,
        help: Some(help.to_owned()),
        holds_back: HoldsBack::Document,
    });
    Loaded {
        source: Source::new(name, text),
        outcome,
    }
}
