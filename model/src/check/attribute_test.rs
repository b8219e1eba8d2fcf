//! One operator with its operand, on one attribute.

use super::known::Known;
use super::operand::{self, date_or_time, integer, number, pattern, searched, version};
use super::operator::Operator;
use super::read::{Entry, Reader, What};
use crate::definition::{Attribute, OrderTest, Test, TextTest, Texts, TextsBuilder, TextsTest};
use crate::quoted::Quoted;
use crate::tree::{Items, Node};
use crate::{AttributeType, Code};

/// `attribute: { operator: operand }`, of which this is one operator.
pub(super) fn test(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    attribute: &Attribute,
    entry: Entry<'_>,
) -> Option<Test> {
    let operator = operator(reader, attribute, entry)?;
    let node = entry.value;
    let what = &format_args!("`{}`", entry.key);
    if operator == Operator::Exists {
        return reader.boolean(node, what).map(Test::Exists);
    }
    match attribute.ty {
        AttributeType::String => {
            text_test(reader, known, attribute, operator, node, what).map(Test::Text)
        }
        AttributeType::Strings => {
            let texts = each_text(reader, node, what, operand::text)?;
            Some(Test::Texts(if operator == Operator::NotContains {
                TextsTest::NotContains(texts)
            } else {
                TextsTest::Contains(texts)
            }))
        }
        AttributeType::Integer => {
            order_test(reader, operator, node, what, integer).map(Test::Integer)
        }
        AttributeType::Number => order_test(reader, operator, node, what, number).map(Test::Number),
        AttributeType::Semver => {
            order_test(reader, operator, node, what, version).map(Test::Version)
        }
        AttributeType::Timestamp => {
            order_test(reader, operator, node, what, date_or_time).map(Test::Timestamp)
        }
        AttributeType::Boolean => {
            let value = reader.boolean(node, what)?;
            Some(Test::Boolean(vec![value == (operator == Operator::Equals)]))
        }
    }
}

/// The operator of a name, where there is one that fits the attribute's type.
fn operator(reader: &mut Reader<'_>, attribute: &Attribute, entry: Entry<'_>) -> Option<Operator> {
    let ty = attribute.ty;
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
            format!("unknown operator {}", Quoted(entry.key)),
        ),
    };
    let what = format!("operators of `{}`", ty.name());
    let known = Operator::names_fitting(ty);
    let help = match Operator::meant_by(entry.key, |operator| operator.fits(ty)) {
        Some(help) => help,
        None if code == Code::OperatorType => {
            let names: Vec<String> = known.map(|name| format!("`{name}`")).collect();
            format!("the {what} are {}", names.join(", "))
        }
        None => reader.report.suggest(entry.key, known, &what),
    };
    reader.report.error(code, entry.span, message, help);
    None
}

/// `attribute: value` and `attribute: [values]`: equal to one of them.
pub(super) fn short_form(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    attribute: &Attribute,
    node: Node<'_>,
) -> Option<Test> {
    let what = &format_args!("`{}`", attribute.name);
    Some(match attribute.ty {
        AttributeType::String | AttributeType::Strings => {
            let nodes = one_or_more(reader, node, what)?;
            let texts = listed_texts(reader, known, attribute, nodes, what)?;
            Test::Text(TextTest::In(texts))
        }
        AttributeType::Integer => Test::Integer(OrderTest::In(each(reader, node, what, integer)?)),
        AttributeType::Number => Test::Number(OrderTest::In(each(reader, node, what, number)?)),
        AttributeType::Semver => Test::Version(OrderTest::In(each(reader, node, what, version)?)),
        AttributeType::Timestamp => {
            Test::Timestamp(OrderTest::In(each(reader, node, what, date_or_time)?))
        }
        AttributeType::Boolean => {
            let read = |reader: &mut Reader<'_>, node: Node<'_>, what: What<'_>| {
                reader.boolean(node, what)
            };
            Test::Boolean(each(reader, node, what, read)?)
        }
    })
}

/// The operands of an operator that takes one or several.
fn one_or_more<'t>(reader: &mut Reader<'_>, node: Node<'t>, what: What<'_>) -> Option<Items<'t>> {
    let help = "write what it is compared with: one operand, or a list of several";
    reader.one_or_more(node, what, help)
}

/// The operand of an operator that takes just one, or the list of one that takes a list.
fn one_or_list<'t>(
    reader: &mut Reader<'_>,
    operator: Operator,
    node: Node<'t>,
    what: What<'_>,
) -> Option<Items<'t>> {
    if !matches!(operator, Operator::In | Operator::NotIn) {
        return Some(node.alone());
    }
    if node.is_list() {
        return one_or_more(reader, node, what);
    }
    let expected = format!("{what} takes a list");
    reader.wrong_type(node, &expected, "put it in brackets: `[ … ]`");
    None
}

/// Reads one operand or several.
fn each<T>(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    what: What<'_>,
    read: impl Fn(&mut Reader<'_>, Node<'_>, What<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let nodes = one_or_more(reader, node, what)?;
    all(nodes, |node| read(reader, node, what))
}

/// All operands, or nothing where one is wrong. All are read, so that no mistake hides another.
fn all<'t, T>(nodes: Items<'t>, mut read: impl FnMut(Node<'t>) -> Option<T>) -> Option<Vec<T>> {
    let mut operands = Vec::with_capacity(nodes.len());
    let mut all_right = true;
    for node in nodes.iter() {
        match read(node) {
            Some(operand) => operands.push(operand),
            None => all_right = false,
        }
    }
    all_right.then_some(operands)
}

/// [`each`] of texts.
fn each_text(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    what: What<'_>,
    read: impl for<'t> Fn(&mut Reader<'_>, Node<'t>, What<'_>) -> Option<&'t str>,
) -> Option<Texts> {
    let nodes = one_or_more(reader, node, what)?;
    all_texts(nodes, |node| read(reader, node, what))
}

/// [`all`] of texts.
fn all_texts<'t>(
    nodes: Items<'t>,
    mut read: impl FnMut(Node<'t>) -> Option<&'t str>,
) -> Option<Texts> {
    let scalars = nodes.iter().filter_map(Node::scalar);
    let bytes = scalars.map(|scalar| scalar.text.len()).sum();
    let mut texts = TextsBuilder::with_room_for(nodes.len(), bytes);
    let mut all_right = true;
    for node in nodes.iter() {
        match read(node) {
            Some(text) => texts.push(text),
            None => all_right = false,
        }
    }
    all_right.then(|| texts.finish())
}

fn order_test<T>(
    reader: &mut Reader<'_>,
    operator: Operator,
    node: Node<'_>,
    what: What<'_>,
    read: impl Fn(&mut Reader<'_>, Node<'_>, What<'_>) -> Option<T>,
) -> Option<OrderTest<T>> {
    if let Some(comparison) = operator.comparison() {
        return read(reader, node, what).map(|operand| OrderTest::Compare(comparison, operand));
    }
    let nodes = one_or_list(reader, operator, node, what)?;
    let operands = all(nodes, |node| read(reader, node, what))?;
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
    known: &Known<'_>,
    attribute: &Attribute,
    operator: Operator,
    node: Node<'_>,
    what: What<'_>,
) -> Option<TextTest> {
    Some(match operator {
        Operator::Contains => TextTest::Contains(each_text(reader, node, what, searched)?),
        Operator::NotContains => TextTest::NotContains(each_text(reader, node, what, searched)?),
        Operator::StartsWith => TextTest::StartsWith(each_text(reader, node, what, searched)?),
        Operator::EndsWith => TextTest::EndsWith(each_text(reader, node, what, searched)?),
        Operator::Matches => TextTest::Matches(each(reader, node, what, pattern)?),
        _ => {
            let nodes = one_or_list(reader, operator, node, what)?;
            let texts = listed_texts(reader, known, attribute, nodes, what)?;
            if matches!(operator, Operator::NotEquals | Operator::NotIn) {
                TextTest::NotIn(texts)
            } else {
                TextTest::In(texts)
            }
        }
    })
}

fn listed_texts(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    attribute: &Attribute,
    nodes: Items<'_>,
    what: What<'_>,
) -> Option<Texts> {
    all_texts(nodes, |node| {
        listed_text(reader, known, attribute, node, what)
    })
}

/// A text that the attribute can equal: one of its closed list, where it has one.
fn listed_text<'t>(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    attribute: &Attribute,
    node: Node<'t>,
    what: What<'_>,
) -> Option<&'t str> {
    let text = operand::text(reader, node, what)?;
    let Some(values) = &attribute.values else {
        return Some(text);
    };
    if known.is_in_closed_list(attribute, text) {
        return Some(text);
    }
    let listed = values.iter().map(|value| &**value);
    let help = reader.report.suggest(text, listed, "values");
    let message = format!(
        "{} is not in the closed list of `{}`",
        Quoted(text),
        attribute.name
    );
    reader
        .report
        .error(Code::NotInClosedList, node.span, message, help);
    None
}
