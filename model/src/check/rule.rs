//! Rules: whom each is for, and what they get.

use std::collections::HashMap;

use super::known::{Choices, Known};
use super::read::{Entry, Fields, Reader};
use super::{condition, deciding, reference, rollout, split};
use crate::definition::{Gives, Rule};
use crate::tree::{Content, Node};
use crate::{Code, Name, Span, limits};

const KEYS: [&str; 5] = ["name", "if", "serve", "rollout", "split"];

/// What a rule may give.
const GIVING: [&str; 3] = ["serve", "rollout", "split"];

/// Reads a list of rules, of which those that are wrong are left out.
pub(super) fn rules(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    entry: Entry<'_>,
    choices: Option<&Choices>,
) -> Vec<Rule> {
    let Some(nodes) = reader.list(
        entry.value,
        &"`rules`",
        "write `- if: { … }` and below it `  serve: …`, for each rule",
    ) else {
        return Vec::new();
    };
    if nodes.len() > limits::RULES {
        let message = format!(
            "there are {} rules; the limit is {} a flag",
            nodes.len(),
            limits::RULES
        );
        let help = "join rules that give the same, or use segments";
        reader
            .report
            .error(Code::TooManyRules, entry.span, message, help);
        return Vec::new();
    }
    let mut names = HashMap::new();
    let mut rules = Vec::with_capacity(nodes.len());
    rules.extend(
        nodes
            .iter()
            .filter_map(|node| rule(reader, known, node, choices, &mut names)),
    );
    rules
}

fn rule(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
    choices: Option<&Choices>,
    names: &mut HashMap<Name, Span>,
) -> Option<Rule> {
    let help = "write `{ if: { country: US }, serve: on }`, or another";
    let fields = reader.fields(node, "a rule", help, &KEYS)?;
    if fields.is_empty() {
        reader
            .report
            .error(Code::MissingKey, node.span, "an empty rule", help);
        return None;
    }
    // All parts are read before a wrong one can end the reading, so that no mistake hides another.
    let name = fields
        .get("name")
        .and_then(|entry| name(reader, entry, names));
    let condition = fields
        .get("if")
        .and_then(|entry| condition::check(reader, known, entry.value));
    if fields.lacks(&["if"]) {
        let help = "write `if: { … }`; what holds for everybody stands at the flag, not in a rule";
        reader.report.error(
            Code::MissingKey,
            first_key(node),
            "a rule has no `if`",
            help,
        );
    }
    let gives = gives(reader, node, &fields, choices);
    Some(Rule {
        name,
        condition: condition?,
        gives: gives?,
        span: node.span,
    })
}

fn name(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    names: &mut HashMap<Name, Span>,
) -> Option<Name> {
    let span = entry.value.span;
    let text = reader.text(entry.value, &"a rule's name")?;
    let name = reader.shared_name(text, span, "a rule")?;
    if let Some(first) = names.insert(name.clone(), span) {
        let line = reader.source.line_of(first.start);
        let message = format!("two rules are named `{name}`; the first is on line {line}");
        let help = "give each rule a name of its own";
        reader
            .report
            .error(Code::DuplicateRuleName, span, message, help);
    }
    Some(name)
}

fn gives(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    fields: &Fields<'_>,
    choices: Option<&Choices>,
) -> Option<Gives> {
    deciding::serve_beside(reader, fields, &["rollout", "split"]);
    let serve = fields
        .get("serve")
        .map(|entry| reference::variant(reader, choices, entry.value));
    let rollout = fields
        .get("rollout")
        .map(|entry| rollout::rollout(reader, entry.value));
    let split = fields
        .get("split")
        .map(|entry| split::split(reader, choices, entry.value));
    if fields.lacks(&GIVING) {
        let help = "write what its units get: `serve: …`, `rollout: 50%` or `split: { … }`";
        reader.report.error(
            Code::NothingToGive,
            first_key(node),
            "a rule gives nothing",
            help,
        );
    }
    match (serve, rollout, split) {
        (None, None, None) => None,
        (Some(serve), ..) => serve.map(Gives::Serve),
        (None, rollout, split) => Some(Gives::Share {
            rollout: rollout.map_or(Some(None), |rollout| rollout.map(Some))?,
            split: split.map_or(Some(None), |split| split.map(Some))?,
        }),
    }
}

/// The key that a mapping begins with, for a mistake that is something missing.
fn first_key(node: Node<'_>) -> Span {
    match node.content() {
        Content::Map(pairs) => pairs.first().map_or(node.span, |(key, _)| key.span),
        _ => node.span,
    }
}
