//! The nodes of a tree, as they are kept and as they are seen.

use core::fmt;
use core::iter::FusedIterator;

use super::{Scalar, ScalarKind, Tree};
use crate::Span;

/// A node as the tree keeps it. It owns nothing, so that a tree of very many is made and given back at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'s> {
    pub(super) span: Span,
    pub(super) form: Form<'s>,
}

/// What kind of node it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form<'s> {
    /// A scalar whose text stands in the document as it is.
    Written(&'s str, ScalarKind),
    /// A scalar whose text the tree keeps, and where.
    Unescaped(Span, ScalarKind),
    /// A list, and the range of its elements.
    List(Span),
    /// A mapping, and the range of its keys and values, in turns.
    Map(Span),
    Alias,
}

impl Record<'_> {
    pub(super) fn alias(span: Span) -> Self {
        Self {
            span,
            form: Form::Alias,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(
            self.form,
            Form::Written(_, ScalarKind::Null) | Form::Unescaped(_, ScalarKind::Null)
        )
    }
}

/// A node of a document.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    /// Where it stands.
    pub span: Span,
    record: &'t Record<'t>,
    tree: &'t Tree<'t>,
}

/// What a node is.
#[derive(Debug, Clone, Copy)]
pub enum Content<'t> {
    /// Text, a number, a truth value or null.
    Scalar(Scalar<'t>),
    /// A list.
    List(Items<'t>),
    /// A mapping.
    Map(Entries<'t>),
    /// An alias, or nothing behind an anchor or a tag; what the language doesn't have and was reported when it was read.
    Alias,
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, record: &'t Record<'t>) -> Self {
        Self {
            span: record.span,
            record,
            tree,
        }
    }

    /// What it is.
    #[inline]
    pub fn content(self) -> Content<'t> {
        match self.record.form {
            Form::Written(text, kind) => Content::Scalar(Scalar { text, kind }),
            Form::Unescaped(of, kind) => Content::Scalar(Scalar {
                text: self.tree.unescaped(of),
                kind,
            }),
            Form::List(of) => Content::List(Items {
                records: self.tree.inside(of),
                tree: self.tree,
            }),
            Form::Map(of) => {
                let (records, _) = self.tree.inside(of).as_chunks();
                Content::Map(Entries {
                    records,
                    tree: self.tree,
                })
            }
            Form::Alias => Content::Alias,
        }
    }

    /// The scalar, where it is one.
    #[inline]
    pub fn scalar(self) -> Option<Scalar<'t>> {
        match self.record.form {
            Form::Written(text, kind) => Some(Scalar { text, kind }),
            Form::Unescaped(of, kind) => Some(Scalar {
                text: self.tree.unescaped(of),
                kind,
            }),
            Form::List(_) | Form::Map(_) | Form::Alias => None,
        }
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.record.form, Form::List(_))
    }

    /// Whether it is a mapping.
    pub fn is_map(self) -> bool {
        matches!(self.record.form, Form::Map(_))
    }

    /// Whether it is nothing: null, in whatever form.
    #[inline]
    pub fn is_null(self) -> bool {
        self.record.is_null()
    }

    /// Whether it is an alias, or nothing behind an anchor or a tag.
    pub(crate) fn is_alias(self) -> bool {
        matches!(self.record.form, Form::Alias)
    }

    /// The node alone, as if it were in a list.
    pub(crate) fn alone(self) -> Items<'t> {
        Items {
            records: core::slice::from_ref(self.record),
            tree: self.tree,
        }
    }
}

impl<'s> Tree<'s> {
    fn unescaped(&self, of: Span) -> &str {
        self.unescaped.get(of.range()).unwrap_or("")
    }

    fn inside(&self, of: Span) -> &[Record<'s>] {
        self.records.get(of.range()).unwrap_or_default()
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("span", &self.span)
            .field("content", &self.content())
            .finish()
    }
}

impl Content<'_> {
    /// What it is, for an error text: "a list".
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) => scalar.kind.describe(),
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
            Self::Alias => "an alias",
        }
    }
}

/// The elements of a list.
#[derive(Clone, Copy)]
pub struct Items<'t> {
    records: &'t [Record<'t>],
    tree: &'t Tree<'t>,
}

/// The entries of a mapping, in the document's order; keys may repeat.
#[derive(Clone, Copy)]
pub struct Entries<'t> {
    records: &'t [[Record<'t>; 2]],
    tree: &'t Tree<'t>,
}

/// The tree that what is empty belongs to.
static EMPTY: Tree<'static> = Tree {
    diagnostics: Vec::new(),
    unescaped: String::new(),
    root: Record {
        span: Span { start: 0, end: 0 },
        form: Form::Alias,
    },
    records: Vec::new(),
};

/// What lists and mappings have in common.
macro_rules! sequence {
    ($sequence:ident, $record:ty, $element:ty, $see:expr) => {
        impl<'t> $sequence<'t> {
            /// How many there are.
            pub fn len(self) -> usize {
                self.records.len()
            }

            /// Whether there is none.
            pub fn is_empty(self) -> bool {
                self.records.is_empty()
            }

            /// One by its place.
            #[inline]
            pub fn get(self, place: usize) -> Option<$element> {
                let record = self.records.get(place)?;
                Some($see(self.tree, record))
            }

            /// The first.
            pub fn first(self) -> Option<$element> {
                self.get(0)
            }

            /// The last.
            pub fn last(self) -> Option<$element> {
                self.get(self.len().checked_sub(1)?)
            }

            /// Each, in the document's order.
            #[inline]
            pub fn iter(
                self,
            ) -> impl DoubleEndedIterator<Item = $element> + ExactSizeIterator + FusedIterator + 't
            {
                let tree = self.tree;
                let records: &'t [$record] = self.records;
                records.iter().map(move |record| $see(tree, record))
            }
        }

        impl Default for $sequence<'_> {
            fn default() -> Self {
                Self {
                    records: &[],
                    tree: &EMPTY,
                }
            }
        }

        impl fmt::Debug for $sequence<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter()).finish()
            }
        }
    };
}

sequence!(Items, Record<'t>, Node<'t>, Node::new);
sequence!(Entries, [Record<'t>; 2], (Node<'t>, Node<'t>), pair);

fn pair<'t>(tree: &'t Tree<'t>, [key, value]: &'t [Record<'t>; 2]) -> (Node<'t>, Node<'t>) {
    (Node::new(tree, key), Node::new(tree, value))
}
