//! `flagstone check`.

use std::fmt::Write;

use crate::command::{command, file, finish, run};
use serde_json::{Value, json};

const RIGHT: &[u8] = b"version: 1
segments: { staff: { members: [u-1] } }
environments: { production: {}, staging: {} }
flags:
  a:
    description: A flag
    owner: growth
    rules: [{ if: { segment: staff }, serve: on }]
    rollout: 5%
    environments: { production: { rollout: 6% }, staging: { rollout: 7% } }
";

const WRONG: &[u8] = "version: 1\nflags:\n  größe: {}\n  a: { rolout: 5% }\n".as_bytes();

#[test]
fn the_exit_code_says_how_it_went() {
    let right = file("exit-right.yaml", RIGHT);
    let wrong = file("exit-wrong.yaml", WRONG);
    for (arguments, code) in [
        (&["check", &right] as &[&str], 0),
        (&["check", &wrong], 1),
        (&["check", &right, &wrong], 1),
        (&["check", &wrong, &right], 1),
        (&["check", "no such file.yaml"], 1),
        (&["check", "no such file.yaml", &right], 1),
        (&["check", "--format", "json", &wrong], 1),
        (&["check", "--format", "github", &wrong], 1),
        (&["check", "--format", "xml", &right], 2),
        (&["check", "--colour", &right], 2),
        (&["chek"], 2),
        (&[], 2),
        (&["--help"], 0),
        (&["check", "--help"], 0),
        (&["evaluate", "--help"], 0),
        (&["--version"], 0),
    ] {
        assert_eq!(run(arguments, b"").code, Some(code), "{arguments:?}");
    }
}

#[test]
fn people_read_a_report_for_each_file() {
    let right = file("human-right.yaml", RIGHT);
    let wrong = file("human-wrong.yaml", WRONG);
    let ran = run(&["check", &right, &wrong, "gone.yaml"], b"");
    let right_line = format!("{right}: nothing is wrong: 1 flag, 1 segment, 2 environments\n");
    assert!(ran.stdout.starts_with(&right_line), "{}", ran.stdout);
    for part in [
        "error[E0201]",
        &format!("--> {wrong}:3:3"),
        "4 |   a: { rolout: 5% }\n  |        ^^^^^^\n",
        "= help: did you mean `rollout`?",
    ] {
        assert!(ran.stdout.contains(part), "{part} in {}", ran.stdout);
    }
    assert!(ran.stdout.ends_with(&format!("\n{wrong}: 2 errors\n")));
    assert!(ran.stderr.starts_with("error: can't read gone.yaml: "));
}

#[test]
fn without_a_name_the_file_is_flags_yaml() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("default");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("flags.yaml"), RIGHT).unwrap();
    let mut command = command();
    command.arg("check").current_dir(folder);
    let ran = finish(command, b"");
    assert!(ran.stdout.starts_with("flags.yaml: nothing is wrong"));
}

#[test]
fn a_dash_is_standard_input() {
    let ran = run(&["check", "-"], WRONG);
    assert!(ran.stdout.contains("--> <stdin>:3:3"), "{}", ran.stdout);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn json_is_one_list_over_all_files() {
    let right = file("json-right.yaml", RIGHT);
    let wrong = file("json \"wrong\".yaml", WRONG);
    assert_eq!(
        run(&["check", "--format", "json", &right], b"").stdout,
        "[]\n"
    );
    let ran = run(&["check", "--format", "json", &wrong, &right, &wrong], b"");
    let list: Value = serde_json::from_str(&ran.stdout).unwrap();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 4);
    assert_eq!(list[0..2], list[2..4]);
    assert_eq!(
        list[1],
        json!({
            "severity": "error",
            "code": "E0101",
            "file": wrong,
            "line": 4,
            "column": 8,
            "end_line": 4,
            "end_column": 14,
            "message": "unknown key `rolout` in the flag `a`",
            "help": "did you mean `rollout`?",
        })
    );
    assert_eq!(
        (&list[0]["column"], &list[0]["end_column"]),
        (&json!(3), &json!(8)),
        "columns count characters"
    );
}

#[test]
fn a_document_that_is_no_text_is_reported_in_every_format() {
    for document in [
        &b""[..],
        b"\xff\xfe",
        b"flags: [",
        b"{",
        b"version: 1\nflags: {}\n\xe4",
    ] {
        for format in ["human", "json", "github"] {
            let ran = run(&["check", "--format", format, "-"], document);
            assert_eq!(ran.code, Some(1), "{document:?}");
            assert!(ran.stdout.contains("E00"), "{document:?}: {}", ran.stdout);
        }
    }
}

#[test]
fn github_gets_a_command_for_each_mistake() {
    let wrong = file(
        "github,wrong.yaml",
        b"version: 1\nflags:\n  a: { rollout: 5 }\n",
    );
    let ran = run(&["check", "--format", "github", &wrong], b"");
    let name = wrong.replace(',', "%2C");
    let expected =
        format!("::error file={name},line=3,col=17,endLine=3,endColumn=18,title=E0401::");
    assert!(ran.stdout.starts_with(&expected), "{}", ran.stdout);
    assert!(
        ran.stdout.ends_with("%0Ahelp: write `5%25`\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.stdout.lines().count(), 1);
}

#[test]
fn of_very_many_mistakes_twenty_are_shown_and_all_are_listed() {
    let mut document = String::from("version: 1\nflags:\n");
    for number in 0..30 {
        _ = writeln!(document, "  flag_{number}: {{ rolout: 5% }}");
    }
    let ran = run(&["check", "-"], document.as_bytes());
    assert!(
        ran.stdout
            .ends_with("<stdin>: 30 errors; the first 20 are shown\n")
    );
    let ran = run(&["check", "-", "--format", "json"], document.as_bytes());
    let list: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let lines: Vec<_> = list
        .iter()
        .filter_map(|mistake| mistake["line"].as_u64())
        .collect();
    assert_eq!(lines, (3..33).collect::<Vec<_>>());
}

#[test]
fn colours_are_for_terminals_and_for_whoever_asks() {
    for (variables, coloured) in [
        (&[] as &[(&str, &str)], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[("NO_COLOR", "1")], false),
    ] {
        let mut command = command();
        command
            .args(["check", "-", "gone.yaml"])
            .envs(variables.iter().copied());
        let ran = finish(command, WRONG);
        for text in [ran.stdout, ran.stderr] {
            assert_eq!(text.contains('\u{1b}'), coloured, "{variables:?}: {text}");
        }
    }
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(&["completions", shell], b"");
        assert_eq!(ran.code, Some(0));
        for word in ["check", "evaluate", "requests", "environment"] {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(run(&["completions", "cmd"], b"").code, Some(2));
}

#[test]
fn a_file_that_cant_be_read_is_told_to_programs_too() {
    let right = file("readable.yaml", RIGHT);
    let ran = run(&["check", "--format", "json", "gone.yaml", &right], b"");
    let list: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(
        (&list[0]["file"], &list[0]["code"]),
        (&json!("gone.yaml"), &json!("unreadable"))
    );
    let ran = run(&["check", "--format", "github", "gone.yaml"], b"");
    let expected =
        "::error file=gone.yaml,title=unreadable::can't read gone.yaml: there is no such file in ";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn usage_shows_what_can_stand_together() {
    for arguments in [
        &["evaluate", "a", "--requests", "-"][..],
        &["evaluate", "--context", "{}", "-a", "a=b"],
    ] {
        let ran = run(arguments, b"");
        assert_eq!(ran.code, Some(2));
        assert!(
            ran.stderr
                .contains("       flagstone evaluate --requests FILE [OPTIONS]\n"),
            "{}",
            ran.stderr
        );
    }
}
