//! What several sources deliver, and what becomes of it when they fail.

use std::sync::Arc;
use std::time::{Duration, Instant};

use flagstone::{Error, Origin, Reason, SourceState, Start};

use crate::world::{Gate, Memory, Scripted, Step};
use crate::{PATIENCE, document, offer, states};

own!(preferred, failing, killing, ending, hanging);

#[test]
fn the_first_source_that_delivered_counts() {
    use SourceState::{Preferred, Standby, Waiting};
    use preferred::flags::{self, Flags};
    let files = Memory::default();
    files.put("flags.yaml", document("file"));
    let (first, second) = (Scripted::new("first", []), Scripted::new("second", []));
    let live = flags::live()
        .source(first.clone())
        .source(second.clone())
        .file("flags.yaml")
        .files(files.clone());
    let _live = live.start().expect("it starts");
    let wrong = || Step::Offer("version: 1\nflags: [".to_owned());
    let rows = [
        (None, None, None, "file", [Waiting, Waiting, Preferred]),
        (
            None,
            Some(offer("two")),
            None,
            "two",
            [Waiting, Preferred, Standby],
        ),
        // What stands by has no effect.
        (
            None,
            None,
            Some("later"),
            "two",
            [Waiting, Preferred, Standby],
        ),
        // What was refused doesn't count.
        (
            Some(wrong()),
            None,
            None,
            "two",
            [Waiting, Preferred, Standby],
        ),
        (
            None,
            Some(offer("two again")),
            None,
            "two again",
            [Waiting, Preferred, Standby],
        ),
        (
            Some(offer("one")),
            None,
            None,
            "one",
            [Preferred, Standby, Standby],
        ),
        (
            None,
            Some(offer("two")),
            None,
            "one",
            [Preferred, Standby, Standby],
        ),
        // A source that fails takes nothing away.
        (
            Some(wrong()),
            Some(offer("three")),
            None,
            "one",
            [Preferred, Standby, Standby],
        ),
        (
            Some(Step::Fail("gone")),
            Some(offer("four")),
            None,
            "one",
            [Preferred, Standby, Standby],
        ),
        (
            Some(Step::Return),
            Some(offer("five")),
            None,
            "one",
            [SourceState::Ended, Standby, Standby],
        ),
    ];
    for (place, (one, two, file, color, expected)) in rows.into_iter().enumerate() {
        if let Some(step) = one {
            first.then(step);
        }
        if let Some(step) = two {
            second.then(step);
        }
        if let Some(color) = file {
            files.put("flags.yaml", document(color));
        }
        flags::control().reload(PATIENCE).expect("all answer");
        assert_eq!(Flags::BUTTON_COLOR.value(), color, "row {place}");
        assert_eq!(states(&flags::status()), expected, "row {place}");
    }
}

#[test]
fn a_source_that_fails_leaves_what_it_delivered_and_the_status_says_since_when() {
    use failing::flags::{self, Flags};
    let source = Scripted::new("table", [offer("good")]);
    let live = flags::live()
        .source(source.clone())
        .policy(Start::Fresh(PATIENCE));
    let _live = live.start().expect("it delivers");
    let ask = |step: Step| {
        source.then(step);
        flags::control().reload(PATIENCE).expect("it answers");
        assert_eq!(Flags::BUTTON_COLOR.value(), "good");
        let status = flags::status();
        let report = status.sources[0].last_error.clone();
        let report = report.map(|failure| failure.report.lines().next().unwrap().to_owned());
        assert_eq!(status.stale_since, status.sources[0].stale_since);
        let error = report.unwrap_or_default();
        (
            status.stale_since.is_some(),
            status.retries,
            status.refusals,
            error,
        )
    };
    let row = |stale, retries, refusals, error: &str| (stale, retries, refusals, error.to_owned());
    assert_eq!(ask(Step::Unchanged), row(false, 0, 0, ""));
    assert_eq!(ask(Step::Fail("no route")), row(true, 1, 1, "no route"));
    let since = flags::status().stale_since;
    assert_eq!(ask(Step::Fail("no route")), row(true, 2, 1, "no route"));
    assert_eq!(ask(Step::Fail("no name")), row(true, 3, 2, "no name"));
    assert_eq!(flags::status().stale_since, since);
    assert_eq!(ask(Step::Unchanged), row(false, 3, 2, ""));
    let wrong = Step::Offer("version: 2".to_owned());
    let refused = "table was refused";
    assert_eq!(ask(wrong.clone()), row(true, 3, 3, refused));
    // The same again is no news, and doesn't make it fresh.
    assert_eq!(ask(wrong), row(true, 3, 3, refused));
    assert_eq!(ask(Step::Unchanged), row(true, 3, 3, refused));
    assert_eq!(ask(offer("good")), row(false, 3, 3, ""));
    assert_eq!(flags::status().origin, Origin::Source("table".into()));
}

#[test]
fn a_kill_of_a_preferred_source_outlasts_what_others_deliver() {
    use killing::flags::{self, Flags};
    let (first, second) = (Scripted::new("first", []), Scripted::new("second", []));
    let live = flags::live().source(first.clone()).source(second.clone());
    let _live = live.start().expect("it starts");
    let on =
        |color: &str| document(color).replace("new_dashboard:", "new_dashboard:\n    serve: on");
    let ask = || {
        flags::control().reload(PATIENCE).expect("both answer");
        (
            Flags::NEW_DASHBOARD.is_enabled(),
            Flags::BUTTON_COLOR.value().to_string(),
        )
    };
    second.then(Step::Offer(on("two")));
    assert_eq!(ask(), (true, "two".to_owned()));
    let kills = "version: 1\ncontext: 5\nflags: { new_dashboard: { killed: true } }";
    first.then(Step::Offer(kills.to_owned()));
    assert_eq!(ask(), (false, "two".to_owned()));
    second.then(Step::Offer(on("three")));
    assert_eq!(ask(), (false, "three".to_owned()));
    assert_eq!(Flags::NEW_DASHBOARD.evaluate().reason, Reason::Killed);
    first.then(Step::Offer(on("one")));
    assert_eq!(ask(), (true, "one".to_owned()));
    // From now on the second stands by, and so do its kills.
    second.then(Step::Offer(kills.to_owned()));
    assert_eq!(ask(), (true, "one".to_owned()));
}

#[test]
fn a_source_that_ends_is_reported_and_leaves_what_it_delivered() {
    use ending::flags::{self, Flags};
    for (end, report) in [(Step::Panic, "panicked"), (Step::Return, "ended by itself")] {
        let source = Scripted::new("table", [offer("good")]);
        let live = flags::live()
            .source(source.clone())
            .policy(Start::Fresh(PATIENCE));
        let _live = live.start().expect("it delivers");
        source.then(end);
        flags::control()
            .reload(PATIENCE)
            .expect("it needs no answer");
        let status = flags::status();
        assert_eq!(states(&status), [SourceState::Ended]);
        let error = status.last_error.expect("it is reported").report;
        assert!(error.contains(report), "{error}");
        assert_eq!(Flags::BUTTON_COLOR.value(), "good");
        assert!(status.stale_since.is_some());
    }
}

#[test]
fn a_source_that_hangs_holds_up_nobody_and_is_too_late_in_the_end() {
    use hanging::flags::{self, Flags};
    let gate = Arc::<Gate>::default();
    let source = Scripted::new("table", [offer("good")]);
    let live = flags::live()
        .source(source.clone())
        .policy(Start::Fresh(PATIENCE));
    let live = live.start().expect("it delivers");
    source.then(Step::Hang(Arc::clone(&gate), document("late")));
    let silent = flags::control().reload(Duration::from_millis(20));
    assert!(
        matches!(&silent, Err(Error::NoAnswer { sources }) if sources[..] == ["table"]),
        "{silent:?}"
    );
    let start = Instant::now();
    drop(live);
    // More than the 100 ms that are promised, for the machine may be busy.
    assert!(start.elapsed() < Duration::from_millis(300));
    let _next = flags::live().start().expect("it starts");
    gate.open();
    while Arc::strong_count(&gate) > 1 {
        std::thread::yield_now();
    }
    assert_eq!(Flags::BUTTON_COLOR.value(), "blue");
    assert_eq!(flags::status().refusals, 0);
}
