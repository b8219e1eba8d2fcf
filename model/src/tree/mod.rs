//! The text of a document as a tree whose every node knows where it stands.
//!
//! Reading ends at the first mistake of syntax. What is well formed but not part of the language (anchors, aliases,
//! tags) is reported and left out, so that the rest can still be checked, and a kill in it still arrives.

mod json;
mod node;
mod property;
mod scalar;
mod yaml;
mod yaml_error;

pub use node::{Content, Entries, Items, Node};
pub use scalar::{Scalar, ScalarKind};

use core::fmt;

use node::Record;

use crate::diagnostic::{Diagnostic, HoldsBack, Severity};
use crate::{Code, Source, Span, limits};

/// A document as a tree, with what was reported while reading it.
pub struct Tree<'s> {
    /// What is well formed but not part of the language.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that don't stand in the document as they are, one behind the other.
    unescaped: String,
    root: Record<'s>,
    /// Every node but the root; those of one list or mapping stand together.
    records: Vec<Record<'s>>,
}

impl<'s> Tree<'s> {
    /// The whole document.
    pub fn root<'t>(&'t self) -> Node<'t>
    where
        's: 't,
    {
        Node::new(self, &self.root)
    }
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("root", &self.root())
            .field("diagnostics", &self.diagnostics)
            .finish()
    }
}

/// Reads a document: JSON where it begins with `{` and is JSON, else YAML.
///
/// ```
/// use flagstone_model::{Source, parse};
///
/// let tree = parse(&Source::new("flags.yaml", "version: 1\nflags: {}\n")).map_err(|mistake| mistake.message)?;
/// assert_eq!(tree.root().content().describe(), "a mapping");
///
/// let mistake = parse(&Source::new("flags.yaml", "flags: [")).unwrap_err();
/// assert_eq!(mistake.message, "`[` is never closed");
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
///
/// The first mistake of syntax, or the limit of bytes or of depth that the text exceeds.
pub fn parse<'s>(source: &Source<'s>) -> Result<Tree<'s>, Diagnostic> {
    let text = source.text();
    if text.len() > limits::DOCUMENT_BYTES {
        let message = format!(
            "the document has {} bytes; the limit is {} (16 MiB)",
            text.len(),
            limits::DOCUMENT_BYTES
        );
        return Err(refusal(
            Code::DocumentTooLarge,
            Span::default(),
            message,
            "split it, or move long lists out of it",
        ));
    }
    if is_utf_16(text.as_bytes()) {
        let (message, help) = UTF_16;
        return Err(refusal(Code::NotUtf8, Span::default(), message, help));
    }
    if text.starts_with('\u{feff}') {
        return Err(refusal(
            Code::ByteOrderMark,
            Span::new(0, '\u{feff}'.len_utf8()),
            "the file begins with a byte-order mark (an invisible character that some editors add)",
            "save it as \"UTF-8\", not as \"UTF-8 with BOM\"",
        ));
    }
    if !text.trim_start().starts_with('{') {
        return yaml::read(text);
    }
    json::read(text).or_else(|not_json| {
        // A flow mapping of YAML begins with a brace too. Where neither reads it, the quoted key of JSON tells which was meant.
        let inside = text.trim_start().trim_start_matches('{').trim_start();
        let looks_like_json = inside.starts_with('"');
        // What comes behind a comment of JSON would be part of a key in YAML.
        let at_mistake = text.get(not_json.span.start as usize..).unwrap_or("");
        if json::is_comment(inside) || looks_like_json && json::is_comment(at_mistake) {
            return Err(not_json);
        }
        yaml::read(text).map_err(|not_yaml| if looks_like_json { not_json } else { not_yaml })
    })
}

/// What is said of a file in UTF-16.
pub(crate) const UTF_16: (&str, &str) = ("the file is in UTF-16", "save it as UTF-8");

/// Whether bytes are text in UTF-16, with its mark or without: every document begins with a letter or so of ASCII.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [first, second, ..] => (*first == 0) != (*second == 0),
        _ => false,
    }
}

/// A mistake for which the whole document is refused.
fn refusal(
    code: Code,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code,
        span,
        message: message.into(),
        help: Some(help.into()),
        holds_back: HoldsBack::Document,
    }
}

/// The refusal of a document that is nested too deeply.
fn too_deep(span: Span) -> Diagnostic {
    refusal(
        Code::TooDeep,
        span,
        format!(
            "mappings and lists are nested more than {} deep",
            limits::DEPTH
        ),
        "give the inner part a name: a segment holds a condition",
    )
}
