//! YAML, from the parser's events to a tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan, Tag};

use super::node::{Form, Record};
use super::yaml_error::{self, describe};
use super::{Diagnostic, ScalarKind, Tree, property, refusal, too_deep};
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
    if root.is_null() {
        return Err(yaml_error::empty());
    }
    Ok(Tree {
        diagnostics: reader.diagnostics,
        unescaped: reader.unescaped,
        root,
        records: reader.records,
    })
}

fn to_span(span: EventSpan) -> Span {
    span.byte_range()
        .map_or_else(Span::default, |range| Span::new(range.start, range.end))
}

/// A mapping or list that isn't closed yet.
struct Open {
    is_map: bool,
    /// Where it begins in the text.
    start: u32,
    /// Where what is in it begins among the elements.
    first: usize,
}

struct Reader<'s> {
    text: &'s str,
    open: Vec<Open>,
    /// What is so far in the lists and mappings that are open, the innermost's last; of mappings keys and values in turns.
    elements: Vec<Record<'s>>,
    /// What is in those that are closed.
    records: Vec<Record<'s>>,
    /// The texts of scalars that don't stand in the document as they are.
    unescaped: String,
    root: Option<Record<'s>>,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Reader<'s> {
    fn new(text: &'s str) -> Self {
        Self {
            text,
            open: Vec::new(),
            elements: Vec::new(),
            records: Vec::new(),
            unescaped: String::new(),
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
                let node = self.scalar(text, style, span, anchor != 0, tag.as_deref());
                self.add(node);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                self.open(false, span)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.report_properties(span, anchor, tag.is_some());
                self.open(true, span)?;
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
        self.add(Record::alias(span));
    }

    fn is_behind_merge_key(&self) -> bool {
        let mut end = self.elements.len();
        self.open.iter().rev().any(|open| {
            let inside = self.elements.get(open.first..end).unwrap_or_default();
            end = open.first;
            let key = inside.last().filter(|_| open.awaits_value(inside.len()));
            key.is_some_and(|key| self.text_of(key) == Some("<<"))
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
        let starts = self.open.iter().rev().map(|open| open.start);
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

    fn open(&mut self, is_map: bool, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() >= limits::DEPTH {
            return Err(too_deep(span));
        }
        self.open.push(Open {
            is_map,
            start: span.start,
            first: self.elements.len(),
        });
        Ok(())
    }

    fn close(&mut self, span: Span) {
        let Some(Open {
            is_map,
            start,
            first,
        }) = self.open.pop()
        else {
            return;
        };
        let inside = self.elements.get(first..).unwrap_or_default();
        let last = inside.last().map_or(span.end, |last| last.span.end);
        let from = self.records.len();
        self.records.extend_from_slice(inside);
        self.elements.truncate(first);
        let of = Span::new(from, self.records.len());
        self.add(Record {
            span: Span {
                start,
                end: span.end.max(last),
            },
            form: if is_map {
                Form::Map(of)
            } else {
                Form::List(of)
            },
        });
    }

    /// Puts a finished node where it belongs: into what is open, or at the top.
    fn add(&mut self, mut node: Record<'s>) {
        let Some(open) = self.open.last() else {
            self.root = Some(node);
            return;
        };
        let inside = self.elements.len() - open.first;
        if open.is_map && !open.awaits_value(inside) {
            let mistake = yaml_error::unusual_space(self.text, node.span);
            if mistake.is_some() {
                node = Record::alias(node.span);
                // What such a space tears off from the key above is missing there.
                let above = self.elements.last_mut().filter(|_| inside > 0);
                if let Some(value) = above.filter(|value| value.is_null()) {
                    *value = Record::alias(value.span);
                }
            }
            self.keep(mistake);
        }
        self.elements.push(node);
    }

    /// A scalar. Where nothing stands behind an anchor or a tag, which has been reported, nothing more is to be said of it.
    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        span: Span,
        has_anchor: bool,
        tag: Option<&Tag>,
    ) -> Record<'s> {
        let has_property = has_anchor || tag.is_some();
        if has_property && span.start == span.end {
            return Record::alias(span);
        }
        let is_tagged_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
        let kind = if style == ScalarStyle::Plain && !is_tagged_text {
            ScalarKind::of_plain(&text)
        } else {
            ScalarKind::Text
        };
        let form = match text {
            Cow::Borrowed(text) => Form::Written(text, kind),
            Cow::Owned(text) => {
                let start = self.unescaped.len();
                self.unescaped.push_str(&text);
                Form::Unescaped(Span::new(start, self.unescaped.len()), kind)
            }
        };
        Record { span, form }
    }

    fn text_of<'a>(&'a self, scalar: &Record<'a>) -> Option<&'a str> {
        match scalar.form {
            Form::Written(text, _) => Some(text),
            Form::Unescaped(of, _) => self.unescaped.get(of.range()),
            Form::List(_) | Form::Map(_) | Form::Alias => None,
        }
    }
}

impl Open {
    /// Whether the last of this many nodes inside is a key.
    fn awaits_value(&self, inside: usize) -> bool {
        self.is_map && inside % 2 == 1
    }
}
