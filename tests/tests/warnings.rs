//! What the checker's warnings say is so: a rule of which it says that it never holds, or never decides, doesn't for
//! any of many random contexts, as the slow reference answers them.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone_model::{Code, Definition, Span, lint, load};
use flagstone_tests::{Case, Random, evaluate, milliseconds, to_json};
use serde_json::{Map, Value, json};

const NOW: &str = "2026-06-15T12:00:00Z";

/// A rule that a warning is about: the flag, the rules that it stands among, and its place there.
struct Accused {
    key: String,
    rules: Vec<Value>,
    index: usize,
}

/// The rules that a document's warnings say never decide, by the code of the warning.
fn accused(document: &Value, code: Code) -> Vec<Accused> {
    let text = to_json(document);
    let loaded = load("flags.json", text.as_bytes());
    let definition = loaded.definition().unwrap();
    let warnings = lint(&loaded.source, definition, None);
    let spans = warnings.iter().filter(|warning| warning.code == code);
    spans
        .map(|warning| find(document, definition, warning.span))
        .collect()
}

/// The rule of a place.
fn find(document: &Value, definition: &Definition, span: Span) -> Accused {
    for flag in &definition.flags {
        let written = &document["flags"][flag.key.as_str()];
        let overlays = flag.overlays.iter().map(|(environment, overlay)| {
            let environment = &definition.environments[environment.get()].name;
            (&written["environments"][environment.as_str()], overlay)
        });
        for (written, deciding) in std::iter::once((written, &flag.base)).chain(overlays) {
            let mut rules = deciding.rules.iter().flatten();
            if let Some(index) = rules.position(|rule| rule.span == span) {
                return Accused {
                    key: flag.key.to_string(),
                    rules: written["rules"].as_array().unwrap().clone(),
                    index,
                };
            }
        }
    }
    unreachable!("a warning about a rule stands at a rule")
}

/// The document with these rules and nothing else that decides in the flag, so that each context comes to them.
fn with_rules(document: &Value, key: &str, rules: &[Value]) -> Value {
    let mut document = document.clone();
    let flag = document["flags"][key].as_object_mut().unwrap();
    let gates = [
        "killed",
        "overrides",
        "enabled",
        "starts_at",
        "ends_at",
        "prerequisites",
        "environments",
    ];
    for gate in gates {
        flag.remove(gate);
    }
    flag.insert("rules".to_owned(), rules.into());
    document
}

/// Asks whether the rule ever decides.
fn decides(accused: &Accused, document: &Value, context: &Map<String, Value>, now: i64) -> bool {
    let answer = evaluate(document, None, &accused.key, context, now);
    answer.rule == Some(accused.index)
}

#[test]
fn random_documents_are_accused_rightly() {
    let mut asked = 0;
    for seed in 0..600 {
        let case = Case::new(seed);
        let now = milliseconds(&case.at).unwrap();
        for code in [Code::RuleNeverHolds, Code::UnreachableRule] {
            for accused in accused(&case.document, code) {
                let document = with_rules(&case.document, &accused.key, &accused.rules);
                for (_, context) in &case.requests {
                    assert!(
                        !decides(&accused, &document, context, now),
                        "seed {seed}: {code}"
                    );
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 100, "{asked}");
}

/// In random documents contradictions are rare; in these, whose operands are few, they aren't.
#[test]
fn small_documents_are_accused_rightly() {
    let now = milliseconds(NOW).unwrap();
    let mut found = [0, 0];
    let mut decided = 0;
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let document = document(&mut random);
        let contexts: Vec<_> = (0..60).map(|_| context(&mut random)).collect();
        for (code, found) in [Code::RuleNeverHolds, Code::UnreachableRule]
            .into_iter()
            .zip(&mut found)
        {
            for accused in accused(&document, code) {
                *found += 1;
                let alone = Accused {
                    key: accused.key.clone(),
                    rules: vec![accused.rules[accused.index].clone()],
                    index: 0,
                };
                let asked = if code == Code::RuleNeverHolds {
                    alone
                } else {
                    accused
                };
                let document = with_rules(&document, "f", &asked.rules);
                for context in &contexts {
                    let is_right = !decides(&asked, &document, context, now);
                    assert!(
                        is_right,
                        "seed {seed}: {code}: {:?} for {context:?}",
                        asked.rules
                    );
                }
            }
        }
        let answers = contexts
            .iter()
            .map(|context| evaluate(&document, None, "f", context, now));
        decided += answers.filter(|answer| answer.rule.is_some()).count();
    }
    assert!(found[0] > 100 && found[1] > 100, "{found:?}");
    assert!(decided > 13_000, "the rest do decide: {decided}");
}

fn document(random: &mut Random) -> Value {
    let rules: Vec<Value> = (0..6)
        .map(|_| json!({ "if": condition(random, 2, true), "serve": "on" }))
        .collect();
    json!({
        "version": 1,
        "context": {
            "targeting_key": "user",
            "attributes": {
                "user": "string", "plan": "string", "age": "integer", "score": "number",
                "ok": "boolean", "app": "semver", "since": "timestamp", "roles": "strings",
            },
        },
        "segments": {
            "listed": { "members": ["u-1", "u-2"] },
            "some": { "members": ["u-3"], "if": condition(random, 1, false) },
        },
        "flags": {
            "other": { "rollout": "50%" },
            "f": { "rules": rules },
        },
    })
}

fn condition(random: &mut Random, depth: usize, in_flag: bool) -> Value {
    let mut entries = Map::new();
    for _ in 0..=random.below(3) {
        let (key, value) = entry(random, depth, in_flag);
        entries.insert(key.to_owned(), value);
    }
    Value::Object(entries)
}

fn entry(random: &mut Random, depth: usize, in_flag: bool) -> (&'static str, Value) {
    let choice = random.below(if depth > 0 { 15 } else { 11 });
    match choice {
        0 | 1 => (
            "plan",
            test(
                random,
                &TEXTS,
                &[
                    "equals",
                    "not_equals",
                    "in",
                    "not_in",
                    "contains",
                    "not_contains",
                    "starts_with",
                    "ends_with",
                    "matches",
                ],
            ),
        ),
        2 | 3 => ("age", test(random, &INTEGERS, &ORDERED)),
        4 => ("score", test(random, &NUMBERS, &ORDERED)),
        5 => ("ok", json!(random.chance(50))),
        6 => ("app", test(random, &VERSIONS, &ORDERED)),
        7 => ("since", test(random, &TIMES, &ORDERED)),
        8 => ("roles", test(random, &TEXTS, &["contains", "not_contains"])),
        9 if in_flag => {
            let variants = random.pick_some(&["on", "off"], 1);
            ("flag", json!({ "other": variants }))
        }
        9 | 10 => {
            let (from, to) = (random.below(4) * 25, random.below(5) * 25);
            (
                "sample",
                json!({ "from": format!("{from}%"), "to": format!("{to}%") }),
            )
        }
        11 if in_flag => ("segment", json!(random.pick_some(&["listed", "some"], 2))),
        11 | 12 => ("not", condition(random, depth - 1, in_flag)),
        13 => (
            "any",
            json!([
                condition(random, depth - 1, in_flag),
                condition(random, depth - 1, in_flag)
            ]),
        ),
        _ => {
            let operator = random.pick(&["gt", "gte", "lt", "lte"]);
            ("now", json!({ operator: random.pick(&TIMES) }))
        }
    }
}

const ORDERED: [&str; 8] = [
    "equals",
    "not_equals",
    "in",
    "not_in",
    "gt",
    "gte",
    "lt",
    "lte",
];
const TEXTS: [&str; 4] = ["a", "ab", "b", "abc"];
const VERSIONS: [&str; 4] = ["1.0", "1.0.0-rc.1", "1.1", "2.0"];
const TIMES: [&str; 3] = ["2026-06-15T11:59:59.999Z", NOW, "2026-06-15T12:00:00.001Z"];
const INTEGERS: [i64; 4] = [0, 1, 2, i64::MAX];
const NUMBERS: [f64; 4] = [0.0, 0.5, 1.0, -1.0];

/// One operator, or two, with operands of a few.
fn test<T: Clone + Default + Into<Value>>(
    random: &mut Random,
    operands: &[T],
    operators: &[&'static str],
) -> Value {
    let mut tests = Map::new();
    for _ in 0..=random.below(2) {
        let operator = random.pick(operators);
        let operand = if matches!(operator, "in" | "not_in") {
            random
                .pick_some(operands, 3)
                .into_iter()
                .map(Into::into)
                .collect()
        } else {
            random.pick(operands).into()
        };
        tests.insert(operator.to_owned(), operand);
    }
    if random.chance(10) {
        tests.insert("exists".to_owned(), random.chance(50).into());
    }
    Value::Object(tests)
}

fn context(random: &mut Random) -> Map<String, Value> {
    let mut context = Map::new();
    let mut set = |random: &mut Random, name: &str, value: Value| {
        if random.chance(85) {
            context.insert(name.to_owned(), value);
        }
    };
    let user = format!("u-{}", random.below(6));
    set(random, "user", user.into());
    for (name, texts) in [("plan", &TEXTS[..]), ("app", &VERSIONS), ("since", &TIMES)] {
        let text = random.pick(texts);
        set(random, name, text.into());
    }
    let age = random.pick(&[-1, 0, 1, 2, 3, i64::MAX]);
    set(random, "age", age.into());
    let score = random.pick(&[-1.0, -0.0, 0.0, 0.25, 0.5, 1.0, 2.0]);
    set(random, "score", score.into());
    let ok = random.chance(50);
    set(random, "ok", ok.into());
    let roles = random.pick_some(&TEXTS, 3);
    set(random, "roles", json!(roles));
    context
}
