//! Conditions: which contexts a rule or a segment holds for.

use super::known::Known;
use super::operator::Operator;
use super::read::{Entry, Reader, WHOM, What};
use super::{attribute_test, operand, percentage, reference};
use crate::definition::{AttributeTest, Condition, FlagTest, MomentTest, Sample, Test};
use crate::quoted::Quoted;
use crate::tree::{Content, Node};
use crate::{AttributeType, Code, MicroPercent, Span};

/// Reads a condition: a mapping, all of whose entries must hold, or a list, all of whose elements must. Nothing where
/// something in it is wrong, which has been reported.
pub(super) fn check(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
) -> Option<Condition> {
    match node.content() {
        Content::Map(pairs) if pairs.is_empty() => {
            reader.empty(node.span, "an empty condition", WHOM);
            None
        }
        Content::Map(_) => {
            let entries = reader.entries(node, "a condition", "")?;
            if let Some(entry) = entries.only() {
                return check_entry(reader, known, entry);
            }
            let conditions = entries
                .iter()
                .map(|entry| check_entry(reader, known, entry))
                .collect();
            all(conditions)
        }
        Content::List(items) if items.is_empty() => {
            reader.empty(node.span, "an empty condition", WHOM);
            None
        }
        Content::List(_) => check_each(reader, known, node, &"a condition")
            .and_then(|conditions| all(vec![Some(Condition::All(conditions))])),
        _ => {
            let help = "write `{ country: US }`, `{ segment: staff }`, or another";
            reader.wrong_type(
                node,
                "a condition is a mapping or a list of conditions",
                help,
            );
            None
        }
    }
}

/// Joins the entries of a mapping; one alone stands for itself.
fn all(conditions: Vec<Option<Condition>>) -> Option<Condition> {
    let mut conditions = conditions.into_iter().collect::<Option<Vec<_>>>()?;
    if conditions.len() == 1 {
        conditions.pop()
    } else {
        Some(Condition::All(conditions))
    }
}

/// Each element of a list that isn't empty, as a condition.
fn check_each(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
    what: What<'_>,
) -> Option<Vec<Condition>> {
    let items = reader.list(
        node,
        what,
        "write a list of conditions: `[{ country: US }, { plan: free }]`",
    )?;
    if items.is_empty() {
        reader.empty(node.span, &format!("{what} is an empty list"), WHOM);
        return None;
    }
    let conditions: Vec<_> = items
        .iter()
        .map(|item| check(reader, known, item))
        .collect();
    conditions.into_iter().collect()
}

fn check_entry(reader: &mut Reader<'_>, known: &Known<'_>, entry: Entry<'_>) -> Option<Condition> {
    let span = entry.whole();
    if !reader.has_value(entry, "…") {
        return None;
    }
    match entry.key {
        "all" => check_each(reader, known, entry.value, &"`all`").map(Condition::All),
        "any" => check_each(reader, known, entry.value, &"`any`").map(Condition::Any),
        "not" => {
            check(reader, known, entry.value).map(|condition| Condition::Not(Box::new(condition)))
        }
        "segment" => segments(reader, known, entry.value, span),
        "sample" => sample(reader, known, entry.value, span).map(Condition::Sample),
        "flag" => flags(reader, known, entry.value),
        "now" => now(reader, entry.value),
        _ => attribute(reader, known, entry, span),
    }
}

fn segments(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
    span: Span,
) -> Option<Condition> {
    let nodes = reader.one_or_more(
        node,
        &"`segment`",
        "name the segments: `segment: [staff, beta]`",
    )?;
    let of: Vec<_> = nodes
        .iter()
        .map(|node| reference::segment(reader, known, node))
        .collect();
    Some(Condition::Segment {
        of: of.into_iter().collect::<Option<_>>()?,
        span,
    })
}

fn sample(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
    span: Span,
) -> Option<Sample> {
    let mut sample = Sample {
        from: MicroPercent::ZERO,
        to: MicroPercent::HUNDRED,
        salt: None,
        by: None,
        span,
    };
    let Content::Map(pairs) = node.content() else {
        sample.to = percentage::percent(reader, node, &"`sample`")?;
        return Some(sample);
    };
    let help = "write `sample: 5%`, or `{ to: 5%, salt: holdout }`";
    if pairs.is_empty() {
        reader.empty(node.span, "an empty sample", help);
        return None;
    }
    let fields = reader.fields(node, "`sample`", help, &["from", "to", "salt", "by"])?;
    // Each part is read before any of them can end the reading, so that no mistake hides another.
    let from = fields
        .get("from")
        .map(|entry| percentage::percent(reader, entry.value, &"`from`"));
    let to = fields
        .get("to")
        .map(|entry| percentage::percent(reader, entry.value, &"`to`"));
    let salt = fields.get("salt").map(|entry| reader.words(entry));
    let by = fields
        .get("by")
        .map(|entry| reference::bucket_attribute(reader, known, entry.value));
    sample.from = from.unwrap_or(Some(sample.from))?;
    sample.to = to.unwrap_or(Some(sample.to))?;
    sample.salt = salt.map_or(Some(None), |salt| salt.map(Some))?;
    sample.by = by.map_or(Some(None), |by| by.map(Some))?;
    Some(sample)
}

fn flags(reader: &mut Reader<'_>, known: &Known<'_>, node: Node<'_>) -> Option<Condition> {
    let help = "name the flag and the variants it must answer: `{ new_dashboard: on }`";
    let entries = reader.entries(node, "`flag`", help)?;
    if entries.is_empty() {
        reader.empty(node.span, "`flag` names no flag", help);
        return None;
    }
    let tests: Vec<_> = entries
        .iter()
        .map(|entry| {
            let (flag, variants) = reference::flag_answer(reader, known, entry)?;
            Some(Condition::Flag(FlagTest {
                flag,
                variants,
                span: entry.whole(),
            }))
        })
        .collect();
    all(tests)
}

fn now(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Condition> {
    let help = "write `{ after: 2026-12-31T18:00:00Z }`, or another operator";
    let entries = reader.entries(node, "`now`", help)?;
    if entries.is_empty() {
        reader.empty(node.span, "`now` compares with nothing", help);
        return None;
    }
    let tests: Vec<_> = entries
        .iter()
        .map(|entry| moment_test(reader, entry).map(Condition::Now))
        .collect();
    all(tests)
}

fn moment_test(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<MomentTest> {
    let found = Operator::find(entry.key);
    let Some(comparison) = found.and_then(Operator::comparison) else {
        let compares = |operator: Operator| operator.comparison().is_some();
        let help = Operator::meant_by(entry.key, compares).unwrap_or_else(|| {
            let known = Operator::OF_NOW.into_iter();
            reader
                .report
                .suggest(entry.key, known, "operators of `now`")
        });
        let code = if found.is_some() {
            Code::OperatorType
        } else {
            Code::UnknownOperator
        };
        let message = format!("`now` has no operator {}", Quoted(entry.key));
        reader.report.error(code, entry.span, message, help);
        return None;
    };
    let moment = operand::moment(reader, entry.value, &format_args!("`{}`", entry.key))?;
    Some(MomentTest {
        comparison,
        moment,
        span: entry.whole(),
    })
}

fn attribute(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    entry: Entry<'_>,
    span: Span,
) -> Option<Condition> {
    let index = reference::attribute_or_word(reader, known, entry.key, entry.span)?;
    let attribute = known.attribute(index)?;
    let condition = |test: Test, span: Span| {
        Condition::Attribute(AttributeTest {
            attribute: index,
            test,
            span,
        })
    };
    let Content::Map(pairs) = entry.value.content() else {
        if attribute.ty == AttributeType::Strings {
            let message = format!(
                "`{}` is a list of texts, which equals nothing",
                attribute.name
            );
            reader.report.error(
                Code::OperatorType,
                entry.value.span,
                message,
                "write `{ contains: … }`",
            );
            return None;
        }
        return attribute_test::short_form(reader, known, attribute, entry.value)
            .map(|test| condition(test, span));
    };
    if pairs.is_empty() {
        let message = format!("`{}` has no operator", attribute.name);
        let help = "write one, such as `{ exists: true }`";
        reader.empty(entry.value.span, &message, help);
        return None;
    }
    let what = format_args!("the condition on `{}`", attribute.name);
    let operators = reader.entries(entry.value, what, "")?;
    let mut test = |operator: Entry<'_>| {
        let test = attribute_test::test(reader, known, attribute, operator);
        test.map(|test| condition(test, operator.whole()))
    };
    if let Some(operator) = operators.only() {
        return test(operator);
    }
    let tests = operators.iter().map(test).collect();
    all(tests)
}
