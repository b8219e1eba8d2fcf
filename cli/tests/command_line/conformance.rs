//! The known answers, asked through the command.

use std::fs;
use std::path::Path;

use crate::command::run;
use serde_json::Value;

#[test]
fn the_command_gives_the_known_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance");
    let mut asked = 0;
    for document in fs::read_dir(folder).unwrap() {
        asked += check(&document.unwrap().path());
    }
    assert!(asked >= 1000, "{asked} questions");
}

/// Asks everything about a document in one run.
/// The question alone, without its answer.
fn request(question: &str) -> String {
    let mut question: Value = serde_json::from_str(question).unwrap();
    let fields = question.as_object_mut().unwrap();
    fields.retain(|field, _| matches!(&**field, "flag" | "context"));
    format!("{question}\n")
}

fn check(folder: &Path) -> usize {
    let text = fs::read_to_string(folder.join("answers.ndjson")).unwrap();
    let (head, questions) = text.split_once('\n').unwrap();
    let head: Value = serde_json::from_str(head).unwrap();
    let document = folder.join("flags.yaml");
    let mut arguments = vec![
        "evaluate",
        "--flags",
        document.to_str().unwrap(),
        "--at",
        head["at"].as_str().unwrap(),
        "--requests",
        "-",
    ];
    if let Some(environment) = head["environment"].as_str() {
        arguments.extend(["--environment", environment]);
    }
    let requests: String = questions.lines().map(request).collect();
    let ran = run(&arguments, requests.as_bytes());
    assert_eq!(ran.code, Some(0), "{}: {}", folder.display(), ran.stderr);
    let mut asked = 0;
    for (question, given) in questions.lines().zip(ran.stdout.lines()) {
        let expected: Value = serde_json::from_str(question).unwrap();
        let given: Value = serde_json::from_str(given).unwrap();
        for field in ["variant", "value", "reason", "rule", "error"] {
            assert_eq!(
                given[field], expected["answer"][field],
                "{field} of {question}"
            );
        }
        assert_eq!(given["flag"], expected["flag"]);
        asked += 1;
    }
    assert_eq!(asked, questions.lines().count());
    asked
}
