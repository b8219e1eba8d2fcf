//! The engine agrees with the known answers, and with the reference on random documents.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone::{Attributes, Evaluation, Snapshot, Timestamp};
use flagstone_model::{Style, load, render};
use flagstone_tests::{Answer, Case, answers, evaluate, milliseconds, to_json, to_yaml};
use serde_json::{Map, Value};

/// A snapshot of a document in which nothing is wrong.
fn snapshot(text: &str, environment: Option<&str>, at: Timestamp) -> Snapshot {
    let loaded = load("flags.yaml", text.as_bytes());
    let report = || {
        render(
            &loaded.source,
            loaded.diagnostics(),
            loaded.total(),
            Style::Plain,
        )
    };
    let definition = loaded
        .definition()
        .unwrap_or_else(|| panic!("{}\n{text}", report()));
    Snapshot::new(definition, environment, at).unwrap()
}

fn ask(snapshot: &Snapshot, flag: &str, context: &Map<String, Value>, at: Timestamp) -> Answer {
    answer(&snapshot.evaluate(flag, &Attributes::from_json(context), at))
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

fn moment(text: &str) -> Timestamp {
    Timestamp::from_milliseconds(milliseconds(text).unwrap())
}

#[test]
fn the_engine_gives_the_known_answers() {
    let mut asked = 0;
    for known in answers().unwrap() {
        let at = moment(&known.at);
        let snapshot = snapshot(&known.text, known.environment.as_deref(), at);
        for (index, question) in known.answers.iter().enumerate() {
            let answer = ask(&snapshot, &question.flag, &question.context, at);
            let nameless = Answer {
                rule_name: None,
                ..answer
            };
            let place = format!("{}/answers.ndjson, line {}", known.name, index + 2);
            assert_eq!(nameless, question.expected, "{place}");
            asked += 1;
        }
    }
    assert_eq!(asked, 1000);
}

#[test]
fn the_engine_agrees_with_the_reference() {
    for seed in 0..1_500 {
        let case = Case::new(seed);
        let environment = case.environment.as_deref();
        let at = moment(&case.at);
        let from_yaml = snapshot(&to_yaml(&case.document).unwrap(), environment, at);
        let from_json = snapshot(&to_json(&case.document), environment, at);
        assert_eq!(
            from_yaml.digest(),
            from_json.digest(),
            "seed {seed}: JSON of the same shape"
        );
        for (flag, context) in &case.requests {
            let expected = evaluate(
                &case.document,
                environment,
                flag,
                context,
                at.milliseconds(),
            );
            let given = ask(&from_yaml, flag, context, at);
            assert_eq!(given, expected, "seed {seed}: {flag} for {context:?}");
        }
    }
}

/// A snapshot's constants are made for the time at which it was compiled; answers at later times must not change for it.
#[test]
fn a_snapshot_answers_as_one_compiled_at_the_time_of_the_question() {
    const DAY: i64 = 86_400_000;
    for seed in 0..300 {
        let case = Case::new(seed);
        let environment = case.environment.as_deref();
        let compiled_at = moment(&case.at);
        let text = to_json(&case.document);
        let early = snapshot(&text, environment, compiled_at);
        for days in [1, 30, 400] {
            let at = Timestamp::from_milliseconds(compiled_at.milliseconds() + days * DAY);
            for (flag, context) in case.requests.iter().take(20) {
                let expected = evaluate(
                    &case.document,
                    environment,
                    flag,
                    context,
                    at.milliseconds(),
                );
                assert_eq!(
                    ask(&early, flag, context, at),
                    expected,
                    "seed {seed}: {flag} for {context:?} at {at}"
                );
            }
        }
    }
}
