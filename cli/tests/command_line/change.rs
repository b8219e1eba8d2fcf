//! `flagstone set`, `kill` and `revive`.

use crate::command::{folder, run_in};

const DOCUMENT: &str = "# Our flags.
version: 1
environments: { production: {} } # where customers are
flags:
  a: # the first
    rollout: 25%   # slowly
    rules:
      - if: { segment: everyone }
        rollout: 5%
  b: { serve: on }
";

#[test]
fn only_what_is_asked_for_changes() {
    let folder = folder("set");
    let path = folder.join("flags.yaml");
    for (arguments, from, to, said) in [
        (
            &["set", "a", "rollout=40%"][..],
            "25%   # s",
            "40%   # s",
            "`a`: rollout 25 % → 40 %",
        ),
        (
            &["set", "a", "rollout=40%", "--environment", "production"],
            "        rollout: 5%\n",
            "        rollout: 5%\n    environments:\n      production: { rollout: 40% }\n",
            "`a`: rollout 25 % → 40 % in production",
        ),
        (
            &["set", "b", "rollout=5%", "owner=me", "--unset", "serve"],
            "{ serve: on }",
            "{ owner: me, rollout: 5% }",
            "`b`: serves on → rollout 5 %",
        ),
        (
            &["kill", "a"],
            "    rollout: 25% ",
            "    killed: true\n    rollout: 25% ",
            "`a`: killed",
        ),
        (
            &["kill", "b", "--environment", "production"],
            "{ serve: on }",
            "{ serve: on, environments: { production: { killed: true } } }",
            "`b`: killed in production",
        ),
        (
            &["kill", "--all-of", "production"],
            "production: {}",
            "production: { killed: true }",
            "environment `production`: killed",
        ),
    ] {
        std::fs::write(&path, DOCUMENT).unwrap();
        let dry = run_in(&folder, &[arguments, &["--dry-run"]].concat());
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            DOCUMENT,
            "{arguments:?}"
        );
        let ran = run_in(&folder, arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        let expected = DOCUMENT.replacen(from, to, 1);
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            expected,
            "{arguments:?}"
        );
        assert!(
            ran.stdout
                .starts_with("--- flags.yaml\n+++ flags.yaml\n@@ "),
            "{}",
            ran.stdout
        );
        assert!(
            ran.stdout.contains(&format!("\n{said}")),
            "{said} in {}",
            ran.stdout
        );
        assert_eq!(
            dry.stdout,
            format!("{}flags.yaml: not written (--dry-run)\n", ran.stdout)
        );
        let again = run_in(&folder, arguments);
        assert_eq!(
            again.stdout, "flags.yaml: nothing to change\n",
            "{arguments:?}"
        );
    }
}

#[test]
fn a_kill_is_taken_back_and_others_are_named() {
    let folder = folder("revive");
    let path = folder.join("flags.yaml");
    let killed = DOCUMENT
        .replace("production: {}", "production: { killed: true }")
        .replace(
            "{ serve: on }",
            "{ killed: true, environments: { production: { killed: true } } }",
        );
    std::fs::write(&path, &killed).unwrap();
    for (arguments, warnings) in [
        (
            &["revive", "b"][..],
            &[
                "`flagstone revive b --environment production`",
                "`flagstone revive --all-of production`",
            ][..],
        ),
        (
            &["revive", "b", "--environment", "production"],
            &["`flagstone revive --all-of production`"],
        ),
        (&["revive", "--all-of", "production"], &[]),
        (&["revive", "a"], &[]),
    ] {
        let ran = run_in(&folder, arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), warnings.len(), "{}", ran.stderr);
        for warning in warnings {
            assert!(ran.stderr.contains(warning), "{warning} in {}", ran.stderr);
        }
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        killed.replace("killed: true", "killed: false")
    );
}

#[test]
fn what_would_be_wrong_is_refused() {
    let folder = folder("refused");
    let path = folder.join("flags.yaml");
    std::fs::write(&path, DOCUMENT).unwrap();
    for (arguments, code, message) in [
        (&["set", "a", "rollout=40"][..], 1, "help: write `40%`"),
        (
            &["set", "a", "rollout=40"],
            1,
            "that would make flags.yaml wrong, so it stays as it was",
        ),
        (&["set", "a", "rolout=40%"], 1, "did you mean `rollout`?"),
        (&["set", "a", "serve=on"], 1, "remove `serve` or `rollout`"),
        (
            &["set", "c", "serve=on"],
            1,
            "the document has no flag \"c\"",
        ),
        (
            &["set", "a", "rollout=[", "--dry-run"],
            2,
            "`[` is no value for `rollout`",
        ),
        (
            &["set", "a", "rollout"],
            2,
            "a key and its value are written `rollout=40%`",
        ),
        (
            &["set", "a", "owner=x", "--environment", "prod"],
            2,
            "no environment `prod`",
        ),
        (
            &["set", "a", "owner=x", "--environment", "production"],
            1,
            "E0101",
        ),
        (&["set", "a"], 2, "KEY=VALUE"),
        (
            &["set", "a", "x=1", "--flags", "-"],
            2,
            "standard input can't be changed in place",
        ),
        (&["kill"], 2, "required"),
        (
            &["kill", "a", "--all-of", "production"],
            2,
            "cannot be used with",
        ),
        (&["kill", "--all-of", "prod"], 2, "no environment `prod`"),
        (
            &["kill", "a", "--flags", "gone.yaml"],
            1,
            "name the document with `--flags FILE`",
        ),
    ] {
        let ran = run_in(&folder, arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{message} in {}", ran.stderr);
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            DOCUMENT,
            "{arguments:?}"
        );
    }
}

#[test]
fn what_is_wrong_already_is_to_be_mended_first() {
    let folder = folder("wrong already");
    let path = folder.join("flags.yaml");
    let wrong = DOCUMENT.replace("5%", "5");
    std::fs::write(&path, &wrong).unwrap();
    for arguments in [&["set", "b", "owner=x"][..], &["revive", "b"]] {
        let ran = run_in(&folder, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        for part in [
            "E0401",
            "error: flags.yaml is wrong already, so it stays as it was",
        ] {
            assert!(ran.stderr.contains(part), "{part} in {}", ran.stderr);
        }
    }
    let ran = run_in(&folder, &["kill", "typo"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("there is no flag `typo`"),
        "{}",
        ran.stderr
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong);
    // Programs take kills from wrong documents, so one is written.
    let ran = run_in(&folder, &["kill", "a"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("was wrong before"), "{}", ran.stderr);
    let killed = std::fs::read_to_string(&path).unwrap();
    assert!(killed.contains("killed: true"), "{killed}");
    std::fs::write(&path, b"flags: \xff").unwrap();
    let ran = run_in(&folder, &["kill", "a"]);
    assert!(ran.stderr.contains("E0006"), "{}", ran.stderr);
    std::fs::write(&path, "flags: [").unwrap();
    let ran = run_in(&folder, &["kill", "a"]);
    assert!(
        ran.stderr
            .contains("the document isn't well formed: `[` is never closed"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("links");
    let real = folder.join("real.yaml");
    std::fs::write(&real, DOCUMENT).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", folder.join("flags.yaml")).unwrap();
    assert_eq!(run_in(&folder, &["kill", "a"]).code, Some(0));
    assert!(folder.join("flags.yaml").is_symlink());
    assert!(
        std::fs::read_to_string(&real)
            .unwrap()
            .contains("killed: true")
    );
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o440)).unwrap();
    let ran = run_in(&folder, &["revive", "a"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr
            .contains("can't write flags.yaml: the file is read-only; it stays as it was"),
        "{}",
        ran.stderr
    );
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 2, "nothing is left over");
}
