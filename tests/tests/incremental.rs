//! A document that arrives after others answers as it does alone: what is used again of the last one is never wrong.

#![expect(
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone::__rt::{Embedded, FlagSet, Program};
use flagstone::{Attributes, Snapshot, Timestamp};
use flagstone_tests::{Case, Random, milliseconds, to_json, to_yaml};
use serde_json::{Map, Value, json};

/// A program that knows no flags, so that no document is wrong for it.
static SET: FlagSet = FlagSet::new(
    Embedded {
        name: "flags.yaml",
        text: "version: 1\nflags: {}\n",
        program: Program {
            flags: &[],
            attributes: &[],
            targeting_key: 0,
        },
    },
    &[],
    &[],
);

/// In the year 2100, which all tests are run before.
const SOME_DAY: i64 = 4_102_444_800_000;

/// Changes a document a little, and leaves it right.
fn change(document: &mut Value, random: &mut Random) {
    let number = random.below(1000);
    let about = if random.chance(80) {
        "flags"
    } else {
        "segments"
    };
    let Some(section) = document[about].as_object_mut() else {
        return;
    };
    let keys: Vec<String> = section.keys().cloned().collect();
    if keys.is_empty() {
        return;
    }
    let entry = section[&random.pick(&keys)].as_object_mut().unwrap();
    if about == "segments" {
        let members = entry.entry("members").or_insert_with(|| json!([]));
        let members = members.as_array_mut().unwrap();
        members.push(json!(format!("added-{number}-{}", members.len())));
        return;
    }
    let (key, value) = match random.below(5) {
        0 => ("killed", json!(true)),
        1 => ("enabled", json!(false)),
        2 => ("salt", json!(format!("salt-{number}"))),
        3 => ("description", json!(format!("Change {number}"))),
        _ => ("starts_at", json!("1970-01-02T00:00:00Z")),
    };
    // A switch is taken back where it is there; `ends_at` can't come before so early a start.
    if entry.remove(key).is_none() || key == "salt" {
        entry.insert(key.to_owned(), value);
    }
}

/// A document as text, in one form or another.
fn text(document: &Value, random: &mut Random) -> String {
    if random.chance(30) {
        return to_json(document);
    }
    let yaml = to_yaml(document).unwrap();
    if random.chance(30) {
        format!("# {}\n{yaml}", "a comment ".repeat(random.below(9)))
    } else {
        yaml
    }
}

/// Publishes a document, and compares what is in force with the document alone. Says whether it is right.
fn publish(text: &str, case: &Case, environment: Option<&str>, what: &str) -> bool {
    // Not before what is in force was compiled, since that happens by the clock of the machine.
    let at = milliseconds(&case.at).unwrap().max(SOME_DAY);
    let at = Timestamp::from_milliseconds(at);
    let loaded = flagstone::load("flags.yaml", text.as_bytes());
    let Some(definition) = loaded.definition() else {
        return false;
    };
    let alone = Snapshot::new(definition, environment, at).unwrap();
    SET.control().publish("flags.yaml", text).unwrap();
    SET.control().set_environment(environment).unwrap();
    // Once more, at what is now in force in this environment.
    SET.control().publish("flags.yaml", text).unwrap();
    let in_force = SET.snapshot();
    assert_eq!(SET.status().problems.len(), 0, "{what}");
    assert_eq!(in_force.digest(), alone.digest(), "{what}\n{text}");
    for (flag, context) in &case.requests {
        let ask = |snapshot: &Snapshot| answer(snapshot, flag, context, at);
        assert_eq!(
            ask(&in_force),
            ask(&alone),
            "{what}: {flag} for {context:?}"
        );
    }
    true
}

fn answer(snapshot: &Snapshot, flag: &str, context: &Map<String, Value>, at: Timestamp) -> String {
    format!(
        "{:?}",
        snapshot.evaluate(flag, &Attributes::from_json(context), at)
    )
}

#[test]
fn what_arrives_after_other_documents_answers_as_it_does_alone() {
    let mut random = Random::new(11);
    let mut compared = 0;
    for seed in 0..40 {
        let cases = [Case::new(seed), Case::new(seed + 50_000)];
        let mut documents = cases.each_ref().map(|case| case.document.clone());
        for step in 0..8 {
            // Mostly the same document with a change; now and then another one, and back.
            let which = usize::from(step % 4 == 3);
            if step > 0 {
                let before = documents[which].clone();
                change(&mut documents[which], &mut random);
                if random.chance(20) {
                    documents[which] = before;
                }
            }
            let text = text(&documents[which], &mut random);
            let case = &cases[which];
            let environment = case.environment.as_deref().filter(|_| seed % 2 == 0);
            // The last document's environment may not be declared by this one.
            SET.control().set_environment(None).unwrap();
            let what = format!("seed {seed}, step {step}");
            compared += u32::from(publish(&text, case, environment, &what));
        }
    }
    assert!(compared > 240, "only {compared} were right");
}
