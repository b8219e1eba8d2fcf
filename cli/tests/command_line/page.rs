//! The examples of pages, run one after the other.

use std::path::Path;
use std::process::Command;

use crate::command::{folder, run_in};

const PAGE: &str = include_str!("../../../docs/command-line.md");

/// The words of a command as a shell would take them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn the_examples_print_what_the_page_shows() {
    let folder = folder("page");
    std::fs::write(
        folder.join("flags.yaml"),
        include_str!("../../../flags.yaml"),
    )
    .unwrap();
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "flags.yaml"],
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.com",
            "commit",
            "--quiet",
            "--message",
            "x",
        ],
    ] {
        let status = Command::new("git")
            .current_dir(&folder)
            .args(arguments)
            .status();
        assert!(status.unwrap().success(), "{arguments:?}");
    }
    let commands = run_examples(PAGE, &folder);
    assert!(commands > 10, "{commands} examples were run");
}

/// Pages whose first document is the `flags.yaml` of their examples.
#[test]
fn the_examples_of_pages_with_documents_print_what_they_show() {
    for (name, page, expected) in [
        ("on-call", include_str!("../../../docs/on-call.md"), 2),
        ("reviewing", include_str!("../../../docs/reviewing.md"), 2),
    ] {
        let folder = folder(name);
        let document = page.split("```yaml\n").nth(1).unwrap();
        let document = document.split("```").next().unwrap();
        std::fs::write(folder.join("flags.yaml"), document).unwrap();
        assert_eq!(run_examples(page, &folder), expected, "{name}");
    }
}

/// Runs the examples of a page in a folder, and says how many there are.
fn run_examples(page: &str, folder: &Path) -> usize {
    let mut commands = 0;
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for example in block.split("$ flagstone ").skip(1) {
            let (command, expected) = example.split_once('\n').unwrap();
            let words = words(command);
            let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
            let ran = run_in(folder, &arguments);
            assert_eq!(ran.stdout, expected, "{command}: {}", ran.stderr);
            commands += 1;
        }
    }
    commands
}
