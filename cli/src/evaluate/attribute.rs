//! An attribute given on the command line, read as the type that the document gives it.

use std::borrow::Cow;

use flagstone::Timestamp;
use flagstone_model::{AttributeType, Version};

use super::context::Given;
use super::reader::Reader;

/// Reads a value. One that isn't of the type stays text, which can still be the unit; as an attribute it is missing.
///
/// # Errors
///
/// The text, where the value isn't of the type.
pub(super) fn read(ty: AttributeType, value: &str) -> Result<Given<'_>, Given<'_>> {
    let text = Given::Text(Cow::Borrowed(value));
    let read = match ty {
        AttributeType::String => return Ok(text),
        AttributeType::Integer => value.parse().ok().map(Given::Integer),
        AttributeType::Number => number(value),
        AttributeType::Boolean => value.parse().ok().map(Given::Boolean),
        AttributeType::Timestamp => {
            let is_time = Timestamp::from_time_or_date(value).is_ok();
            return if is_time { Ok(text) } else { Err(text) };
        }
        AttributeType::Semver => {
            let is_version = value.parse::<Version>().is_ok();
            return if is_version { Ok(text) } else { Err(text) };
        }
        AttributeType::Strings => return list(value).ok_or(text),
    };
    read.ok_or(text)
}

fn number(value: &str) -> Option<Given<'_>> {
    let integer = value.parse().ok().map(Given::Integer);
    let number = value.parse().ok().filter(|number: &f64| number.is_finite());
    integer.or(number.map(Given::Number))
}

/// A JSON list of texts, or texts with commas between them; nothing at all is the empty list.
fn list(value: &str) -> Option<Given<'_>> {
    let mut reader = Reader::new(value);
    if reader.peek() == Some(b'[') {
        // What begins like JSON is meant as JSON.
        let list = Given::list(&mut reader).ok()?;
        let is_whole = reader.end().is_ok();
        let is_list = matches!(list, Given::Texts(_) | Given::BorrowedTexts(_));
        return (is_whole && is_list).then_some(list);
    }
    if value.trim().is_empty() {
        return Some(Given::BorrowedTexts(Vec::new()));
    }
    let texts = value.split(',').map(str::trim);
    Some(Given::BorrowedTexts(texts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(given: &Given<'_>) -> String {
        match given {
            Given::Missing | Given::Spoilt => "missing".into(),
            Given::Text(text) => format!("text {text}"),
            Given::Integer(integer) => format!("integer {integer}"),
            Given::Number(number) => format!("number {number}"),
            Given::Boolean(boolean) => format!("boolean {boolean}"),
            Given::Texts(texts) => format!("texts {}", texts.join("|")),
            Given::BorrowedTexts(texts) => format!("texts {}", texts.join("|")),
        }
    }

    #[test]
    fn a_value_is_read_as_its_type() {
        use AttributeType::{Boolean, Integer, Number, Semver, String, Strings, Timestamp};
        for (ty, value, read_as) in [
            (String, "5", Ok("text 5")),
            (String, "", Ok("text ")),
            (Integer, "-5", Ok("integer -5")),
            (Integer, "5.0", Err("text 5.0")),
            (Integer, "u-17", Err("text u-17")),
            (Number, "5", Ok("integer 5")),
            (Number, "0.5", Ok("number 0.5")),
            (Number, "inf", Err("text inf")),
            (Number, "NaN", Err("text NaN")),
            (Boolean, "true", Ok("boolean true")),
            (Boolean, "yes", Err("text yes")),
            (Timestamp, "2026-12-31", Ok("text 2026-12-31")),
            (Timestamp, "today", Err("text today")),
            (Semver, "v2.10", Ok("text v2.10")),
            (Semver, "two", Err("text two")),
            (Strings, "", Ok("texts ")),
            (Strings, "a,b", Ok("texts a|b")),
            (Strings, "[\"a,b\", \"c\\n\"]", Ok("texts a,b|c\n")),
            (Strings, "a, b ", Ok("texts a|b")),
            (Strings, "[x]", Err("text [x]")),
            (Strings, "[1]", Err("text [1]")),
            (Strings, "[\"a\"", Err("text [\"a\"")),
            (Strings, "[\"a\"] x", Err("text [\"a\"] x")),
        ] {
            let read = read(ty, value);
            let shown = read.as_ref().map(shown).map_err(shown);
            let expected = read_as.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(shown, expected, "{value} as {}", ty.name());
        }
    }
}
