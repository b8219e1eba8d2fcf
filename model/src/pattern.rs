//! Regular expressions, compiled when a document is checked.

use core::fmt;

/// A regular expression in the syntax of the `regex` crate, compiled, searched for anywhere in a text.
#[derive(Clone)]
pub struct Pattern {
    source: Box<str>,
    #[cfg(feature = "regex")]
    compiled: regex::Regex,
}

impl Pattern {
    /// Compiles a regular expression.
    ///
    /// # Errors
    ///
    /// [`InvalidPattern`] with the reason, in one line, where the expression is none, or is too large.
    #[cfg(feature = "regex")]
    pub fn new(source: &str) -> Result<Self, InvalidPattern> {
        Self::within(source, crate::limits::PATTERN_COMPILED_BYTES)
    }

    /// Compiles a regular expression that takes no more than so many bytes.
    #[cfg(feature = "regex")]
    pub(crate) fn within(source: &str, size: usize) -> Result<Self, InvalidPattern> {
        if source.len() > crate::limits::PATTERN_BYTES {
            return Err(InvalidPattern::TooLong);
        }
        let compiled = regex::RegexBuilder::new(source)
            .size_limit(size)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => InvalidPattern::TooBig,
                other => InvalidPattern::Syntax(last_line(&other.to_string())),
            })?;
        Ok(Self {
            source: source.into(),
            compiled,
        })
    }

    #[cfg(not(feature = "regex"))]
    pub(crate) fn within(source: &str, _size: usize) -> Result<Self, InvalidPattern> {
        Self::new(source)
    }

    /// Refuses the expression: this build has no engine for it.
    ///
    /// # Errors
    ///
    /// [`InvalidPattern::Unsupported`], always.
    #[cfg(not(feature = "regex"))]
    pub fn new(_source: &str) -> Result<Self, InvalidPattern> {
        Err(InvalidPattern::Unsupported)
    }

    /// Whether the expression matches somewhere in the text, in time linear in the text's length.
    #[cfg_attr(
        not(feature = "regex"),
        expect(
            unused_variables,
            reason = "without an engine there is no pattern to ask"
        )
    )]
    pub fn is_match(&self, text: &str) -> bool {
        #[cfg(feature = "regex")]
        return self.compiled.is_match(text);
        #[cfg(not(feature = "regex"))]
        return false;
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.source
    }
}

/// The engine's report shows the expression over several lines; the last names the reason.
#[cfg(feature = "regex")]
fn last_line(report: &str) -> Box<str> {
    let line = report.lines().last().unwrap_or(report);
    line.strip_prefix("error: ").unwrap_or(line).into()
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.source)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

/// Why a text is no regular expression that flagstone takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidPattern {
    /// It has more than 1 KiB.
    TooLong,
    /// It would need more than 1 MiB when compiled.
    TooBig,
    /// It breaks the syntax; the engine's reason.
    Syntax(Box<str>),
    /// This program was built without the feature `regex`.
    Unsupported,
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(
                f,
                "a regular expression has at most {} bytes",
                crate::limits::PATTERN_BYTES
            ),
            Self::TooBig => write!(
                f,
                "the compiled regular expression would take more than {} bytes",
                crate::limits::PATTERN_COMPILED_BYTES
            ),
            Self::Syntax(reason) => write!(f, "not a regular expression: {reason}"),
            Self::Unsupported => {
                f.write_str("this program was built without flagstone's feature `regex`")
            }
        }
    }
}

impl core::error::Error for InvalidPattern {}
