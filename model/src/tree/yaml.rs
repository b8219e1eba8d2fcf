//! YAML, from the parser's events to a tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan, Tag};

use super::yaml_error::{self, describe};
use super::{Content, Diagnostic, Node, Scalar, ScalarKind, Tree, property, refusal, too_deep};
use crate::check::STORED;
use crate::{Code, Span, limits};

/// Reads the only document of a YAML text.
pub(super) fn read(text: &str) -> Result<Tree<'_>, Diagnostic> {
    let mut reader = Reader::new(text);
    let mut options = granit_parser::options! { emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) =
            event.map_err(|error| describe(text, &error, reader.innermost_bracket()))?;
        reader.take(event, to_span(span))?;
    }
    let root = reader.root.ok_or_else(yaml_error::empty)?;
    if is_null(&root) {
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

struct Reader<'s> {
    text: &'s str,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Reader<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            text,
            open: Vec::new(),
            root: None,
            documents: 0,
            diagnostics: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'s>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => self.begin_document(span)?,
            Event::Scalar(text, style, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                let node = scalar(text, style, span, anchor != 0, tag.as_deref());
                self.add(node);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                let list = Open::List {
                    start: span.start,
                    items: Vec::new(),
                };
                self.open(list, span)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                let map = Open::Map {
                    start: span.start,
                    entries: Vec::new(),
                    key: None,
                };
                self.open(map, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(span),
            _ => {}
        }
        Ok(())
    }

    fn begin_document(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.documents += 1;
        if self.documents > 1 {
            return Err(refusal(
                Code::SeveralDocuments,
                span,
                "a second document begins here",
                "keep one document a file: remove the line `---` or what is behind it",
            ));
        }
        Ok(())
    }

    fn alias(&mut self, span: Span) {
        // What is behind a merge key goes with it, and that is reported by itself.
        if !self.is_behind_merge_key() {
            let help = "write the value out, or give it a name: a segment holds a condition; text that begins with `*` needs quotes";
            self.report(
                Code::Anchor,
                span,
                "the language has no aliases (`*name`)",
                help,
            );
        }
        self.add(Node {
            span,
            content: Content::Alias,
        });
    }

    fn is_behind_merge_key(&self) -> bool {
        self.open.iter().any(|open| match open {
            Open::Map { key: Some(key), .. } => {
                matches!(&key.content, Content::Scalar(scalar) if scalar.text == "<<")
            }
            _ => false,
        })
    }

    /// Reports an anchor and a tag before a node, each where it stands.
    fn report_properties(&mut self, span: Span, anchor: usize, has_tag: bool) {
        if self.diagnostics.len() >= STORED {
            return;
        }
        if anchor != 0 {
            let help = "remove the anchor; text that begins with `&` needs quotes";
            let place = property::before(self.text, span, '&');
            self.report(
                Code::Anchor,
                place,
                "the language has no anchors (`&name`)",
                help,
            );
        }
        if has_tag {
            let help =
                "remove the tag; text that begins with `!` needs quotes, as in \"!important\"";
            let place = property::before(self.text, span, '!');
            self.report(Code::Tag, place, "the language has no tags (`!name`)", help);
        }
    }

    /// Where the innermost open bracket stands.
    fn innermost_bracket(&self) -> Option<u32> {
        let starts = self.open.iter().rev().map(|open| match open {
            Open::List { start, .. } | Open::Map { start, .. } => *start,
        });
        let is_bracket = |start: &u32| {
            let rest = self.text.get(*start as usize..).unwrap_or("");
            rest.starts_with(['[', '{'])
        };
        starts.into_iter().find(is_bracket)
    }

    fn report(&mut self, code: Code, span: Span, message: &str, help: &str) {
        // Memory stays bounded whatever the document; nobody reads that many.
        if self.diagnostics.len() < STORED {
            self.diagnostics.push(refusal(code, span, message, help));
        }
    }

    fn keep(&mut self, mistake: Option<Diagnostic>) {
        let room = STORED - self.diagnostics.len();
        self.diagnostics.extend(mistake.into_iter().take(room));
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
    fn add(&mut self, mut node: Node<'s>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => push(items, node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => {
                    let mistake = yaml_error::unusual_space(self.text, &node);
                    if mistake.is_some() {
                        node.content = Content::Alias;
                        // What such a space tears off from the key above is missing there.
                        let above = entries.last_mut().map(|(_, value)| value);
                        if let Some(value) = above.filter(|value| is_null(value)) {
                            value.content = Content::Alias;
                        }
                    }
                    *key = Some(node);
                    self.keep(mistake);
                }
                Some(key) => push(entries, (key, node)),
            },
        }
    }
}

/// Pushes onto a list of which most have one element only: without this, each would have room for four.
fn push<T>(list: &mut Vec<T>, element: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(element);
}

fn is_null(node: &Node<'_>) -> bool {
    matches!(&node.content, Content::Scalar(scalar) if scalar.kind == ScalarKind::Null)
}

/// A scalar. Where nothing stands behind an anchor or a tag, which has been reported, nothing more is to be said of it.
fn scalar<'s>(
    text: Cow<'s, str>,
    style: ScalarStyle,
    span: Span,
    has_anchor: bool,
    tag: Option<&Tag>,
) -> Node<'s> {
    let has_property = has_anchor || tag.is_some();
    if has_property && span.start == span.end {
        return Node {
            span,
            content: Content::Alias,
        };
    }
    let is_tagged_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
    let kind = if style == ScalarStyle::Plain && !is_tagged_text {
        ScalarKind::of_plain(&text)
    } else {
        ScalarKind::Text
    };
    Node {
        span,
        content: Content::Scalar(Scalar { text, kind }),
    }
}
