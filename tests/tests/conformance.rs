//! The known answers hold.

use flagstone_tests::{Answer, answers, evaluate, from_yaml, milliseconds};

#[test]
fn the_reference_gives_the_known_answers() {
    let documents = answers().unwrap();
    let asked: usize = documents.iter().map(|known| known.answers.len()).sum();
    assert_eq!(asked, 1000);
    for known in documents {
        let document = from_yaml(&known.text).unwrap();
        let now = milliseconds(&known.at).unwrap();
        for (index, question) in known.answers.iter().enumerate() {
            let answer = evaluate(
                &document,
                known.environment.as_deref(),
                &question.flag,
                &question.context,
                now,
            );
            let nameless = Answer {
                rule_name: None,
                ..answer
            };
            let place = format!("{}/answers.ndjson, line {}", known.name, index + 2);
            assert_eq!(nameless, question.expected, "{place}");
        }
    }
}
