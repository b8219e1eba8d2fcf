//! A disk cache that is torn, full, read-only, or old.

use std::io::ErrorKind;
use std::time::Duration;

use flagstone::{Live, Origin, Schema, Start};

use crate::PATIENCE;
use crate::world::{Memory, Scripted, Simulated, Step};

mod own {
    own!(torn, full, read_only, old, outgrown);
}

/// A document in which a color says where it comes from.
fn document(color: &str) -> String {
    crate::flags::DOCUMENT.replace("control: blue", &format!("control: {color}"))
}

/// Starts with a disk cache and a source that does this.
fn start<S: Schema>(
    files: &Memory,
    steps: impl IntoIterator<Item = Step>,
    policy: Start,
) -> (Live, Scripted) {
    let source = Scripted::new("table", steps);
    let live = flagstone::LiveBuilder::<S>::new().source(source.clone());
    let live = live
        .files(files.clone())
        .cache("cache")
        .policy(policy)
        .start();
    (live.expect("it starts"), source)
}

#[test]
fn torn_cache() {
    use own::torn::flags::{self, Flags, Schema};
    let files = Memory::default();
    let small = "version: 1\nflags:\n  button_color: { variants: { control: cached, treatment: t }, baseline: control }\n";
    drop(start::<Schema>(
        &files,
        [Step::Offer(small.to_owned())],
        Start::Fresh(PATIENCE),
    ));
    let (path, whole) = files
        .folder("cache")
        .into_iter()
        .next()
        .expect("it was written");
    let path = path.to_str().expect("a path").to_owned();
    let check = |bytes: Vec<u8>, what: &str| {
        let is_whole = bytes == whole;
        files.put(&path, bytes);
        let (_live, _) = start::<Schema>(&files, [], Start::Embedded);
        let status = flags::status();
        let expected = if is_whole { "cached" } else { "blue" };
        assert_eq!(Flags::BUTTON_COLOR.value(), expected, "{what}");
        assert_eq!(status.origin == Origin::Embedded, !is_whole, "{what}");
        assert_eq!(status.cache_error.is_some(), !is_whole, "{what}: {status}");
    };
    check(whole.clone(), "whole");
    for length in 0..whole.len() {
        check(whole[..length].to_vec(), &format!("cut at {length}"));
    }
    for place in 0..1000 {
        // 7919 is prime, so the places are spread over all bits.
        let bit = place * 7919 % (whole.len() * 8);
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        check(bytes, &format!("bit {bit} flipped"));
    }
    for (foreign, why) in [
        (
            b"#!/bin/sh\n".to_vec(),
            "written by another version or program",
        ),
        (
            whole
                .iter()
                .map(|byte| if *byte == b'1' { b'2' } else { *byte })
                .collect(),
            "written by another version",
        ),
        ([&whole[..], b"more"].concat(), "torn or damaged"),
    ] {
        check(foreign, why);
        let error = flags::status().cache_error.expect("an error").report;
        assert!(error.contains(why) && error.contains(&path), "{error}");
    }
    check(whole.clone(), "whole again");
}

/// The program goes on while nothing can be written, says so, and writes again when it can.
fn goes_on_without_a_disk<S: Schema>(why: ErrorKind, color: impl Fn() -> String) {
    let files = Memory::default();
    let status = || S::set().status();
    let reload = || S::set().control().reload(PATIENCE).expect("it answers");
    let (live, source) = start::<S>(
        &files,
        [Step::Offer(document("first"))],
        Start::Fresh(PATIENCE),
    );
    reload();
    assert_eq!(files.written(), 1);
    files.fail_writing(Some(why));
    for round in 0..3 {
        let name = format!("round{round}");
        source.then(Step::Offer(document(&name)));
        reload();
        assert_eq!(color(), name);
        let error = status().cache_error.expect("it is in the status").report;
        assert!(error.contains("can't be written"), "{error}");
        assert!(
            status().last_error.is_none(),
            "the flags themselves are well"
        );
    }
    // What was written before is as it was.
    drop(live);
    let (live, source) = start::<S>(&files, [], Start::CachedOr(Duration::ZERO));
    assert_eq!(color(), "first");
    files.fail_writing(None);
    source.then(Step::Offer(document("last")));
    reload();
    assert!(status().cache_error.is_none() && files.written() == 2);
    drop(live);
    let _live = start::<S>(&files, [], Start::CachedOr(Duration::ZERO));
    assert_eq!(color(), "last");
}

#[test]
fn disk_full() {
    use own::full::flags::{Flags, Schema};
    goes_on_without_a_disk::<Schema>(ErrorKind::StorageFull, || {
        Flags::BUTTON_COLOR.value().to_string()
    });
}

#[test]
fn read_only() {
    use own::read_only::flags::{self, Flags, Schema};
    goes_on_without_a_disk::<Schema>(ErrorKind::ReadOnlyFilesystem, || {
        Flags::BUTTON_COLOR.value().to_string()
    });
    // On the real file system, a folder that nobody can write into, whoever runs the test.
    let directory = crate::directory::Directory::new();
    let no_folder = directory.0.join("a file");
    std::fs::write(&no_folder, "").expect("written");
    let source = Scripted::new("table", [Step::Offer(document("real"))]);
    let live = flags::live().source(source).cache(no_folder.join("cache"));
    let _live = live
        .policy(Start::Fresh(PATIENCE))
        .start()
        .expect("it starts");
    flags::control().reload(PATIENCE).expect("it answers");
    assert_eq!(Flags::BUTTON_COLOR.value(), "real");
    assert!(flags::status().cache_error.is_some());
}

#[test]
fn cache_expiry() {
    use own::old::flags::{self, Flags, Schema};
    let files = Memory::default();
    drop(start::<Schema>(
        &files,
        [Step::Offer(document("old"))],
        Start::Fresh(PATIENCE),
    ));
    let loaded_at = flags::status().loaded_at;
    let clock = Simulated::default();
    clock.jump(20 * 365 * 86_400_000);
    let source = Scripted::new("table", [Step::Fail("no route")]);
    let live = flags::live()
        .source(source.clone())
        .files(files.clone())
        .cache("cache");
    let live = live
        .clock(clock.clone())
        .policy(Start::CachedOr(Duration::ZERO));
    let _live = live.start().expect("twenty years are nothing");
    for _ in 0..1000 {
        clock.advance(Duration::from_hours(24), 1);
        source.then(Step::Fail("no route"));
        flags::control().reload(PATIENCE).expect("it answers");
        assert_eq!(Flags::BUTTON_COLOR.value(), "old");
    }
    let status = flags::status();
    assert_eq!(
        (status.stale_since, status.loaded_at),
        (Some(loaded_at), loaded_at)
    );
    assert!(status.is_ready() && status.retries >= 1000, "{status}");
}

#[test]
fn a_cache_that_outgrows_its_bound_says_what_it_has_lost() {
    use own::outgrown::flags::{self, Flags, Schema};
    // Documents of 11 MiB, each of which breaks one flag more; three of them are more than are held.
    let padding = format!("# {}\n", "x".repeat(11 << 20));
    let broken = |keys: &[&str]| {
        let mut text = document("first").replace("rollout: 50%", "serve: on");
        for key in keys {
            text = text.replace(&format!("  {key}:\n"), &format!("  {key}:\n    wrong: 1\n"));
        }
        Step::Offer(text + &padding)
    };
    let files = Memory::default();
    let (live, source) = start::<Schema>(&files, [broken(&[])], Start::Fresh(PATIENCE));
    let all = ["half", "button_color", "launch", "new_checkout"];
    for count in 1..=3 {
        assert!(flags::status().cache_error.is_none());
        source.then(broken(&all[..count]));
        flags::control().reload(PATIENCE).expect("it answers");
    }
    assert!(Flags::HALF.is_enabled(), "the form stays in force");
    let error = flags::status().cache_error.expect("it is said").report;
    assert!(error.contains("is incomplete: `half` keep"), "{error}");
    drop(live);
    let _live = start::<Schema>(&files, [], Start::CachedOr(Duration::ZERO));
    assert_eq!(Flags::BUTTON_COLOR.value(), "first", "this one is held");
    let kept = flags::status()
        .problems
        .iter()
        .filter(|problem| problem.since.is_some())
        .count();
    assert_eq!(kept, 2, "the others are as they were");
}
