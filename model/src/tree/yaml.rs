//! YAML, from the parser's events to a tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan};

use super::yaml_error::{self, describe};
use super::{Content, Diagnostic, Node, Scalar, ScalarKind, Tree, refusal, too_deep};
use crate::{Code, Span, limits};

/// Reads the only document of a YAML text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Diagnostic> {
    let mut reader = Reader::default();
    let mut options = granit_parser::options! { emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| describe(text, &error))?;
        reader.take(event, to_span(span))?;
    }
    let root = reader.root.ok_or_else(yaml_error::empty)?;
    if matches!(&root.content, Content::Scalar(scalar) if scalar.kind == ScalarKind::Null) {
        return Err(yaml_error::empty());
    }
    Ok(Tree {
        root,
        diagnostics: reader.diagnostics,
    })
}

fn to_span(span: EventSpan) -> Span {
    span.byte_range()
        .map_or_else(Span::default, |range| Span::new(range.start, range.end))
}

/// A mapping or list that isn't closed yet.
enum Open<'s> {
    List {
        start: u32,
        items: Vec<Node<'s>>,
    },
    Map {
        start: u32,
        entries: Vec<(Node<'s>, Node<'s>)>,
        key: Option<Node<'s>>,
    },
}

#[derive(Default)]
struct Reader<'s> {
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Reader<'s> {
    fn take(&mut self, event: Event<'s>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(refusal(
                        Code::SeveralDocuments,
                        span,
                        "a second document begins here",
                        "keep one document a file: remove the line `---` or what is behind it",
                    ));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                self.add(scalar(text, style, span));
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                self.open(
                    Open::List {
                        start: span.start,
                        items: Vec::new(),
                    },
                    span,
                )?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                self.open(
                    Open::Map {
                        start: span.start,
                        entries: Vec::new(),
                        key: None,
                    },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.report(
                    Code::Anchor,
                    span,
                    "the language has no aliases (`*name`)",
                    "write the value out, or give it a name: a segment holds a condition; text that begins with `*` needs quotes",
                );
                self.add(Node {
                    span,
                    content: Content::Alias,
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// Reports an anchor or a tag before a node. One of each kind will do: a document that has one usually has many.
    fn report_properties(&mut self, span: Span, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.report(
                Code::Anchor,
                span,
                "the language has no anchors (`&name`)",
                "remove the anchor; text that begins with `&` needs quotes",
            );
        }
        if has_tag {
            let help =
                "remove the tag; text that begins with `!` needs quotes, as in \"!important\"";
            self.report(Code::Tag, span, "the language has no tags (`!name`)", help);
        }
    }

    fn report(&mut self, code: Code, span: Span, message: &str, help: &str) {
        // Memory stays bounded whatever the document; nobody reads that many.
        if self.diagnostics.len() < crate::check::STORED {
            self.diagnostics.push(refusal(code, span, message, help));
        }
    }

    fn open(&mut self, open: Open<'s>, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() >= limits::DEPTH {
            return Err(too_deep(span));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, span: Span) {
        let node = match self.open.pop() {
            None => return,
            Some(Open::List { start, items }) => {
                let end = items
                    .last()
                    .map_or(span.end, |last| span.end.max(last.span.end));
                Node {
                    span: Span { start, end },
                    content: Content::List(items),
                }
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = entries
                    .last()
                    .map_or(span.end, |(_, last)| span.end.max(last.span.end));
                Node {
                    span: Span { start, end },
                    content: Content::Map(entries),
                }
            }
        };
        self.add(node);
    }

    /// Puts a finished node where it belongs: into what is open, or at the top.
    fn add(&mut self, node: Node<'s>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
        }
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Node<'_> {
    let kind = if style == ScalarStyle::Plain {
        ScalarKind::of_plain(&text)
    } else {
        ScalarKind::Text
    };
    Node {
        span,
        content: Content::Scalar(Scalar { text, kind }),
    }
}
