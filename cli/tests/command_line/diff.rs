//! `flagstone diff`.

use std::path::Path;
use std::process::Command;

use crate::command::{file, folder, run, run_in};
use flagstone::{Attributes, Snapshot, Timestamp};
use flagstone_model::{Subject, difference, load};
use flagstone_tests::Case;
use serde_json::{Value, json};

const OLD: &str = "version: 1
environments: { staging: {}, production: {} }
flags:
  a: { rollout: 25% }
  b: { variants: { x: 1, y: 2 }, baseline: x }
";

fn new() -> String {
    OLD.replace("25%", "25%, environments: { production: { rollout: 40% } }")
        .replace("y: 2", "z: 2")
}

#[test]
fn changes_are_told_in_every_format() {
    let (old, new) = (
        file("diff-old.yaml", OLD.as_bytes()),
        file("diff-new.yaml", new().as_bytes()),
    );
    let human = "`a`: rollout 25 % → 40 % in production
`b`: variant `y` removed; breaking: code that names it no longer compiles
`b`: new variant `z` = 2; breaking: programs built from the old document don't know it, and keep the flag's last good form
3 changes, 2 of them breaking
";
    let ran = run(&["diff", &old, &new], b"");
    assert_eq!((ran.code, &*ran.stdout), (Some(0), human), "{}", ran.stderr);
    let ran = run(&["diff", &old, &new, "--format", "json"], b"");
    let list: Value = serde_json::from_str(&ran.stdout).unwrap();
    let expected = json!({
        "subject": "flag", "name": "a", "change": "rollout 25 % → 40 %", "environments": ["production"],
        "breaking": null, "dealt_again": false,
    });
    assert_eq!(list[0], expected);
    assert_eq!(list[1]["breaking"], "code that names it no longer compiles");
    let ran = run(&["diff", &old, &new, "--format", "github"], b"");
    let expected = format!(
        "::notice file={new},line=4,title=flag a::`a`: rollout 25 %25 → 40 %25 in production\n::warning file={new},line=5,title=flag b::"
    );
    assert!(ran.stdout.starts_with(&expected), "{}", ran.stdout);
}

#[test]
fn nothing_is_said_of_what_doesnt_change() {
    let old = file("same-old.yaml", OLD.as_bytes());
    let new = file(
        "same-new.yaml",
        OLD.replace("rollout", "owner: x, rollout").as_bytes(),
    );
    for (format, said) in [
        ("human", "nothing changes\n"),
        ("json", "[]\n"),
        ("github", ""),
    ] {
        let ran = run(&["diff", &old, &new, "--format", format], b"");
        assert_eq!((ran.code, &*ran.stdout), (Some(0), said));
    }
}

#[test]
fn one_environment_can_be_asked_about() {
    let (old, new) = (
        file("one-old.yaml", OLD.as_bytes()),
        file("one-new.yaml", new().as_bytes()),
    );
    let said = |environment| run(&["diff", &old, &new, "--environment", environment], b"");
    assert!(said("production").stdout.starts_with("`a`: "));
    assert!(said("staging").stdout.starts_with("`b`: "));
    let ran = said("prod");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("no environment `prod`"),
        "{}",
        ran.stderr
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let ran = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn documents_come_from_git_too() {
    let folder = folder("diff git");
    let inner = folder.join("config");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(inner.join("flags.yaml"), OLD).unwrap();
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "x"]);
    std::fs::write(inner.join("flags.yaml"), new()).unwrap();
    for (at, arguments) in [
        (&inner, &["diff", "HEAD:"][..]),
        (&inner, &["diff", "HEAD:./flags.yaml", "flags.yaml"]),
        (&folder, &["diff", "HEAD:", "config/flags.yaml"]),
        (
            &folder,
            &["diff", "HEAD:config/flags.yaml", "config/flags.yaml"],
        ),
    ] {
        let ran = run_in(at, arguments);
        let (first, last) = (ran.stdout.lines().next(), ran.stdout.lines().last());
        let expected = (
            Some("`a`: rollout 25 % → 40 % in production"),
            Some("3 changes, 2 of them breaking"),
        );
        assert_eq!((first, last), expected, "{arguments:?}: {}", ran.stderr);
    }
    for (arguments, message) in [
        (
            &["diff", "nope:"][..],
            "can't read nope:flags.yaml: git says: ",
        ),
        (
            &["diff", "HEAD:gone.yaml"],
            "can't read HEAD:gone.yaml: git says: ",
        ),
        (
            &["diff", "--format=json", "--", "--output=x:", "flags.yaml"],
            "can't read --output=x:flags.yaml: ",
        ),
    ] {
        let ran = run_in(&inner, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{message} in {}", ran.stderr);
    }
}

#[test]
fn without_a_repository_or_git_it_says_so() {
    let folder = folder("no repository");
    std::fs::write(folder.join("flags.yaml"), OLD).unwrap();
    let mut outside = crate::command::command();
    // The folder may lie in a repository: the search for one ends above it.
    outside
        .args(["diff", "HEAD:"])
        .current_dir(&folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
    let ran = crate::command::finish(outside, b"");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("not a git repository"),
        "{}",
        ran.stderr
    );
    let mut without = crate::command::command();
    without
        .args(["diff", "HEAD:"])
        .current_dir(&folder)
        .env("PATH", "");
    let ran = crate::command::finish(without, b"");
    assert!(
        ran.stderr.contains("the command `git` isn't installed"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_wrong_document_is_reported() {
    let old = file("wrong-old.yaml", OLD.as_bytes());
    let new = file("wrong-new.yaml", OLD.replace("25%", "25").as_bytes());
    for (arguments, part) in [
        (["diff", &old, &new], "E0401"),
        (["diff", &new, &old], "E0401"),
        (["diff", "-", "-"], "can't both come from standard input"),
    ] {
        let ran = run(&arguments, b"");
        assert_ne!(ran.code, Some(0));
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
}

/// A document in which a flag says what another one says, but for its key.
fn altered(document: &Value, seed: usize) -> Option<(Value, String)> {
    let mut altered = document.clone();
    let flags = altered.get_mut("flags")?.as_object_mut()?;
    let keys: Vec<String> = flags.keys().cloned().collect();
    let key = keys.get(seed % keys.len().max(1))?;
    let other = keys.get((seed / 7 + 1) % keys.len())?;
    let mut body = flags.get(other)?.clone();
    body.as_object_mut()?.remove("rust_name");
    flags.insert(key.clone(), body);
    Some((altered, key.clone()))
}

#[test]
fn whoever_gets_another_answer_was_told_of_a_change() {
    let mut differing = 0;
    for seed in 0..1500_u32 {
        let case = Case::new(u64::from(seed));
        let Some((document, key)) = altered(&case.document, seed as usize) else {
            continue;
        };
        let (old, new) = (case.document.to_string(), document.to_string());
        let (old, new) = (load("old", old.as_bytes()), load("new", new.as_bytes()));
        let (Some(old), Some(new)) = (old.definition(), new.definition()) else {
            // The other flag's keys close a circle here, or name this one's variants.
            continue;
        };
        let at: Timestamp = case.at.parse().unwrap();
        let environment = case.environment.as_deref();
        let snapshot = |definition| Snapshot::new(definition, environment, at).unwrap();
        let (before, after) = (snapshot(old), snapshot(new));
        let gets_another = case.requests.iter().any(|(_, context)| {
            let attributes = Attributes::from_json(context);
            let answer = |snapshot: &Snapshot| {
                let evaluation = snapshot.evaluate(&key, &attributes, at);
                let value = evaluation.value.map(flagstone_model::Value::to_json);
                (evaluation.variant.map(str::to_owned), value)
            };
            answer(&before) != answer(&after)
        });
        let changes = difference(old, new);
        let is_told = changes
            .iter()
            .any(|change| matches!(&change.subject, Subject::Flag(name) if name.as_str() == key));
        assert!(is_told || !gets_another, "seed {seed}, {key}: {changes:?}");
        differing += u32::from(gets_another);
    }
    assert!(differing > 50, "{differing} flags gave another answer");
}
