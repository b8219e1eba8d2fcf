//! An explanation says what evaluation does: on random documents its answer is evaluation's, its steps lead there, and
//! what it says was compared is so by the slow reference.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

use flagstone::explain::{Check, Decided, Explained, Stand, Told};
use flagstone::{Attributes, Reason, Snapshot, Timestamp};
use flagstone_model::{MicroPercent, load};
use flagstone_tests::{Case, evaluate, fits, milliseconds, to_json};
use serde_json::{Map, Value};

/// What one question was about.
struct Question<'a> {
    seed: u64,
    case: &'a Case,
    context: &'a Map<String, Value>,
    at: Timestamp,
}

/// How much of what explanations say was compared with the reference.
#[derive(Default)]
struct Compared {
    answers: usize,
    tests: usize,
    positions: usize,
}

#[test]
fn an_explanation_says_what_evaluation_does() {
    let mut compared = Compared::default();
    for seed in 0..300 {
        let case = Case::new(seed);
        let at = Timestamp::from_milliseconds(milliseconds(&case.at).unwrap());
        let text = to_json(&case.document);
        let loaded = load("flags.json", text.as_bytes());
        let definition = loaded.definition().unwrap();
        let snapshot = Snapshot::new(definition, case.environment.as_deref(), at)
            .unwrap()
            .with_source(&loaded.source);
        for (key, context) in &case.requests {
            let question = Question {
                seed,
                case: &case,
                context,
                at,
            };
            let attributes = Attributes::from_json(context);
            let given = snapshot.evaluate(key, &attributes, at);
            let explanation = snapshot.explain(key, &attributes, at);
            let flag = &explanation.flag;
            assert_eq!(flag.variant.as_deref(), given.variant, "seed {seed}: {key}");
            assert_eq!(flag.value.as_ref(), given.value, "seed {seed}: {key}");
            assert_eq!(flag.reason, given.reason, "seed {seed}: {key}");
            assert_eq!(flag.rule, given.rule.map(|rule| rule.index), "seed {seed}");
            let name = given.rule.and_then(|rule| rule.name);
            assert_eq!(flag.rule_name.as_deref(), name, "seed {seed}: {key}");
            assert_eq!(flag.error, given.error, "seed {seed}: {key}");
            if given.variant.is_some() {
                question.check_flag(flag, &mut compared);
            }
            assert_eq!(explanation.to_json()["flag"], **key, "seed {seed}");
        }
    }
    let Compared {
        answers,
        tests,
        positions,
    } = compared;
    assert!(
        answers > 3_500 && tests > 700 && positions > 1_000,
        "{answers} {tests} {positions}"
    );
}

impl Question<'_> {
    /// A flag's answer is the reference's, and its steps lead to it.
    fn check_flag(&self, flag: &Explained, compared: &mut Compared) {
        compared.answers += 1;
        let environment = self.case.environment.as_deref();
        let now = self.at.milliseconds();
        let expected = evaluate(
            &self.case.document,
            environment,
            &flag.key,
            self.context,
            now,
        );
        let place = format!("seed {}: {}", self.seed, flag.key);
        assert_eq!(
            flag.variant,
            expected.variant.map(String::into_boxed_str),
            "{place}"
        );
        assert_eq!(flag.reason.as_str(), expected.reason, "{place}");
        if flag.told == Told::Before {
            assert!(flag.steps.is_empty(), "{place}");
            return;
        }
        assert_eq!(flag.told, Told::InFull, "{place}");
        let (last, others) = flag.steps.split_last().unwrap();
        assert!(
            last.decides && others.iter().all(|step| !step.decides),
            "{place}"
        );
        assert_eq!(last.step, step_of(flag), "{place}");
        for step in &flag.steps {
            if matches!(step.step, Decided::Rule(_)) {
                // The entries of a rule stand side by side, where it has more than one.
                assert_eq!(
                    step.checks.iter().all(|check| check.holds),
                    step.decides,
                    "{place}"
                );
            }
            for check in &step.checks {
                self.check(check, compared);
            }
            if let Some(stand) = step.share.as_ref().and_then(|share| share.stand) {
                compared.positions += 1;
                check_stand(stand);
                let is_left_out = flag.reason == Reason::LeftOut;
                assert!(stand.is_taken || is_left_out, "{place}");
            }
        }
    }

    fn check(&self, check: &Check, compared: &mut Compared) {
        if let Some(stand) = check.stand {
            compared.positions += 1;
            check_stand(stand);
            assert_eq!(stand.is_taken, check.holds, "seed {}: {check:?}", self.seed);
        }
        if let Some((attribute, operator, operand)) = written(check) {
            let expected = fits(
                &self.case.document,
                self.context,
                &attribute,
                &operator,
                &operand,
            );
            assert_eq!(check.holds, expected, "seed {}: {check:?}", self.seed);
            compared.tests += 1;
        }
        let parts = || check.checks.iter().map(|part| part.holds);
        match check.entry.as_str() {
            "all of" => assert_eq!(parts().all(|holds| holds), check.holds),
            "any of" => assert_eq!(parts().any(|holds| holds), check.holds),
            "not" => assert_eq!(parts().all(|holds| !holds), check.holds),
            _ => {}
        }
        if let Some(flag) = &check.flag {
            self.check_flag(flag, compared);
        }
        for part in &check.checks {
            self.check(part, compared);
        }
    }
}

/// The step that gives a reason.
fn step_of(flag: &Explained) -> Decided {
    match flag.reason {
        Reason::Killed => Decided::Killed,
        Reason::Override => Decided::Override,
        Reason::Disabled => Decided::Enabled,
        Reason::NotStarted | Reason::Ended => Decided::Window,
        Reason::Prerequisite => Decided::Prerequisite,
        Reason::Default => Decided::Default,
        Reason::Rule | Reason::Static | Reason::Split | Reason::LeftOut => {
            flag.rule.map_or(Decided::Own, Decided::Rule)
        }
        other => panic!("{other} has no step"),
    }
}

fn check_stand(stand: Stand) {
    let below = stand.below == MicroPercent::HUNDRED || stand.position < stand.below;
    let is_within = stand.from <= stand.position && below;
    assert_eq!(stand.is_taken, is_within, "{stand:?}");
    assert!(stand.position < stand.taken_from, "{stand:?}");
    if stand.from == MicroPercent::ZERO {
        assert_eq!(stand.is_taken, stand.taken_from <= stand.below, "{stand:?}");
    }
}

/// The attribute, the operator and its operand, where the entry is a test that is quoted whole and as it is.
fn written(check: &Check) -> Option<(String, String, Value)> {
    let (attribute, rest) = check.entry.split_once(": ")?;
    let is_test = check
        .found
        .as_ref()?
        .starts_with(&format!("{attribute} is "));
    if !is_test || check.stand.is_some() || rest.contains(['…', '\\']) {
        return None;
    }
    if let Some(test) = rest.strip_prefix("{ ") {
        let test: Map<String, Value> = serde_json::from_str(&format!("{{{test}")).ok()?;
        let (operator, operand) = test.into_iter().next()?;
        return Some((attribute.to_owned(), operator, operand));
    }
    let operand: Value = serde_json::from_str(rest).ok()?;
    let operator = if operand.is_array() { "in" } else { "equals" };
    Some((attribute.to_owned(), operator.to_owned(), operand))
}
