//! The canonical form of a document: keys in the language's order, the same spacing everywhere, every comment kept.

mod attach;
mod comments;
mod print;
mod verify;

use core::fmt;

use crate::{Diagnostic, Source, parse};

/// Puts a document into its canonical form.
///
/// Keys come in the language's order, but for names: flags, variants, segments, attributes, environments and rules stay where
/// they are. Indents are two spaces, one blank line stands between sections and between flags of several lines, and what
/// is in braces or brackets on one line stays there. Values keep their quotes. A comment stays with what it stands
/// behind, or above. The document means the same as before, and formatting it again changes nothing.
///
/// ```
/// use flagstone_model::format;
///
/// let document = "flags:\n    # rebuilt\n    a: {rollout: 5%,owner: me} # slowly\nversion: 1\n";
/// assert_eq!(format(document)?, "version: 1\n\nflags:\n  # rebuilt\n  a: { owner: me, rollout: 5% } # slowly\n");
/// # Ok::<(), flagstone_model::FormatError>(())
/// ```
///
/// # Errors
///
/// [`FormatError`] where the text isn't well formed, or has something in it that can't be formatted without a loss.
pub fn format(text: &str) -> Result<String, FormatError> {
    let source = Source::new("", text);
    let tree = parse(&source).map_err(FormatError::Document)?;
    if let Some(mistake) = tree.diagnostics.first() {
        return Err(FormatError::Document(mistake.clone()));
    }
    if !tree.root().is_map() {
        return Err(FormatError::NoMapping);
    }
    let comments = comments::find(&source, tree.root());
    let document = attach::document(&source, tree.root(), &comments).ok_or(FormatError::Lossy)?;
    let mut formatted = print::document(&document);
    if text.contains("\r\n") {
        formatted = formatted.replace('\n', "\r\n");
    }
    if verify::is_same(tree.root(), &comments, &formatted) {
        Ok(formatted)
    } else {
        Err(FormatError::Lossy)
    }
}

/// Why a document can't be formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// It isn't well formed, or has something that the language doesn't have.
    Document(Diagnostic),
    /// It is no mapping.
    NoMapping,
    /// Its form would be lost: a comment, or a value that is written in an uncommon way.
    Lossy,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(mistake) => f.write_str(&mistake.message),
            Self::NoMapping => f.write_str("a document is a mapping"),
            Self::Lossy => f.write_str(
                "it can't be formatted without a loss: a value or a comment is written in an uncommon way; write values of several lines with `|`, without a number behind it",
            ),
        }
    }
}

impl core::error::Error for FormatError {}

#[cfg(test)]
mod tests;
