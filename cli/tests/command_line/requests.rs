//! `flagstone evaluate --requests`.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::command::{command, file, finish, run};
use serde_json::Value;

const DOCUMENT: &[u8] = b"version: 1
context: { targeting_key: user_id, attributes: { user_id: string, plan: string } }
flags:
  plan: { rules: [{ if: { plan: premium }, serve: on }] }
  plain: { serve: on }
";

const PAYING: &str = r#"{"flag":"plan","variant":"on","value":true,"reason":"rule","rule":0}"#;
const NOT_PAYING: &str = r#"{"flag":"plan","variant":"off","value":false,"reason":"default"}"#;
const PLAIN: &str = r#"{"flag":"plain","variant":"on","value":true,"reason":"static"}"#;

fn invalid(line: u32, message: &str) -> String {
    format!(
        r#"{{"flag":null,"variant":null,"value":null,"reason":"error","error":"invalid_request","line":{line},"message":"{message}"}}"#
    )
}

#[test]
fn each_line_is_answered_in_its_place() {
    let document = file("requests.yaml", DOCUMENT);
    let unknown =
        r#"{"flag":"é\"\n","variant":null,"value":null,"reason":"error","error":"flag_not_found"}"#;
    let both_plain = [NOT_PAYING, PLAIN];
    let object = "column 1: an object in braces belongs here";
    let key = "column 10: the key of a flag, in quotes, belongs here";
    for (requests, answers, code) in [
        (&b""[..], vec![], 0),
        (b"\n \r\n\t", vec![], 0),
        (br#"{"flag":"plain"}"#, vec![PLAIN.to_owned()], 0),
        (
            b"{\"flag\":\"plain\"}\r\n\r\n{\"flag\":\"plain\",\"context\":null}\r\n",
            vec![PLAIN.into(); 2],
            0,
        ),
        (
            br#"{"context": {"plan": "premium"}, "flag": "plan"}"#,
            vec![PAYING.into()],
            0,
        ),
        (
            br#"{"flag":"plain","flag":"plan","context":{"plan":"premium"},"context":{}}"#,
            vec![NOT_PAYING.into()],
            0,
        ),
        (b"{}", both_plain.map(str::to_owned).to_vec(), 0),
        (
            br#"{"flag":null}"#,
            both_plain.map(str::to_owned).to_vec(),
            0,
        ),
        (
            b"{\"flag\":\"plan\",\"context\":{\"plan\":\"premium\"}}\n{\"flag\":\"plan\"}",
            vec![PAYING.into(), NOT_PAYING.into()],
            0,
        ),
        (br#"{"flag":"\u00e9\"\n"}"#, vec![unknown.to_owned()], 0),
        (
            b"nope\n{\"flag\":\"plain\"}\n",
            vec![invalid(1, object), PLAIN.into()],
            1,
        ),
        (
            b"\n[]\n\n\"x\"\n5",
            vec![invalid(2, object), invalid(4, object), invalid(5, object)],
            1,
        ),
        (br#"{"flag": 5}"#, vec![invalid(1, key)], 1),
        (br#"{"flag": ["plain"]}"#, vec![invalid(1, key)], 1),
        (
            br#"{"flag":"plain","context":[]}"#,
            vec![invalid(1, "column 27: an object in braces belongs here")],
            1,
        ),
        (
            br#"{"flag":"plain"} x"#,
            vec![invalid(1, "column 18: nothing more belongs on this line")],
            1,
        ),
        (
            b"{\"flag\":\"plain\"\n}",
            vec![
                invalid(1, "column 16: `,` or `}` belongs here"),
                invalid(2, object),
            ],
            1,
        ),
        (
            b"{\"flag\":\"\xff\"}\n{\"flag\":\"plain\"}\n\xff",
            vec![
                invalid(1, "byte 10: this is no UTF-8"),
                PLAIN.into(),
                invalid(3, "byte 1: this is no UTF-8"),
            ],
            1,
        ),
    ] {
        let shown = String::from_utf8_lossy(requests);
        for from_file in [false, true] {
            let path = if from_file {
                file("requests.ndjson", requests)
            } else {
                "-".into()
            };
            let ran = run(
                &["evaluate", "--flags", &document, "--requests", &path],
                requests,
            );
            let lines: Vec<&str> = ran.stdout.lines().collect();
            assert_eq!(lines, answers, "{shown}");
            assert_eq!((ran.code, &*ran.stderr), (Some(code), ""), "{shown}");
        }
    }
}

#[test]
fn a_line_with_a_key_that_requests_dont_have_asks_nothing() {
    let document = file("unknown-key.yaml", DOCUMENT);
    let message = r#"unknown key \"flga\"; there are `flag` and `context`; did you mean `flag`?"#;
    let ran = run(
        &["evaluate", "--flags", &document, "--requests", "-"],
        br#"{"flga":"plain"}"#,
    );
    assert_eq!(ran.stdout, format!("{}\n", invalid(1, message)));
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_line_without_end_is_refused_and_the_rest_goes_on() {
    let document = file("too-long.yaml", DOCUMENT);
    let requests = format!("{}\n{{\"flag\":\"plain\"}}\n", " ".repeat((16 << 20) + 1));
    let ran = run(
        &["evaluate", "--flags", &document, "--requests", "-"],
        requests.as_bytes(),
    );
    let refused = invalid(1, "the line has more than 16777216 bytes (16 MiB)");
    assert_eq!(ran.stdout, format!("{refused}\n{PLAIN}\n"));
}

#[test]
fn what_means_nothing_is_told_once_for_each_name() {
    let document = file("ignored.yaml", DOCUMENT);
    let requests = concat!(
        r#"{"flag":"plain","context":{"plam":1,"id":2,"plam":[{}]}}"#,
        "\n",
        r#"{"flag":"plain","context":{"plam":null,"plan":5}}"#,
        "\n",
        r#"{"flag":"plain","context":{"\u001b[31m":null,"plan":{}}}"#,
    );
    let ran = run(
        &["evaluate", "--flags", &document, "--requests", "-"],
        requests.as_bytes(),
    );
    let mut warnings: Vec<&str> = ran.stderr.lines().collect();
    warnings.sort_unstable();
    let expected = [
        r#"warning: the attribute "\u{1b}[31m" isn't declared, so it is ignored"#,
        r#"warning: the attribute "id" isn't declared, so it is ignored"#,
        r#"warning: the attribute "plam" isn't declared, so it is ignored; did you mean `plan`?"#,
        r"warning: the value of `plan` is no string, so the attribute is missing",
    ];
    assert_eq!(warnings, expected);
    assert_eq!(ran.stdout, format!("{PLAIN}\n").repeat(3));
    assert_eq!(ran.code, Some(0));
}

#[test]
fn names_without_end_are_not_warned_of_without_end() {
    let document = file("endless.yaml", DOCUMENT);
    let mut requests = String::new();
    for number in 0..3000 {
        _ = std::fmt::Write::write_fmt(
            &mut requests,
            format_args!("{{\"flag\":\"plain\",\"context\":{{\"x{number}\":1}}}}\n"),
        );
    }
    let ran = run(
        &["evaluate", "--flags", &document, "--requests", "-"],
        requests.as_bytes(),
    );
    assert_eq!(ran.stderr.lines().count(), 1001);
    assert_eq!(ran.stdout.lines().count(), 3000);
}

#[test]
fn an_answer_comes_before_the_next_request_is_written() {
    let document = file("streaming.yaml", DOCUMENT);
    let mut child = command()
        .args(["evaluate", "--flags", &document, "--requests", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut requests = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (request, answer) in [
        ("{\"flag\":\"plain\"}\n", Some(PLAIN)),
        ("{\"flag\":\"plan\",", None),
        ("\"context\":{\"plan\":\"premium\"}}\n{\"fl", Some(PAYING)),
        ("ag\":\"plan\"}\n", Some(NOT_PAYING)),
    ] {
        requests.write_all(request.as_bytes()).unwrap();
        if let Some(answer) = answer {
            assert_eq!(answers.next().unwrap().unwrap(), answer);
        }
    }
    drop(requests);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let document = file("enough.yaml", DOCUMENT);
    let mut child = command()
        .args(["evaluate", "--flags", &document, "--requests", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut requests = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // At some point nobody reads the requests any more.
    while requests.write_all(b"{\"flag\":\"plain\"}\n").is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn lines_longer_than_any_buffer_are_read() {
    let document = file("long.yaml", DOCUMENT);
    let padding = "x".repeat(1 << 20);
    let request = format!(
        "{{\"flag\":\"plain\"}}\n{{\"flag\":\"plan\",\"context\":{{\"user_id\":\"{padding}\",\"plan\":\"premium\"}}}}\n"
    );
    let mut command = command();
    command.args(["evaluate", "--flags", &document, "--requests", "-"]);
    let ran = finish(command, request.repeat(3).as_bytes());
    assert_eq!(ran.stdout, format!("{PLAIN}\n{PAYING}\n").repeat(3));
}

#[test]
fn answers_stay_json_whatever_the_document_and_the_requests_hold() {
    let characters: String = (0..0x300).filter_map(char::from_u32).collect();
    let document = serde_json::json!({
        "version": 1,
        "flags": { "text": { "type": "string", "variants": { "one": characters }, "baseline": "one" } },
    });
    let document = file("characters.json", document.to_string().as_bytes());
    let requests = format!(
        "{{\"flag\":\"text\"}}\n{{\"flag\":{}}}\n",
        Value::from(&*characters)
    );
    let ran = run(
        &["evaluate", "--flags", &document, "--requests", "-"],
        requests.as_bytes(),
    );
    let answers: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers[0]["value"], characters);
    assert_eq!(answers[1]["flag"], characters);
}
