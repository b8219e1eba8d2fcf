//! Operators and their operands.

use super::read::{Entry, Reader};
use crate::definition::{Attribute, Comparison, OrderTest, Test, TextTest, TextsTest};
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{
    AttributeType, Code, Date, InvalidPattern, InvalidPercent, MicroPercent, Pattern, Timestamp,
    Version,
};

/// Every operator of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Exists,
    Equals,
    NotEquals,
    In,
    NotIn,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    Matches,
    Gt,
    Gte,
    Lt,
    Lte,
    Before,
    After,
}

impl Operator {
    const ALL: [(&'static str, Self); 16] = [
        ("exists", Self::Exists),
        ("equals", Self::Equals),
        ("not_equals", Self::NotEquals),
        ("in", Self::In),
        ("not_in", Self::NotIn),
        ("contains", Self::Contains),
        ("not_contains", Self::NotContains),
        ("starts_with", Self::StartsWith),
        ("ends_with", Self::EndsWith),
        ("matches", Self::Matches),
        ("gt", Self::Gt),
        ("gte", Self::Gte),
        ("lt", Self::Lt),
        ("lte", Self::Lte),
        ("before", Self::Before),
        ("after", Self::After),
    ];

    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, operator)| *operator)
    }

    /// How it compares with a moment or another thing that has an order.
    pub(super) fn comparison(self) -> Option<Comparison> {
        match self {
            Self::Gt | Self::After => Some(Comparison::Greater),
            Self::Gte => Some(Comparison::GreaterOrEqual),
            Self::Lt | Self::Before => Some(Comparison::Less),
            Self::Lte => Some(Comparison::LessOrEqual),
            _ => None,
        }
    }

    fn fits(self, ty: AttributeType) -> bool {
        let is_text_search = matches!(self, Self::StartsWith | Self::EndsWith | Self::Matches);
        let is_part = matches!(self, Self::Contains | Self::NotContains);
        let is_equality = matches!(self, Self::Equals | Self::NotEquals);
        let is_list = matches!(self, Self::In | Self::NotIn);
        let is_order = matches!(self, Self::Gt | Self::Gte | Self::Lt | Self::Lte);
        let is_temporal = matches!(self, Self::Before | Self::After);
        self == Self::Exists
            || match ty {
                AttributeType::String => is_equality || is_list || is_part || is_text_search,
                AttributeType::Strings => is_part,
                AttributeType::Integer | AttributeType::Number | AttributeType::Semver => {
                    is_equality || is_list || is_order
                }
                AttributeType::Timestamp => is_equality || is_list || is_order || is_temporal,
                AttributeType::Boolean => is_equality,
            }
    }
}

/// One operator with its operand, on one attribute.
pub(super) fn test(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    entry: Entry<'_, '_>,
) -> Option<Test> {
    let operator = operator(reader, attribute, entry)?;
    let node = entry.value;
    let what = format!("`{}`", entry.key);
    if operator == Operator::Exists {
        return reader.boolean(node, &what).map(Test::Exists);
    }
    match attribute.ty {
        AttributeType::String => {
            text_test(reader, attribute, operator, node, &what).map(Test::Text)
        }
        AttributeType::Strings => {
            let texts = each(reader, node, &what, text)?;
            Some(Test::Texts(if operator == Operator::NotContains {
                TextsTest::NotContains(texts)
            } else {
                TextsTest::Contains(texts)
            }))
        }
        AttributeType::Integer => {
            order_test(reader, operator, node, &what, integer).map(Test::Integer)
        }
        AttributeType::Number => {
            order_test(reader, operator, node, &what, number).map(Test::Number)
        }
        AttributeType::Semver => {
            order_test(reader, operator, node, &what, version).map(Test::Version)
        }
        AttributeType::Timestamp => {
            order_test(reader, operator, node, &what, timestamp).map(Test::Timestamp)
        }
        AttributeType::Boolean => {
            let value = reader.boolean(node, &what)?;
            Some(Test::Boolean(vec![value == (operator == Operator::Equals)]))
        }
    }
}

/// The operator of a name, where there is one that fits the attribute's type.
fn operator(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    entry: Entry<'_, '_>,
) -> Option<Operator> {
    let ty = attribute.ty;
    let fitting = Operator::ALL
        .iter()
        .filter(|(_, operator)| operator.fits(ty))
        .map(|(name, _)| *name);
    let (code, message) = match Operator::find(entry.key) {
        Some(operator) if operator.fits(ty) => return Some(operator),
        Some(_) => (
            Code::OperatorType,
            format!(
                "`{}` is of type `{}`, which has no operator `{}`",
                attribute.name,
                ty.name(),
                entry.key
            ),
        ),
        None => (
            Code::UnknownOperator,
            format!("unknown operator `{}`", entry.key),
        ),
    };
    let what = format!("operators of `{}`", ty.name());
    let help = if code == Code::OperatorType {
        format!(
            "the {what} are {}",
            fitting
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )
    } else {
        reader.report.suggest(entry.key, fitting, &what)
    };
    reader.report.error(code, entry.span, message, help);
    None
}

/// `attribute: value` and `attribute: [values]`: equal to one of them.
pub(super) fn short_form(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    node: &Node<'_>,
) -> Option<Test> {
    let what = format!("`{}`", attribute.name);
    Some(match attribute.ty {
        AttributeType::String | AttributeType::Strings => {
            Test::Text(TextTest::In(listed(reader, attribute, node, &what)?))
        }
        AttributeType::Integer => Test::Integer(OrderTest::In(each(reader, node, &what, integer)?)),
        AttributeType::Number => Test::Number(OrderTest::In(each(reader, node, &what, number)?)),
        AttributeType::Semver => Test::Version(OrderTest::In(each(reader, node, &what, version)?)),
        AttributeType::Timestamp => {
            Test::Timestamp(OrderTest::In(each(reader, node, &what, timestamp)?))
        }
        AttributeType::Boolean => {
            Test::Boolean(each(reader, node, &what, |reader, node, what| {
                reader.boolean(node, what)
            })?)
        }
    })
}

/// One operand, or each of a list that isn't empty. All are read, so that no mistake hides another.
fn each<T>(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    what: &str,
    read: impl Fn(&mut Reader<'_>, &Node<'_>, &str) -> Option<T>,
) -> Option<Vec<T>> {
    let nodes = reader.one_or_more(node, what)?;
    let mut operands = Vec::with_capacity(nodes.len());
    let mut all_right = true;
    for node in nodes {
        match read(reader, node, what) {
            Some(operand) => operands.push(operand),
            None => all_right = false,
        }
    }
    all_right.then_some(operands)
}

/// The operand of an operator that takes just one, or the list of one that takes a list.
fn one_or_list<T>(
    reader: &mut Reader<'_>,
    operator: Operator,
    node: &Node<'_>,
    what: &str,
    read: impl Fn(&mut Reader<'_>, &Node<'_>, &str) -> Option<T>,
) -> Option<Vec<T>> {
    if matches!(operator, Operator::In | Operator::NotIn) {
        if !matches!(node.content, Content::List(_)) {
            reader.wrong_type(
                node,
                &format!("{what} takes a list"),
                "put it in brackets: `[ … ]`",
            );
            return None;
        }
        return each(reader, node, what, read);
    }
    read(reader, node, what).map(|operand| vec![operand])
}

fn order_test<T>(
    reader: &mut Reader<'_>,
    operator: Operator,
    node: &Node<'_>,
    what: &str,
    read: impl Fn(&mut Reader<'_>, &Node<'_>, &str) -> Option<T>,
) -> Option<OrderTest<T>> {
    if let Some(comparison) = operator.comparison() {
        return read(reader, node, what).map(|operand| OrderTest::Compare(comparison, operand));
    }
    let operands = one_or_list(reader, operator, node, what, read)?;
    Some(
        if matches!(operator, Operator::NotEquals | Operator::NotIn) {
            OrderTest::NotIn(operands)
        } else {
            OrderTest::In(operands)
        },
    )
}

fn text_test(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    operator: Operator,
    node: &Node<'_>,
    what: &str,
) -> Option<TextTest> {
    Some(match operator {
        Operator::Contains => TextTest::Contains(each(reader, node, what, searched)?),
        Operator::NotContains => TextTest::NotContains(each(reader, node, what, searched)?),
        Operator::StartsWith => TextTest::StartsWith(each(reader, node, what, searched)?),
        Operator::EndsWith => TextTest::EndsWith(each(reader, node, what, searched)?),
        Operator::Matches => TextTest::Matches(each(reader, node, what, pattern)?),
        _ => {
            let read = |reader: &mut Reader<'_>, node: &Node<'_>, what: &str| {
                listed_text(reader, attribute, node, what)
            };
            let texts = one_or_list(reader, operator, node, what, read)?;
            if matches!(operator, Operator::NotEquals | Operator::NotIn) {
                TextTest::NotIn(texts)
            } else {
                TextTest::In(texts)
            }
        }
    })
}

fn listed(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    node: &Node<'_>,
    what: &str,
) -> Option<Vec<Box<str>>> {
    each(reader, node, what, |reader, node, what| {
        listed_text(reader, attribute, node, what)
    })
}

/// A text that the attribute can equal: one of its closed list, where it has one.
fn listed_text(
    reader: &mut Reader<'_>,
    attribute: &Attribute,
    node: &Node<'_>,
    what: &str,
) -> Option<Box<str>> {
    let text = text(reader, node, what)?;
    if let Some(values) = &attribute.values
        && !values.contains(&text)
    {
        let help = reader
            .report
            .suggest(&text, values.iter().map(|value| &**value), "values");
        let message = format!("`{text}` is not in the closed list of `{}`", attribute.name);
        reader
            .report
            .error(Code::NotInClosedList, node.span, message, help);
        return None;
    }
    Some(text)
}

fn text(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Box<str>> {
    reader.text(node, what).map(Into::into)
}

/// A text to search for, which isn't empty: everything contains the empty text.
fn searched(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Box<str>> {
    let text = text(reader, node, what)?;
    if text.is_empty() {
        reader.empty(
            node.span,
            &format!("{what} searches for an empty text, which is in every text"),
        );
        return None;
    }
    Some(text)
}

fn pattern(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Pattern> {
    let text = searched(reader, node, what)?;
    Pattern::new(&text)
        .map_err(|invalid| {
            let (code, help) = match invalid {
                InvalidPattern::TooLong => (Code::PatternTooLong, "use several patterns, or a list of texts with `in`"),
                InvalidPattern::TooBig => (Code::PatternTooBig, "use smaller repetitions"),
                InvalidPattern::Syntax(_) => (Code::InvalidPattern, "the syntax is that of Rust's `regex`; single quotes keep backslashes as they are"),
                InvalidPattern::Unsupported => (Code::InvalidPattern, "build with the feature, or use `starts_with`, `ends_with` or `contains`"),
            };
            reader.report.error(code, node.span, invalid.to_string(), help);
        })
        .ok()
}

/// A whole number of 64 bits.
pub(super) fn integer(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<i64> {
    let expected = format!("{what} takes a whole number");
    match &node.content {
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer => {
            let integer = scalar.integer();
            if integer.is_none() {
                let message = format!("{expected} of 64 bits, and {} is none", scalar.text);
                reader.report.error(
                    Code::InvalidNumber,
                    node.span,
                    message,
                    "numbers go from -9223372036854775808 to 9223372036854775807",
                );
            }
            integer
        }
        Content::Scalar(Scalar {
            kind: ScalarKind::Float,
            text,
        }) => {
            let message = format!("{expected}, found {text}");
            reader.report.error(
                Code::WrongType,
                node.span,
                message,
                "leave the decimals out, or declare the attribute as `number`",
            );
            None
        }
        _ => {
            reader.wrong_type(node, &expected, "write it without quotes");
            None
        }
    }
}

/// A finite number.
pub(super) fn number(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<f64> {
    let expected = format!("{what} takes a number");
    match &node.content {
        Content::Scalar(scalar)
            if matches!(scalar.kind, ScalarKind::Integer | ScalarKind::Float) =>
        {
            let number = scalar.number();
            if number.is_none() {
                let message = format!("{expected} that is finite, and {} isn't", scalar.text);
                reader.report.error(
                    Code::InvalidNumber,
                    node.span,
                    message,
                    "numbers go up to about 1.8e308",
                );
            }
            number
        }
        _ => {
            reader.wrong_type(node, &expected, "write it without quotes");
            None
        }
    }
}

fn version(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Version> {
    let text = reader.text(node, what)?;
    parsed(
        reader,
        node,
        text,
        Code::InvalidVersion,
        "for example \"2.10.0\" or \"2.10.0-rc.1\"",
    )
}

fn timestamp(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Timestamp> {
    let text = reader.text(node, what)?;
    let timestamp = Timestamp::from_time_or_date(text);
    if timestamp.is_err() {
        let message = format!("`{text}` is neither a time in RFC 3339 nor a date");
        reader.report.error(
            Code::InvalidTime,
            node.span,
            message,
            "for example \"2026-12-31T18:00:00Z\" or \"2026-12-31\"",
        );
    }
    timestamp.ok()
}

/// A moment that switches something, never a bare date.
pub(super) fn moment(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Timestamp> {
    let text = reader.text(node, what)?;
    let moment = text.parse::<Timestamp>();
    if moment.is_err() {
        let (message, help) = if text.parse::<Date>().is_ok() {
            (
                format!(
                    "{what} is a moment, and `{text}` is a day, of which nobody agrees when it begins"
                ),
                format!("write the time and the offset too: {text}T00:00:00Z"),
            )
        } else {
            (
                format!("`{text}` is not a time in RFC 3339 with an offset"),
                "for example 2026-12-31T18:00:00Z or 2026-12-31T19:00:00+01:00".to_owned(),
            )
        };
        reader
            .report
            .error(Code::InvalidTime, node.span, message, help);
    }
    moment.ok()
}

/// A day.
pub(super) fn date(reader: &mut Reader<'_>, node: &Node<'_>, what: &str) -> Option<Date> {
    let text = reader.text(node, what)?;
    parsed(
        reader,
        node,
        text,
        Code::InvalidDate,
        "for example 2026-12-31",
    )
}

fn parsed<T>(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    text: &str,
    code: Code,
    help: &str,
) -> Option<T>
where
    T: core::str::FromStr<Err: core::fmt::Display>,
{
    text.parse::<T>()
        .map_err(|invalid| {
            reader
                .report
                .error(code, node.span, format!("`{text}` is {invalid}"), help);
        })
        .ok()
}

/// A percentage with its sign.
pub(super) fn percent(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    what: &str,
) -> Option<MicroPercent> {
    let (text, is_number) = match &node.content {
        Content::Scalar(Scalar {
            text,
            kind: ScalarKind::Text,
        }) => (&**text, false),
        Content::Scalar(Scalar {
            text,
            kind: ScalarKind::Integer | ScalarKind::Float,
        }) => (&**text, true),
        _ => {
            reader.wrong_type(
                node,
                &format!("{what} is a percentage"),
                "for example `25%`",
            );
            return None;
        }
    };
    text.parse::<MicroPercent>()
        .map_err(|invalid| {
            let help = match invalid {
                InvalidPercent::NoSign => format!("write `{text}%`"),
                _ if is_number => "for example `25%`".to_owned(),
                InvalidPercent::TooFine => "a millionth of a percent is the finest".to_owned(),
                InvalidPercent::TooLarge | InvalidPercent::Malformed => {
                    "for example `25%` or `0.5%`, up to `100%`".to_owned()
                }
            };
            reader.report.error(
                Code::InvalidPercent,
                node.span,
                format!("`{text}` is no percentage: {invalid}"),
                help,
            );
        })
        .ok()
}
