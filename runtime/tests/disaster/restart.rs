//! Restarts at any point of a sequence of documents.

use flagstone::{Attributes, Digest, LiveBuilder, Schema, Start, Timestamp};

use crate::PATIENCE;
use crate::world::{Memory, Scripted, Step};

mod own {
    own!(steady, restarted, staged, all, mine, neighbour);
}

const NOW: Timestamp = Timestamp::from_milliseconds(1_800_000_000_000);

/// Documents that move flags, break some and then others, kill in passing, and are refused whole in between.
fn sequence() -> Vec<String> {
    let base = crate::flags::DOCUMENT;
    let first = base
        .replace("new_dashboard:", "new_dashboard:\n    serve: on")
        .replace("control: blue", "control: one")
        .replace(
            "  half:",
            "  extra: { rules: [{ if: { tier: gold }, serve: on }] }\n  half:",
        )
        .replace(
            "    user_id: string",
            "    user_id: string\n    tier: string",
        );
    let second = first
        .replace("control: one", "control: two")
        .replace("rollout: 50%", "rollout: 80%")
        .replace("serve: on\n    environments", "sreve: on\n    environments");
    let third = second
        .replace("control: two", "control: 3")
        .replace("rollout: 80%", "rolout: 80%")
        .replace("tier: gold", "teir: gold");
    let kills = "version: 1\ncontext: 5\nenvironments: { staging: { killed: true } }\nflags: { half: { killed: true }, extra: { killed: true } }";
    let asks = third.replace(
        "starts_at: 2100-01-01T00:00:00Z",
        "prerequisites: { half: on }",
    );
    vec![
        first.clone(),
        second.clone(),
        third.clone(),
        "version: 1\nflags: [".to_owned(),
        kills.to_owned(),
        third.replace("{ rows: 10 }", "{ lines: 10 }"),
        asks.clone(),
        second,
        // A flag that is gone, then wrong, is the program's own.
        asks.replace("  half:\n    rolout: 80%\n", ""),
        asks,
        first,
    ]
}

/// Everything that a set answers, with the digest.
fn answers<S: Schema>() -> (Digest, Vec<String>) {
    let snapshot = S::set().snapshot();
    let mut answers = Vec::new();
    let keys: Vec<String> = snapshot.keys().map(str::to_owned).collect();
    for unit in 0..20 {
        let context = Attributes::new()
            .set("user_id", format!("u-{unit}"))
            .set("plan", if unit % 2 == 0 { "premium" } else { "free" })
            .set("tier", "gold");
        for key in &keys {
            let given = snapshot.evaluate(key, &context, NOW);
            answers.push(format!(
                "{key} {:?} {:?} {}",
                given.variant, given.value, given.reason
            ));
        }
    }
    answers.sort();
    (snapshot.digest(), answers)
}

/// Starts with a source that delivers these.
fn run<S: Schema>(files: &Memory, documents: &[String]) -> flagstone::Live {
    run_in::<S>(None, files, documents)
}

fn run_in<S: Schema>(
    environment: Option<&str>,
    files: &Memory,
    documents: &[String],
) -> flagstone::Live {
    let steps = documents.iter().cloned().map(Step::Offer);
    let live = LiveBuilder::<S>::new().source(Scripted::new("table", steps));
    let live = environment.into_iter().fold(live, LiveBuilder::environment);
    let live = live
        .files(files.clone())
        .cache("cache")
        .policy(Start::Embedded)
        .start();
    let live = live.expect("it starts");
    S::set().control().reload(PATIENCE).expect("it answers");
    live
}

#[test]
fn restart_is_silent() {
    use own::{restarted, steady};
    let documents = sequence();
    let mut kept = 0;
    for point in 1..=documents.len() {
        // One that was never stopped, and one that is started again after so many documents.
        drop(run::<steady::flags::Schema>(
            &Memory::default(),
            &documents[..point],
        ));
        let expected = answers::<steady::flags::Schema>();
        let problems = steady::flags::status().problems;
        kept += problems
            .iter()
            .filter(|problem| problem.since.is_some())
            .count();

        let files = Memory::default();
        drop(run::<restarted::flags::Schema>(&files, &documents[..point]));
        let live = run::<restarted::flags::Schema>(&files, &[]);
        assert_eq!(
            answers::<restarted::flags::Schema>(),
            expected,
            "after {point}"
        );
        let again = restarted::flags::status().problems;
        assert_eq!(again, problems, "after {point}: the reports are as before");
        drop(live);
        // The source delivers the same again, and the sequence goes on.
        drop(run::<restarted::flags::Schema>(
            &files,
            &documents[point - 1..point],
        ));
        assert_eq!(
            answers::<restarted::flags::Schema>(),
            expected,
            "again after {point}"
        );
        for next in point..documents.len() {
            drop(run::<steady::flags::Schema>(
                &Memory::default(),
                &documents[..=next],
            ));
            drop(run::<restarted::flags::Schema>(
                &files,
                &documents[next..=next],
            ));
            assert_eq!(
                answers::<restarted::flags::Schema>(),
                answers::<steady::flags::Schema>(),
                "started again before each document from {point} on, at {next}"
            );
        }
    }
    assert!(
        kept > 10,
        "forms of older documents are in force at most points: {kept}"
    );
}

#[test]
fn a_restart_in_an_environment_is_silent_too() {
    use own::staged;
    let documents = sequence();
    for point in 1..=documents.len() {
        let files = Memory::default();
        let staging = Some("staging");
        drop(run_in::<staged::flags::Schema>(
            staging,
            &files,
            &documents[..point],
        ));
        let expected = answers::<staged::flags::Schema>();
        drop(run_in::<staged::flags::Schema>(
            staging,
            &Memory::default(),
            &[],
        ));
        assert_ne!(
            answers::<staged::flags::Schema>(),
            expected,
            "without the cache, after {point}"
        );
        drop(run_in::<staged::flags::Schema>(staging, &files, &[]));
        assert_eq!(
            answers::<staged::flags::Schema>(),
            expected,
            "after {point}"
        );
    }
}

#[test]
fn environments_and_sets_have_files_of_their_own() {
    use own::all::flags::{self, Schema};
    let files = Memory::default();
    let start = |environment: Option<&str>, text: &str| {
        let live = LiveBuilder::<Schema>::new()
            .files(files.clone())
            .cache("cache");
        let live = live.source(Scripted::new("table", [Step::Offer(text.to_owned())]));
        let live = environment.into_iter().fold(live, LiveBuilder::environment);
        drop(
            live.policy(Start::Fresh(PATIENCE))
                .start()
                .expect("it starts"),
        );
        flags::status().digest
    };
    let other = flags::DOCUMENT.replace("50%", "60%");
    let (base, staging) = (start(None, flags::DOCUMENT), start(Some("staging"), &other));
    assert_eq!(files.folder("cache").len(), 2);
    for (environment, expected) in [(None, base), (Some("staging"), staging)] {
        let live = LiveBuilder::<Schema>::new()
            .files(files.clone())
            .cache("cache");
        let live = environment.into_iter().fold(live, LiveBuilder::environment);
        let _live = live.start().expect("it starts");
        assert_eq!(flags::status().digest, expected, "{environment:?}");
    }
}

#[test]
fn sets_of_documents_of_the_same_name_share_a_folder() {
    use own::{mine, neighbour};
    let files = Memory::default();
    let text = |color: &str| {
        let text = crate::flags::DOCUMENT.replace("control: blue", &format!("control: {color}"));
        [text]
    };
    drop(run::<mine::flags::Schema>(&files, &text("mine")));
    drop(run::<neighbour::flags::Schema>(&files, &text("yours")));
    assert_eq!(files.folder("cache").len(), 2);
    let _mine = run::<mine::flags::Schema>(&files, &[]);
    let _yours = run::<neighbour::flags::Schema>(&files, &[]);
    assert_eq!(mine::flags::Flags::BUTTON_COLOR.value(), "mine");
    assert_eq!(neighbour::flags::Flags::BUTTON_COLOR.value(), "yours");
}
