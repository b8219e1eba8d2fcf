//! One request: a flag, or none, and a context.

use std::borrow::Cow;

use flagstone::AttributeTable;

use super::context::{Context, Ignored, Place};
use super::reader::{Malformed, Reader};

/// Reads a line. The context is filled from it; without a flag every flag is asked.
///
/// # Errors
///
/// [`Malformed`] where the line is no request; the context is of no use then.
pub(super) fn read<'l>(
    line: &'l str,
    schema: &AttributeTable,
    context: &mut Context<'l>,
    ignored: &mut Ignored,
) -> Result<Option<Cow<'l, str>>, Malformed> {
    let mut reader = Reader::new(line);
    let mut flag = None;
    context.clear();
    reader.object(|reader, key| {
        match &*key {
            "flag" => flag = self::flag(reader)?,
            "context" => self::context(reader, schema, context, ignored)?,
            _ => {
                reader.skip()?;
                ignored.add(Place::Request, &key, ["flag", "context"].into_iter());
            }
        }
        Ok(())
    })?;
    reader.end()?;
    Ok(flag)
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
    schema: &AttributeTable,
    context: &mut Context<'l>,
    ignored: &mut Ignored,
) -> Result<(), Malformed> {
    match reader.peek() {
        Some(b'n') => {
            context.clear();
            reader.word().map(drop)
        }
        _ => context.read(reader, schema, ignored),
    }
}
