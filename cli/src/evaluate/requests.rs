//! One request: a flag, or none, and a context.

use std::borrow::Cow;

use super::attributes::{Attributes, Warnings};
use super::context::Context;
use super::reader::{Malformed, Reader};
use crate::nearest::{DidYouMean, nearest};

/// Reads a line. The context is filled from it; without a flag every flag is asked.
///
/// # Errors
///
/// [`Invalid`] where the line is no request; the context is of no use then.
pub(super) fn read<'l>(
    line: &'l str,
    attributes: &Attributes<'_>,
    context: &mut Context<'l>,
    warnings: &mut Warnings,
) -> Result<Option<Cow<'l, str>>, Invalid> {
    let mut reader = Reader::new(line);
    let mut flag = None;
    let mut unknown = None;
    context.clear();
    reader.object(|reader, key| {
        match &*key {
            "flag" => flag = self::flag(reader)?,
            "context" => self::context(reader, attributes, context, warnings)?,
            _ => {
                reader.skip()?;
                unknown.get_or_insert_with(|| key.into_owned());
            }
        }
        Ok(())
    })?;
    reader.end()?;
    // A typo of `flag` would otherwise ask every flag.
    unknown.map_or(Ok(flag), |key| Err(Invalid::UnknownKey(key)))
}

/// Why a line is no request.
pub(super) enum Invalid {
    /// It isn't the JSON that it should be.
    Malformed(Malformed),
    /// It has a key that requests don't have.
    UnknownKey(String),
}

impl From<Malformed> for Invalid {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl Invalid {
    /// What is wrong, with its place in the line.
    pub(super) fn describe(self, line: &str) -> String {
        match self {
            Self::Malformed(malformed) => malformed.describe(line),
            Self::UnknownKey(key) => {
                let hint = DidYouMean(nearest(&key, ["flag", "context"].into_iter()));
                let shown: String = key.chars().take(100).collect();
                format!("unknown key {shown:?}; there are `flag` and `context`{hint}")
            }
        }
    }
}

fn flag<'l>(reader: &mut Reader<'l>) -> Result<Option<Cow<'l, str>>, Malformed> {
    match reader.peek() {
        Some(b'"') => reader.text().map(Some),
        // Programs write null for what isn't there.
        Some(b'n') => reader.word().map(|_| None),
        _ => Err(reader.malformed("the key of a flag, in quotes, belongs here")),
    }
}

fn context<'l>(
    reader: &mut Reader<'l>,
    attributes: &Attributes<'_>,
    context: &mut Context<'l>,
    warnings: &mut Warnings,
) -> Result<(), Malformed> {
    match reader.peek() {
        Some(b'n') => {
            context.clear();
            reader.word().map(drop)
        }
        _ => context.read(reader, attributes, warnings),
    }
}
