//! Lists, and single nodes where a list could stand.

use super::{Reader, What};
use crate::tree::{Content, Items, Node, Scalar, ScalarKind};
use crate::{Code, limits};

impl Reader<'_> {
    /// The elements of a list.
    pub(in crate::check) fn list<'t>(
        &mut self,
        node: Node<'t>,
        what: What<'_>,
        help: &str,
    ) -> Option<Items<'t>> {
        let Content::List(items) = node.content() else {
            let help = if is_dash_and_text(node) {
                "put a space behind each dash: `- a`"
            } else {
                help
            };
            self.wrong_type(node, &format!("{what} is a list"), help);
            return None;
        };
        if items.len() > limits::LIST_ENTRIES {
            let message = format!(
                "{what} has {} entries; the limit is {}",
                items.len(),
                limits::LIST_ENTRIES
            );
            let help = "use a condition instead of a list, or several segments";
            self.report
                .error(Code::TooManyEntries, node.span, message, help);
            return None;
        }
        Some(items)
    }

    /// One node, or each of a list that isn't empty.
    pub(in crate::check) fn one_or_more<'t>(
        &mut self,
        node: Node<'t>,
        what: What<'_>,
        help: &str,
    ) -> Option<Items<'t>> {
        if !node.is_list() {
            return Some(node.alone());
        }
        let items = self.list(node, what, help)?;
        if items.is_empty() {
            let message = format!("{what} is an empty list, which nothing fits");
            self.empty(node.span, &message, help);
            return None;
        }
        Some(items)
    }
}

/// `-a`, which is text, where `- a` was meant.
fn is_dash_and_text(node: Node<'_>) -> bool {
    matches!(node.content(), Content::Scalar(Scalar { text, kind: ScalarKind::Text }) if text.starts_with('-'))
}
