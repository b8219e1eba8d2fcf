//! That a text says what another does, with the same comments.

use super::comments::{self, Comment};
use crate::tree::{Content, Entries, Node};
use crate::{Source, parse};

/// Whether the formatted text is read as the same document, but for the order of its keys, and has every comment.
pub(super) fn is_same(root: Node<'_>, comments: &[Comment<'_>], formatted: &str) -> bool {
    let source = Source::new("", formatted);
    let Ok(tree) = parse(&source) else {
        return false;
    };
    let others = comments::find(&source, tree.root());
    is_same_node(root, tree.root()) && words(comments) == words(&others)
}

/// The comments whatever their order.
fn words<'s>(comments: &[Comment<'s>]) -> Vec<&'s str> {
    let mut words: Vec<&str> = comments.iter().map(|comment| comment.text).collect();
    words.sort_unstable();
    words
}

fn is_same_node(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.content(), other.content()) {
        (Content::Scalar(one), Content::Scalar(other)) => {
            let is_null = |kind| kind == crate::ScalarKind::Null;
            one == other || is_null(one.kind) && is_null(other.kind)
        }
        (Content::List(one), Content::List(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other.iter())
                    .all(|(one, other)| is_same_node(one, other))
        }
        (Content::Map(one), Content::Map(other)) => {
            let (one, other) = (by_key(one), by_key(other));
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|((key, one), (name, other))| *key == name && is_same_node(*one, other))
        }
        _ => false,
    }
}

/// The entries in the order of their keys; those of one key stay in theirs.
fn by_key(entries: Entries<'_>) -> Vec<(Option<&str>, Node<'_>)> {
    let key = |(key, value)| (super::super::text_of(key), value);
    let mut entries: Vec<_> = entries.iter().map(key).collect();
    entries.sort_by_key(|(key, _)| *key);
    entries
}
