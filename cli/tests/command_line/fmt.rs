//! `flagstone fmt`.

use std::fmt::Write;

use flagstone_model::{Source, format, parse};
use flagstone_tests::{Case, Random, to_yaml};

use crate::command::{file, folder, run, run_in};

#[test]
fn files_are_formatted_in_place() {
    let folder = folder("fmt");
    let (first, second) = (folder.join("a.yaml"), folder.join("b.yaml"));
    std::fs::write(&first, "flags: {a: {}}\nversion: 1\n").unwrap();
    std::fs::write(&second, "version: 1\nflags: {}\n").unwrap();
    let ran = run_in(&folder, &["fmt", "--check", "a.yaml", "b.yaml"]);
    assert_eq!(ran.code, Some(1));
    let shown = "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,2 @@\n-flags: {a: {}}\n version: 1\n+flags: { a: {} }\n";
    assert_eq!(ran.stdout, shown);
    let ran = run_in(&folder, &["fmt", "a.yaml", "b.yaml"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(0), "a.yaml: formatted\n"));
    assert_eq!(
        std::fs::read_to_string(&first).unwrap(),
        "version: 1\nflags: { a: {} }\n"
    );
    let ran = run_in(&folder, &["fmt", "--check", "a.yaml", "b.yaml"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(0), ""));
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let ran = run(&["fmt", "-"], b"flags: {}\nversion: 1");
    assert_eq!(
        (ran.code, &*ran.stdout),
        (Some(0), "version: 1\nflags: {}\n")
    );
}

#[test]
fn what_cant_be_formatted_is_told_of_and_the_rest_is_formatted() {
    let wrong = file("fmt-wrong.yaml", b"flags: [");
    let right = file("fmt-right.yaml", b"version:   1\nflags: {}\n");
    let ran = run(&["fmt", &wrong, "gone.yaml", &right], b"");
    assert_eq!(ran.code, Some(1));
    for part in [
        "error[E0001]: `[` is never closed",
        "error: can't read gone.yaml: ",
    ] {
        assert!(ran.stderr.contains(part), "{part} in {}", ran.stderr);
    }
    assert_eq!(std::fs::read(&wrong).unwrap(), b"flags: [");
    assert_eq!(std::fs::read(&right).unwrap(), b"version: 1\nflags: {}\n");
}

/// Puts comments between and behind the lines of a document, and spaces that mean nothing.
fn roughened(document: &str, random: &mut Random) -> (String, usize) {
    let mut text = String::new();
    let mut count = 0;
    let mut is_literal = false;
    for line in document.lines() {
        // What a literal holds is text, not comments.
        is_literal = is_literal && (line.starts_with(' ') || line.is_empty());
        is_literal |= line.ends_with(['|', '>', '-']) && line.contains(": ");
        if is_literal {
            _ = writeln!(text, "{line}");
            continue;
        }
        if random.chance(10) {
            text.push('\n');
        }
        if random.chance(15) {
            let indent = line.len() - line.trim_start().len();
            _ = writeln!(text, "{}# above {count}", " ".repeat(indent));
            count += 1;
        }
        text.push_str(line);
        if random.chance(15) && !line.trim_end().ends_with(['\'', '"']) {
            _ = write!(text, "  # behind {count}");
            count += 1;
        }
        text.push('\n');
    }
    (text, count)
}

#[test]
fn formatting_changes_no_meaning_loses_no_comment_and_is_done_once() {
    let mut formatted = 0;
    for seed in 0..400 {
        let case = Case::new(seed);
        let plain = to_yaml(&case.document).unwrap();
        let (text, comments) = roughened(&plain, &mut Random::new(seed));
        if parse(&Source::new("", &text)).is_err() {
            // A comment inside a text of several lines spoils it.
            continue;
        }
        let once = format(&text).unwrap_or_else(|error| panic!("{seed}: {error}\n{text}"));
        assert_eq!(format(&once).as_deref(), Ok(&*once), "{seed}: again");
        let kept = |word: &str| once.matches(word).count();
        assert_eq!(
            kept("# above ") + kept("# behind "),
            comments,
            "{seed}\n{once}"
        );
        let definition = |text: &str| {
            let loaded = flagstone_model::load("x", text.as_bytes());
            let definition = loaded.definition().cloned();
            definition.unwrap_or_else(|| panic!("{seed}: {:?}\n{text}", loaded.diagnostics()))
        };
        let changes = flagstone_model::difference(&definition(&text), &definition(&once));
        assert_eq!(changes, [], "{seed}");
        formatted += 1;
    }
    assert!(formatted > 300, "{formatted} documents were formatted");
}
