//! Following a file, and whatever can be wrong with it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use flagstone::{Changed, Error, Files, Live, Origin, Watch};

include!("flags/mod.rs");

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod directory;

use directory::{Directory, HOUR, document, in_place, wait_for};

/// Flags of its own for each test, since only one handle of a set lives at a time.
macro_rules! own {
    ($($name:ident),*) => {
        $(mod $name {
            include!("flags/mod.rs");
        })*
    };
}
own!(broken, gone, polled, stuck, twice, chosen, lost);

#[test]
fn a_broken_file_holds_what_there_is_and_is_reported() {
    use broken::flags::{self, Flags, Schema};
    let directory = Directory::new();
    in_place(&directory.0, &document(true));
    let file = directory.0.join("flags.yaml");
    let _live = flags::live().file(&file).start().expect("it starts");
    let good = flags::status();
    assert!(Flags::NEW_DASHBOARD.is_enabled());
    let unknown_key = document(false).replace("serve: off", "sreve: off");
    for (text, place) in [
        ("version: 1\nflags: {", "flags.yaml:2"),
        ("", "flags.yaml"),
        ("version: 2\nflags: {}\n", "flags.yaml:1:10"),
    ] {
        let before = flags::status().refusals;
        in_place(&directory.0, text);
        wait_for::<Schema>("the refusal", |status| status.refusals > before);
        let status = flags::status();
        assert!(Flags::NEW_DASHBOARD.is_enabled(), "{text}");
        assert_eq!(
            (status.digest, status.reloads),
            (good.digest, good.reloads),
            "{text}"
        );
        let report = status.last_error.expect("a report").report;
        assert!(report.contains(place), "{report}");
    }
    // One flag is wrong, and only that one stays as it was.
    let partly = unknown_key.replace("rollout: 50%", "serve: on");
    in_place(&directory.0, &partly);
    wait_for::<Schema>("the good part", |_| Flags::HALF.is_enabled());
    assert!(Flags::NEW_DASHBOARD.is_enabled());
    let status = flags::status();
    assert_eq!(status.problems.len(), 1, "{status:#?}");
    assert_eq!(&*status.problems[0].key, "new_dashboard");
    let report = status.last_error.expect("a report").report;
    assert!(
        report.contains("sreve") && report.contains("new_dashboard"),
        "{report}"
    );

    in_place(&directory.0, &document(false));
    wait_for::<Schema>("the mended file", |_| !Flags::NEW_DASHBOARD.is_enabled());
    let status = flags::status();
    assert!(status.last_error.is_none() && status.problems.is_empty());
}

#[test]
fn a_file_that_vanishes_changes_nothing() {
    use gone::flags::{self, Flags, Schema};
    let directory = Directory::new();
    let inner = directory.0.join("config");
    fs::create_dir(&inner).expect("made");
    in_place(&inner, &document(true));
    let file = inner.join("flags.yaml");
    let live = flags::live()
        .file(&file)
        .poll_every(Duration::from_millis(20))
        .start();
    let _live = live.expect("it starts");
    for _ in 0..3 {
        let before = flags::status();
        fs::remove_dir_all(&inner).expect("removed");
        wait_for::<Schema>("the loss", |status| status.refusals > before.refusals);
        assert!(Flags::NEW_DASHBOARD.is_enabled());
        fs::create_dir(&inner).expect("made");
        in_place(&inner, &document(true));
        wait_for::<Schema>("the restoration", |status| status.last_error.is_none());
        assert!(Flags::NEW_DASHBOARD.is_enabled());
    }
}

#[test]
fn a_file_that_is_missing_at_the_start_leaves_the_document_in_the_program() {
    use lost::flags::{self, Flags, Schema};
    let directory = Directory::new();
    let file = directory.0.join("flags.yaml");
    let _live = flags::live()
        .file(&file)
        .poll_every(HOUR)
        .start()
        .expect("it starts");
    let status = flags::status();
    assert_eq!((status.origin, status.refusals), (Origin::Embedded, 1));
    let report = status.last_error.expect("a report").report;
    assert!(report.contains("can't be read"), "{report}");
    assert!(!Flags::NEW_DASHBOARD.is_enabled());
    in_place(&directory.0, &document(true));
    wait_for::<Schema>("the file", |_| Flags::NEW_DASHBOARD.is_enabled());
}

/// Files that a test writes, and that say nothing by themselves.
#[derive(Debug, Clone, Default)]
struct Memory {
    /// What the next readings give; the last stays.
    readings: Arc<Mutex<VecDeque<io::Result<String>>>>,
    changed: Arc<Mutex<Option<Changed>>>,
}

impl Memory {
    fn then(&self, reading: io::Result<String>) {
        self.readings.lock().unwrap().push_back(reading);
    }
}

impl Files for Memory {
    fn read(&self, _: &Path, _: usize) -> io::Result<Vec<u8>> {
        let mut readings = self.readings.lock().unwrap();
        if readings.len() > 1 {
            return readings.pop_front().expect("one").map(String::into_bytes);
        }
        match readings.front() {
            Some(Ok(text)) => Ok(text.clone().into_bytes()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn watch(&self, _: &Path, changed: Changed) -> Option<Box<dyn Watch>> {
        *self.changed.lock().unwrap() = Some(changed);
        None
    }
}

#[test]
fn a_place_without_events_is_polled() {
    use polled::flags::{self, Flags, Schema};
    let files = Memory::default();
    files.then(Ok(document(false)));
    let live = flags::live()
        .file("flags.yaml")
        .files(files.clone())
        .poll_every(Duration::from_millis(5))
        .start();
    let _live = live.expect("it starts");
    assert_eq!(flags::status().reloads, 1);
    // What can't be read because it is being written is read again, and not reported.
    files.then(Err(io::ErrorKind::WouldBlock.into()));
    files.then(Ok(document(true)));
    wait_for::<Schema>("the change", |_| Flags::NEW_DASHBOARD.is_enabled());
    let status = flags::status();
    assert_eq!((status.reloads, status.refusals), (2, 0));
}

/// Files whose second reading never ends by itself.
#[derive(Debug, Clone, Default)]
struct Stuck {
    state: Arc<(Mutex<StuckState>, Condvar)>,
}

#[derive(Debug, Default)]
struct StuckState {
    readings: u32,
    released: bool,
    changed: Option<Changed>,
}

impl Files for Stuck {
    fn read(&self, _: &Path, _: usize) -> io::Result<Vec<u8>> {
        let (state, rung) = &*self.state;
        let mut state = state.lock().unwrap();
        state.readings += 1;
        rung.notify_all();
        if state.readings == 1 {
            return Ok(document(false).into_bytes());
        }
        let _released = rung.wait_while(state, |state| !state.released).unwrap();
        Ok(document(true).into_bytes())
    }

    fn watch(&self, _: &Path, changed: Changed) -> Option<Box<dyn Watch>> {
        self.state.0.lock().unwrap().changed = Some(changed);
        None
    }
}

/// How long dropping takes.
fn dropping(live: Live) -> Duration {
    let start = Instant::now();
    drop(live);
    start.elapsed()
}

#[test]
fn dropping_the_handle_ends_it_soon_whatever_its_thread_does() {
    use stuck::flags::{self, Flags};
    // More than the 100 ms that are promised, for the machine may be busy.
    let soon = Duration::from_millis(300);
    let directory = Directory::new();
    in_place(&directory.0, &document(false));
    let file = directory.0.join("flags.yaml");
    let live = flags::live().file(&file).start().expect("it starts");
    assert!(dropping(live) < soon);

    let files = Stuck::default();
    let live = flags::live()
        .file("flags.yaml")
        .files(files.clone())
        .start();
    let live = live.expect("it starts");
    let (state, rung) = &*files.state;
    let changed = state.lock().unwrap().changed.clone();
    changed.expect("it is watched").notify();
    let waiting = state.lock().unwrap();
    drop(
        rung.wait_while(waiting, |state| state.readings < 2)
            .unwrap(),
    );
    assert!(dropping(live) < soon);
    // What it reads in the end comes too late, also for the next session.
    let _next = flags::live().start().expect("it starts");
    state.lock().unwrap().released = true;
    rung.notify_all();
    while Arc::strong_count(&files.state) > 1 {
        std::thread::yield_now();
    }
    assert!(!Flags::NEW_DASHBOARD.is_enabled());
}

#[test]
fn a_set_is_live_once_at_a_time() {
    use twice::flags;
    let live = flags::live().start().expect("it starts");
    let again = flags::live().start();
    let Err(error @ Error::AlreadyLive { .. }) = again else {
        panic!("{again:?}")
    };
    let message = "the flags of flags.yaml are live already; drop the handle of the first `start()` before starting again";
    assert_eq!(error.to_string(), message);
    drop(live);
    flags::live().start().expect("it starts").detach();
    assert!(flags::live().start().is_err());
}

#[test]
fn an_environment_must_be_declared() {
    use chosen::flags::{self, Flags, Schema};
    let dashboard = || Flags::NEW_DASHBOARD.is_enabled();
    let directory = Directory::new();
    let file = directory.0.join("flags.yaml");
    let start = |environment: &str, document: Option<&str>| {
        let live = flags::live().environment(environment);
        match document {
            None => live.start(),
            Some(text) => {
                in_place(&directory.0, text);
                live.file(&file).start()
            }
        }
    };
    let other = flags::DOCUMENT.replace("staging", "testing");
    for (environment, document, error) in [
        ("staging", None, None),
        (
            "stagging",
            None,
            Some("flags.yaml declares no environment `stagging`; it declares `staging`"),
        ),
        ("testing", Some(other.as_str()), None),
        (
            "staging",
            Some(other.as_str()),
            Some("declares no environment `staging`; it declares `testing`"),
        ),
        ("staging", Some("version: 1"), None),
        (
            "testing",
            Some("version: 1"),
            Some("flags.yaml declares no environment `testing`; it declares `staging`"),
        ),
    ] {
        // Whatever is wrong, what was in force stays.
        flags::control()
            .set_environment(None)
            .expect("there is always the base");
        let live = start(environment, document);
        match (&live, error) {
            (Ok(_), None) => assert!(dashboard()),
            (Err(given), Some(error)) => {
                assert!(given.to_string().ends_with(error), "{given}");
                assert!(!dashboard());
                assert_eq!(flags::status().environment, None);
            }
            _ => panic!("{environment} in {document:?}: {live:?}"),
        }
    }

    let _live = start("testing", Some(&other)).expect("it starts");
    let before = flags::status();
    in_place(&directory.0, flags::DOCUMENT);
    wait_for::<Schema>("the refusal", |status| status.refusals > before.refusals);
    assert!(dashboard());
    assert_eq!(flags::status().digest, before.digest);
}
