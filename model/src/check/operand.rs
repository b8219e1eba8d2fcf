//! Scalars with a meaning: numbers, versions, times, days, percentages, regular expressions.

use core::fmt;

use super::patterns::Refusal;
use super::read::{Reader, What};
use crate::quoted::{Excerpt, Quoted};
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, Date, InvalidPattern, Pattern, Timestamp, Version, limits};

/// A text.
pub(super) fn text<'t>(reader: &mut Reader<'_>, node: Node<'t>, what: What<'_>) -> Option<&'t str> {
    reader.text(node, what)
}

/// A text to search for, which isn't empty: everything contains the empty text.
pub(super) fn searched<'t>(
    reader: &mut Reader<'_>,
    node: Node<'t>,
    what: What<'_>,
) -> Option<&'t str> {
    let text = text(reader, node, what)?;
    if !text.is_empty() {
        return Some(text);
    }
    let message = format!("{what} searches for an empty text, which is in every text");
    let help = "write what to search for; `exists: true` holds for every value that is known";
    reader.empty(node.span, &message, help);
    None
}

/// A regular expression.
pub(super) fn pattern(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<Pattern> {
    let text = searched(reader, node, what)?;
    let invalid = match reader.patterns.compile(text) {
        Ok(pattern) => return Some(pattern),
        Err(Refusal::Invalid(invalid)) => invalid,
        Err(Refusal::TooMuch) => {
            let message = format!(
                "the regular expressions of the document up to this one take more than {} MiB compiled",
                limits::PATTERNS_COMPILED_BYTES >> 20
            );
            let help = "use fewer and smaller ones; `starts_with`, `ends_with` and `contains` take next to nothing";
            reader
                .report
                .error(Code::PatternTooBig, node.span, message, help);
            return None;
        }
    };
    let (code, help) = match invalid {
        InvalidPattern::TooLong => (
            Code::PatternTooLong,
            "use several patterns, or a list of texts with `in`",
        ),
        InvalidPattern::TooBig => (Code::PatternTooBig, "use smaller repetitions"),
        InvalidPattern::Syntax(_) => (
            Code::InvalidPattern,
            "the syntax is that of Rust's `regex`; single quotes keep backslashes as they are",
        ),
        InvalidPattern::Unsupported => (
            Code::InvalidPattern,
            "build with the feature, or use `starts_with`, `ends_with` or `contains`",
        ),
    };
    let message = Excerpt(&invalid.to_string()).to_string();
    reader.report.error(code, node.span, message, help);
    None
}

/// A whole number of 64 bits, to compare an attribute with.
pub(super) fn integer(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<i64> {
    let help = "leave the decimals out, or declare the attribute as `number`";
    integer_or(reader, node, what, help)
}

/// A whole number of 64 bits, with a remedy for one that has decimals.
pub(super) fn integer_or(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    what: What<'_>,
    decimals: &str,
) -> Option<i64> {
    let expected = format_args!("{what} takes a whole number");
    match node.content() {
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer => {
            let integer = scalar.integer();
            if integer.is_none() {
                let message = format!("{expected} of 64 bits, and {} is none", Quoted(scalar.text));
                let help = "numbers go from -9223372036854775808 to 9223372036854775807";
                reader
                    .report
                    .error(Code::InvalidNumber, node.span, message, help);
            }
            integer
        }
        Content::Scalar(Scalar {
            kind: ScalarKind::Float,
            text,
        }) => {
            let message = format!("{expected}, found {}", Quoted(text));
            reader
                .report
                .error(Code::WrongType, node.span, message, decimals);
            None
        }
        _ => {
            no_number(reader, node, expected);
            None
        }
    }
}

/// A finite number.
pub(super) fn number(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<f64> {
    let expected = format_args!("{what} takes a number");
    let Content::Scalar(scalar) = node.content() else {
        no_number(reader, node, expected);
        return None;
    };
    if !matches!(scalar.kind, ScalarKind::Integer | ScalarKind::Float) {
        no_number(reader, node, expected);
        return None;
    }
    let number = scalar.number();
    if number.is_none() {
        let message = format!(
            "{expected} that is finite, and {} isn't",
            Quoted(scalar.text)
        );
        let help = "numbers go up to about 1.8e308";
        reader
            .report
            .error(Code::InvalidNumber, node.span, message, help);
    }
    number
}

/// Reports what is no number: quotes are the remedy only where a number stands in them.
fn no_number(reader: &mut Reader<'_>, node: Node<'_>, expected: fmt::Arguments<'_>) {
    let help = match node.content() {
        Content::Scalar(scalar) if is_number_in_quotes(scalar) => "write it without quotes",
        _ => "for example `18`",
    };
    reader.wrong_type(node, &expected.to_string(), help);
}

fn is_number_in_quotes(scalar: Scalar<'_>) -> bool {
    let plain = ScalarKind::of_plain(scalar.text);
    scalar.kind == ScalarKind::Text && matches!(plain, ScalarKind::Integer | ScalarKind::Float)
}

/// A version.
pub(super) fn version(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<Version> {
    let text = reader.text(node, what)?;
    let version = text.parse().ok();
    if version.is_none() {
        let message = format!("{} is not a version", Quoted(text));
        let help = "write one to four numbers and perhaps a pre-release, such as \"2.10\" or \"2.10.0-rc.1\"";
        reader
            .report
            .error(Code::InvalidVersion, node.span, message, help);
    }
    version
}

/// A moment, or a day, to compare an attribute with.
pub(super) fn date_or_time(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    what: What<'_>,
) -> Option<Timestamp> {
    let help = "for example \"2026-12-31T18:00:00Z\" or \"2026-12-31\"";
    let text = time_text(reader, node, what, "a time or a date", help)?;
    let timestamp = Timestamp::from_time_or_date(text).ok();
    if timestamp.is_none() {
        let message = no_such_day(text).unwrap_or_else(|| {
            format!("{} is neither a time in RFC 3339 nor a date", Quoted(text))
        });
        reader
            .report
            .error(Code::InvalidTime, node.span, message, help);
    }
    timestamp
}

/// A moment that switches something, never a bare date.
pub(super) fn moment(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<Timestamp> {
    let help = "for example 2026-12-31T18:00:00Z or 2026-12-31T19:00:00+01:00";
    let text = time_text(reader, node, what, "a moment", help)?;
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let (message, help) = if text.parse::<Date>().is_ok() {
        (
            format!(
                "{what} is a moment, and `{text}` is a day, of which nobody agrees when it begins"
            ),
            format!("write the time and the offset too: {text}T00:00:00Z"),
        )
    } else {
        let message = no_such_day(text).unwrap_or_else(|| {
            format!("{} is not a time in RFC 3339 with an offset", Quoted(text))
        });
        (message, help.to_owned())
    };
    reader
        .report
        .error(Code::InvalidTime, node.span, message, help);
    None
}

/// A day.
pub(super) fn date(reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>) -> Option<Date> {
    let help = "for example 2026-12-31";
    let text = time_text(reader, node, what, "a date", help)?;
    let date = text.parse().ok();
    if date.is_none() {
        let message =
            no_such_day(text).unwrap_or_else(|| format!("{} is not a date", Quoted(text)));
        reader
            .report
            .error(Code::InvalidDate, node.span, message, help);
    }
    date
}

/// The text of a time. Of a number, quotes would make nothing better.
fn time_text<'t>(
    reader: &mut Reader<'_>,
    node: Node<'t>,
    what: What<'_>,
    expected: &str,
    help: &str,
) -> Option<&'t str> {
    match node.content() {
        Content::Scalar(Scalar {
            kind: ScalarKind::Integer | ScalarKind::Float,
            text,
        }) => {
            let message = format!("{what} is {expected}, and {} is a number", Quoted(text));
            reader
                .report
                .error(Code::Unquoted, node.span, message, help);
            None
        }
        _ => reader.text_or(node, what, help),
    }
}

/// That the calendar has no such day, where a text begins with what looks like one.
fn no_such_day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    let is_shaped = day.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let is_missing = is_shaped && day.parse::<Date>().is_err();
    is_missing.then(|| format!("the calendar has no day `{day}`"))
}
