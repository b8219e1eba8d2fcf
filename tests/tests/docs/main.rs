//! The examples of `docs/flags-yaml.md` and `docs/decisions.md`: each document is checked, and each row of a table of
//! answers is asked of the engine and of the reference.
//!
//! The words behind a fence say what a block is. `yaml` and `json`: a document in which nothing is wrong. `yaml declarations`: one
//! to which the pieces that follow belong. `yaml flag`: the keys of its flag `example`. `yaml condition`: the condition of a
//! rule of that flag, which serves `on`. `wrong` and a code before or behind: a document or piece with just that mistake.

mod page;

use flagstone::{Attributes, Evaluation, Snapshot, Timestamp};
use flagstone_model::load;
use flagstone_tests::{Answer, evaluate, from_yaml, milliseconds};
use page::{Kind, Step};
use serde_json::{Map, Value};

/// The time of a question that names none.
const NOON: &str = "2026-06-01T12:00:00Z";

fn indented(text: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    let lines = text.lines().map(|line| format!("{indent}{line}\n"));
    lines.collect()
}

/// The document that a block is, or belongs to.
fn document(words: &[String], text: &str, declarations: &str) -> String {
    let has = |word: &str| words.iter().any(|other| other == word);
    if has("flag") {
        return format!("{declarations}\n  example:\n{}", indented(text, 4));
    }
    if has("condition") {
        let rule = "  example:\n    rules:\n      - serve: on\n        if:\n";
        return format!("{declarations}\n{rule}{}", indented(text, 10));
    }
    text.to_owned()
}

/// Checks a document against the words behind its fence.
fn check(place: &str, words: &[String], document: &str) {
    let loaded = load("flags.yaml", document.as_bytes());
    let codes = loaded.diagnostics().iter().map(|mistake| mistake.code.id());
    let expected = words.iter().filter(|word| word.starts_with("E0"));
    assert_eq!(
        codes.collect::<Vec<_>>(),
        expected.collect::<Vec<_>>(),
        "{place}:\n{:?}",
        loaded.diagnostics()
    );
}

fn answer(evaluation: &Evaluation<'_>) -> Answer {
    Answer {
        variant: evaluation.variant.map(str::to_owned),
        value: evaluation
            .value
            .map_or(Value::Null, flagstone_model::Value::to_json),
        reason: evaluation.reason.as_str().to_owned(),
        rule: evaluation.rule.map(|rule| rule.index as usize),
        rule_name: evaluation
            .rule
            .and_then(|rule| rule.name)
            .map(str::to_owned),
        error: evaluation.error.map(|error| error.as_str().to_owned()),
    }
}

/// Asks the engine and the reference what a row asks; says which of the columns that the table has differ.
fn ask(document: &str, row: &Map<String, Value>) -> Result<(), String> {
    let cell = |column: &str| row.get(column).and_then(Value::as_str);
    let flag = cell("flag").unwrap_or("example");
    let environment = cell("environment");
    let context: Map<String, Value> =
        serde_json::from_str(cell("context").unwrap_or("{}")).map_err(|error| error.to_string())?;
    let at = milliseconds(cell("at").unwrap_or(NOON)).ok_or("no time")?;
    let now = Timestamp::from_milliseconds(at);

    let loaded = load("flags.yaml", document.as_bytes());
    let definition = loaded.definition().ok_or("no document to ask")?;
    let snapshot =
        Snapshot::new(definition, environment, now).map_err(|error| error.to_string())?;
    let given = answer(&snapshot.evaluate(flag, &Attributes::from_json(&context), now));

    let tree = from_yaml(document).map_err(|error| error.to_string())?;
    let second = evaluate(&tree, environment, flag, &context, at);
    if given != second {
        return Err(format!(
            "the engine gives {given:?}, the reference {second:?}"
        ));
    }
    let rule = given.rule.map(|rule| rule.to_string());
    let holds = given.variant.as_deref() == cell("answers")
        && cell("reason").is_none_or(|reason| reason == given.reason)
        && (!row.contains_key("rule") || rule.as_deref() == cell("rule"))
        && (!row.contains_key("reason") || given.error.as_deref() == cell("error"));
    if holds {
        Ok(())
    } else {
        Err(format!("{given:?}"))
    }
}

/// Runs a page; gives how many documents and how many answers it has.
fn run(name: &str) -> (usize, usize) {
    let (mut documents, mut answers) = (0, 0);
    let mut declarations = String::new();
    let mut current = String::new();
    let mut wrong = Vec::new();
    for Step { line, kind } in page::read(name) {
        let place = format!("docs/{name}:{line}");
        match kind {
            Kind::Block { words, text } if is_document(&words) => {
                current = document(&words, &text, &declarations);
                check(&place, &words, &current);
                if words.iter().any(|word| word == "declarations") {
                    declarations.clone_from(&current);
                }
                documents += 1;
            }
            Kind::Block { .. } => {}
            Kind::Row(row) => {
                wrong.extend(
                    ask(&current, &row)
                        .err()
                        .map(|why| format!("{place}: {why}")),
                );
                answers += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    (documents, answers)
}

fn is_document(words: &[String]) -> bool {
    words
        .first()
        .is_some_and(|word| word == "yaml" || word == "json")
}

#[test]
fn the_examples_of_the_language_hold() {
    let (documents, answers) = run("flags-yaml.md");
    assert!(
        documents >= 20 && answers >= 40,
        "{documents} documents, {answers} answers"
    );
}

#[test]
fn the_decisions_hold() {
    let (documents, answers) = run("decisions.md");
    assert!(
        documents >= 30 && answers >= 50,
        "{documents} documents, {answers} answers"
    );
}
