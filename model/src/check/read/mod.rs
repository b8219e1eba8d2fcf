//! Nodes as what the language wants of them: mappings with known keys, names, text, truth values, lists.

mod entries;
mod list;
mod mapping;
mod name;
mod scalar;
mod seen;
mod shared;
mod sketches;

pub(super) use entries::{Entries, Entry};
pub(super) use mapping::Fields;
pub(super) use seen::marks;

use core::fmt;

use super::patterns::Patterns;
use super::report::Report;
use crate::tree::Node;
use crate::{Code, Source, Span, limits};
use shared::Shared;

/// Reads nodes and reports what they should have been.
#[derive(Debug)]
pub(super) struct Reader<'c> {
    pub(super) source: &'c Source<'c>,
    pub(super) report: Report,
    pub(super) patterns: Patterns,
    shared: Shared,
}

impl<'c> Reader<'c> {
    pub(super) fn new(source: &'c Source<'c>) -> Self {
        Self {
            source,
            report: Report::new(),
            patterns: Patterns::with_room_for(limits::PATTERNS_COMPILED_BYTES),
            shared: Shared::default(),
        }
    }

    /// Reports a node that isn't what belongs there. What the language doesn't have at all has been reported already.
    pub(super) fn wrong_type(&mut self, node: Node<'_>, expected: &str, help: &str) {
        if node.is_alias() {
            self.report.spoil();
            return;
        }
        let message = format!("{expected}, found {}", node.content().describe());
        let code = if node.is_null() {
            Code::Null
        } else {
            Code::WrongType
        };
        self.report.error(code, node.span, message, help);
    }

    /// Reports an emptiness that could be taken for "everyone".
    pub(super) fn empty(&mut self, span: Span, message: &str, help: &str) {
        self.report.error(Code::Emptiness, span, message, help);
    }

    /// Whether a node is text in quotes.
    pub(super) fn is_quoted(&self, node: Node<'_>) -> bool {
        self.source.slice(node.span).starts_with(['"', '\''])
    }
}

/// What a node is, in words for a message. They are put together only where there is one: nearly all documents are right.
pub(super) type What<'w> = &'w dyn fmt::Display;

/// What emptiness is to be replaced by where a condition stands.
pub(super) const WHOM: &str = "write what it shall hold for; `segment: everyone` holds for all";
