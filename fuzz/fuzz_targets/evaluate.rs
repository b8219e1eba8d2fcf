//! Documents that are right, contexts of any kind: the engine never panics, and answers as the slow reference does.

#![no_main]

use flagstone::{Attributes, Snapshot, Timestamp};
use flagstone_fuzz::{context, document};
use flagstone_model::load;
use flagstone_tests::{Case, damage_text, evaluate, to_json};
use serde_json::{Map, Value};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let seed = rest
        .iter()
        .take(8)
        .fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
    match kind % 3 {
        0 => random_case(&Case::new(seed), rest),
        1 => ask_all(
            &damage_text(seed, &to_json(&Case::new(seed >> 8).document)),
            &[context(rest)],
        ),
        _ => ask_all(
            &document(rest),
            &[context(rest), context(&bytes[..bytes.len() / 2])],
        ),
    }
});

/// A valid document, asked with its own contexts and with one made from the bytes.
fn random_case(case: &Case, bytes: &[u8]) {
    let mut contexts: Vec<_> = case
        .requests
        .iter()
        .take(10)
        .map(|(_, context)| context.clone())
        .collect();
    contexts.push(context(bytes));
    ask_all(&to_json(&case.document), &contexts);
}

/// Asks every flag of what is right in a document; where nothing is wrong with it, the reference is asked too.
fn ask_all(text: &str, contexts: &[Map<String, Value>]) {
    let loaded = load("flags.json", text.as_bytes());
    let Ok(checked) = &loaded.outcome else { return };
    let Some(definition) = checked.right_part() else {
        return;
    };
    let reference: Option<Value> = checked
        .definition()
        .and_then(|_| serde_json::from_str(text).ok());
    let environments = definition
        .environments
        .iter()
        .map(|environment| Some(environment.name.as_str()));
    for environment in core::iter::once(None).chain(environments.take(2)) {
        for milliseconds in [0, 1_780_000_000_000, 4_102_444_800_000] {
            let at = Timestamp::from_milliseconds(milliseconds);
            let snapshot =
                Snapshot::new(definition, environment, at).expect("the environment is declared");
            for (flag, context) in definition
                .flags
                .iter()
                .flat_map(|flag| contexts.iter().map(move |context| (flag, context)))
            {
                let given =
                    snapshot.evaluate(flag.key.as_str(), &Attributes::from_json(context), at);
                let Some(reference) = &reference else {
                    continue;
                };
                let expected = evaluate(
                    reference,
                    environment,
                    flag.key.as_str(),
                    context,
                    milliseconds,
                );
                assert_eq!(
                    given.variant,
                    expected.variant.as_deref(),
                    "{} for {context:?} in {text}",
                    flag.key
                );
                assert_eq!(
                    given.reason.as_str(),
                    expected.reason,
                    "{} for {context:?} in {text}",
                    flag.key
                );
                assert_eq!(
                    given.rule.map(|rule| rule.index as usize),
                    expected.rule,
                    "{} for {context:?}",
                    flag.key
                );
                assert_eq!(
                    given.error.map(|error| error.as_str().to_owned()),
                    expected.error,
                    "{} for {context:?}",
                    flag.key
                );
            }
        }
    }
}
