//! `split`: what the taken get.

use super::known::Choices;
use super::read::{Entry, Reader};
use super::reference;
use crate::Code;
use crate::definition::{Arm, Split, VariantIndex};
use crate::quoted::Quoted;
use crate::tree::{Content, Node, ScalarKind};

/// Reads a `split`: a mapping, whose arms are in byte order of their names, or a list of one-entry mappings.
pub(super) fn split(
    reader: &mut Reader<'_>,
    choices: Option<&Choices>,
    node: Node<'_>,
) -> Option<Split> {
    let help = "name the variants with their weights: `{ control: 50, treatment: 50 }`";
    let entries = match node.content() {
        Content::List(items) => {
            reader.list(node, &"`split`", help)?;
            let entries: Vec<_> = items
                .iter()
                .map(|item| single_entry(reader, item))
                .collect();
            entries.into_iter().collect::<Option<Vec<_>>>()?
        }
        _ => reader.entries(node, "`split`", help)?.iter().collect(),
    };
    if entries.is_empty() {
        reader
            .report
            .error(Code::Emptiness, node.span, "a split without arms", help);
        return None;
    }
    let is_mapping = node.is_map();
    let arms = arms(reader, choices, &entries, is_mapping)?;
    checked_total(reader, node, &arms)?;
    Some(Split { arms })
}

fn single_entry<'t>(reader: &mut Reader<'_>, node: Node<'t>) -> Option<Entry<'t>> {
    let help = "write one variant with its weight for each element: `- treatment: 10`";
    let entries = reader.entries(node, "an arm of `split`", help)?;
    if let Some(entry) = entries.only() {
        return Some(entry);
    }
    reader.report.error(
        Code::WrongType,
        node.span,
        "an arm of `split` is a mapping with one entry",
        help,
    );
    None
}

fn arms(
    reader: &mut Reader<'_>,
    choices: Option<&Choices>,
    entries: &[Entry<'_>],
    is_mapping: bool,
) -> Option<Vec<Arm>> {
    let read: Vec<_> = entries
        .iter()
        .map(|entry| {
            let variant = choices.and_then(|choices| {
                reference::named_variant(reader, choices, entry.key, entry.span)
            });
            let weight = weight(reader, *entry);
            Some((
                Arm {
                    variant: variant?,
                    weight: weight?,
                },
                entry.span,
            ))
        })
        .collect();
    let mut arms = read.into_iter().collect::<Option<Vec<_>>>()?;
    if is_mapping {
        let name = |variant: VariantIndex| {
            choices?
                .variants
                .get(variant)
                .map(|variant| variant.name.as_str())
        };
        arms.sort_by(|(a, _), (b, _)| name(a.variant).cmp(&name(b.variant)));
        // `on` and `true` are different keys of one variant.
        let twice = arms.windows(2).find_map(|pair| match pair {
            [(a, _), (b, span)] if a.variant == b.variant => Some(*span),
            _ => None,
        });
        if let Some(span) = twice {
            reader.report.error(
                Code::DuplicateKey,
                span,
                "this variant stands twice in `split`",
                "keep one of the two",
            );
            return None;
        }
    }
    Some(arms.into_iter().map(|(arm, _)| arm).collect())
}

fn weight(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<u64> {
    if !reader.has_value(entry, "50") {
        return None;
    }
    let what = format_args!("the weight of {}", Quoted(entry.key));
    match entry.value.content() {
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer => {
            let weight = scalar
                .integer()
                .and_then(|weight| u64::try_from(weight).ok());
            if weight.is_none() {
                let message = format!("{what} is negative or too large");
                let help = "write a whole number from 0 on";
                reader
                    .report
                    .error(Code::InvalidNumber, entry.value.span, message, help);
            }
            weight
        }
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Float => {
            let message = format!(
                "{what} is a whole number, and {} has decimals",
                Quoted(scalar.text)
            );
            let help = "weights are shares of their sum: write 3 and 1 for 1.5 and 0.5";
            reader
                .report
                .error(Code::WrongType, entry.value.span, message, help);
            None
        }
        content => {
            let help = match content {
                Content::Scalar(scalar) => weight_without_sign(scalar.text),
                _ => None,
            };
            let help = help.unwrap_or_else(|| {
                "weights are shares of their sum: 1 and 1, or 50 and 50, halve".to_owned()
            });
            reader.wrong_type(entry.value, &format!("{what} is a whole number"), &help);
            None
        }
    }
}

/// The remedy for a weight that is written as a percentage, or in quotes.
fn weight_without_sign(text: &str) -> Option<String> {
    let number: u64 = text.strip_suffix('%').unwrap_or(text).trim().parse().ok()?;
    Some(if text.ends_with('%') {
        format!("weights are shares of their sum and have no percent sign: write `{number}`")
    } else {
        format!("write `{number}`, without quotes")
    })
}

fn checked_total(reader: &mut Reader<'_>, node: Node<'_>, arms: &[Arm]) -> Option<()> {
    match arms
        .iter()
        .try_fold(0_u64, |sum, arm| sum.checked_add(arm.weight))
    {
        Some(0) => {
            let help = "give at least one variant a weight above 0";
            reader.report.error(
                Code::ZeroWeights,
                node.span,
                "the weights sum to zero, so that nobody would get anything",
                help,
            );
            None
        }
        Some(_) => Some(()),
        None => {
            let help = "weights are shares of their sum: divide them all by the same number";
            reader.report.error(
                Code::WeightsTooLarge,
                node.span,
                "the weights sum to more than 64 bits hold",
                help,
            );
            None
        }
    }
}
