//! `flagstone schema`, against every example.

use flagstone_tests::{Case, answers, from_yaml};
use jsonschema::Validator;
use serde_json::Value;

use crate::command::run;

fn validator() -> Validator {
    let ran = run(&["schema"], b"");
    assert_eq!(ran.code, Some(0));
    let schema: Value = serde_json::from_str(&ran.stdout).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn mistakes(validator: &Validator, document: &Value) -> Vec<String> {
    let errors = validator.iter_errors(document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn whatever_is_right_fits() {
    let validator = validator();
    let known = answers().unwrap();
    assert!(!known.is_empty());
    for document in known {
        if flagstone_model::load("x", document.text.as_bytes())
            .definition()
            .is_some()
        {
            let tree = from_yaml(&document.text).unwrap();
            assert_eq!(
                mistakes(&validator, &tree),
                [] as [&str; 0],
                "{}",
                document.name
            );
        }
    }
    for seed in 0..400 {
        let document = Case::new(seed).document;
        assert_eq!(
            mistakes(&validator, &document),
            [] as [&str; 0],
            "seed {seed}"
        );
    }
    for text in [
        include_str!("../../../flags.yaml"),
        include_str!("../../src/init/flags.yaml"),
    ] {
        let tree = from_yaml(text).unwrap();
        assert_eq!(mistakes(&validator, &tree), [] as [&str; 0]);
    }
}

/// The first document of each section of the page on errors, with the section's code.
fn wrong_documents() -> Vec<(String, String)> {
    let page = include_str!("../../../docs/errors.md");
    let sections = page.split("\n## ").skip(1);
    let examples = sections.filter_map(|section| {
        let code = section.split(':').next()?;
        let text = section.split("```yaml").nth(1)?;
        let (_, text) = text.split_once('\n')?;
        Some((code.to_owned(), text.split("```").next()?.to_owned()))
    });
    examples.collect()
}

/// The codes of mistakes that a schema can't see: what isn't YAML, what is only in the text, what refers to something,
/// what compares two values.
const BEYOND: [&str; 26] = [
    "E0004", "E0105", "E0203", "E0205", "E0206", "E0301", "E0302", "E0303", "E0304", "E0305",
    "E0308", "E0309", "E0403", "E0404", "E0405", "E0407", "E0502", "E0504", "E0506", "E0507",
    "E0508", "E0509", "E0510", "E0607", "E0609", "E0610",
];

#[test]
fn whatever_a_schema_can_see_is_seen() {
    let validator = validator();
    let mut unseen = Vec::new();
    for (code, text) in wrong_documents() {
        let Ok(tree) = from_yaml(&text) else {
            continue;
        };
        if mistakes(&validator, &tree).is_empty() {
            unseen.push(code);
        }
    }
    assert_eq!(unseen, BEYOND);
}
