//! What starting waits for, and what it refuses.

use std::time::Duration;

use flagstone::{Error, Feed, Origin, Probe, Reason, Source, Start};

use crate::world::{Memory, Scripted, Simulated, Step};
use crate::{PATIENCE, offer};

own!(policies, cached, probed, moved, unfit, clocks);

#[test]
fn starting_waits_as_long_as_the_policy_says() {
    use policies::flags::{self, Flags};
    let short = Duration::from_millis(20);
    let failing = || Scripted::new("table", [Step::Fail("no route")]);
    let start = |source: Option<Scripted>, policy| {
        let live = flags::live().policy(policy);
        source
            .into_iter()
            .fold(live, flagstone::LiveBuilder::source)
            .start()
    };
    let before = flags::status().digest;
    let said = "table: no route";
    let none = "there is no source";
    for (source, policy, expected) in [
        (None, Start::Embedded, None),
        (Some(failing()), Start::Embedded, None),
        (Some(failing()), Start::Fresh(short), Some(said)),
        (Some(failing()), Start::CachedOr(short), Some(said)),
        (
            Some(Scripted::new("table", [])),
            Start::Fresh(short),
            Some("table: has not answered yet"),
        ),
        (
            Some(Scripted::new("table", [Step::Return])),
            Start::Fresh(PATIENCE),
            Some("ended by itself"),
        ),
        (None, Start::Fresh(PATIENCE), Some(none)),
        (
            Some(Scripted::new("table", [offer("good")])),
            Start::Fresh(PATIENCE),
            None,
        ),
    ] {
        let started = start(source, policy);
        assert_eq!(flags::status().is_ready(), started.is_ok());
        match (&started, expected) {
            (Ok(_), None) => {}
            (Err(error @ Error::NotFresh { .. }), Some(expected)) => {
                assert!(error.to_string().contains(expected), "{error}");
                assert_eq!(flags::status().digest, before);
                assert!(!flags::status().is_live);
            }
            _ => panic!("{policy:?}: {started:?}"),
        }
    }
    assert_eq!(
        Flags::BUTTON_COLOR.value(),
        "good",
        "what was delivered stays"
    );
}

#[test]
fn a_valid_cache_is_as_good_as_the_policy_cached_or_demands() {
    use cached::flags::{self, Flags};
    let files = Memory::default();
    let start = |source: Scripted, policy| {
        let live = flags::live().source(source).policy(policy);
        live.cache("cache").files(files.clone()).start()
    };
    let down = || Scripted::new("table", [Step::Fail("no route")]);
    let short = Duration::from_millis(20);
    assert!(start(down(), Start::CachedOr(short)).is_err());
    drop(
        start(
            Scripted::new("table", [offer("good")]),
            Start::Fresh(PATIENCE),
        )
        .expect("fresh"),
    );
    let _live = start(down(), Start::CachedOr(short)).expect("the cache is there");
    let status = flags::status();
    assert_eq!(Flags::BUTTON_COLOR.value(), "good");
    assert_eq!(status.origin, Origin::Cache("table".into()));
    assert_eq!(status.stale_since, Some(status.loaded_at));
    assert!(status.is_ready() && status.cache_error.is_none());
}

#[test]
fn a_document_with_which_a_probe_fails_is_refused_but_its_kills_arrive() {
    use probed::flags::{self, ButtonColor, Context, Flags, Plan};
    let premium = Context::new("u-17").plan(Plan::Premium);
    let probe = || {
        Probe::new("who pays", &premium)
            .expect(Flags::NEW_CHECKOUT, true)
            .expect_key("button_color", "treatment")
    };
    let live = flags::live().probe(probe()).start().expect("it holds");
    let kills_half = flags::DOCUMENT.replace("rollout: 50%", "killed: true");
    let harmful = kills_half.replace("plan: premium }, serve: on", "plan: free }, serve: on");
    let error = flags::control()
        .publish("harmful", &harmful)
        .expect_err("the probe fails");
    let message = "harmful was refused, since a probe doesn't hold with it\n\
        probe `who pays`: the flag `new_checkout` has to answer `on`, and answers `off` (default)\n";
    assert_eq!(error.to_string(), message);
    assert!(Flags::NEW_CHECKOUT.is_enabled_for(&premium));
    assert_eq!(Flags::HALF.evaluate_for(&premium).reason, Reason::Killed);
    flags::control()
        .publish("harmless", flags::DOCUMENT)
        .expect("the probe holds");
    assert_eq!(
        Flags::BUTTON_COLOR.variant_for(&premium),
        ButtonColor::Treatment
    );

    drop(live);
    let free = Context::new("u-18").plan(Plan::Free);
    let wrong = Probe::new("who doesn't", &free).expect(Flags::NEW_CHECKOUT, true);
    let error = flags::live()
        .probe(wrong)
        .start()
        .expect_err("it can't hold");
    assert!(
        matches!(&error, Error::Probe { document, .. } if document == "flags.yaml"),
        "{error}"
    );
    assert!(!flags::status().is_live);
}

#[test]
fn a_file_that_loses_the_environment_stops_no_restart_where_there_is_a_cache() {
    use moved::flags::{self, Flags};
    let files = Memory::default();
    let start = |cache: &str| {
        let live = flags::live().file("flags.yaml").environment("staging");
        live.cache(cache).files(files.clone()).start()
    };
    files.put("flags.yaml", flags::DOCUMENT);
    drop(start("cache").expect("it declares it"));
    files.put("flags.yaml", flags::DOCUMENT.replace("staging", "testing"));
    let error = start("another").expect_err("the name may be wrong");
    assert!(matches!(error, Error::UnknownEnvironment { .. }), "{error}");
    let _live = start("cache").expect("the file is wrong");
    assert!(Flags::NEW_DASHBOARD.is_enabled());
    let status = flags::status();
    assert_eq!(status.origin, Origin::Cache("flags.yaml".into()));
    let report = status.last_error.expect("it is reported").report;
    assert!(
        report.contains("declares no environment `staging`"),
        "{report}"
    );
}

/// A source whose settings are wrong.
#[derive(Debug)]
struct Unfit;

impl Source for Unfit {
    fn name(&self) -> String {
        "unfit".to_owned()
    }

    fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err("its secret isn't set; set SECRET".into())
    }

    fn follow(&mut self, _: &Feed) {
        panic!("it must not be asked")
    }
}

#[test]
fn a_source_that_can_not_be_followed_is_an_error_of_start() {
    use unfit::flags;
    let before = flags::status();
    let live = flags::live().source(Scripted::new("table", [offer("good")]));
    let error = live.source(Unfit).start().expect_err("it is unfit");
    assert!(
        matches!(&error, Error::Source { name, .. } if name == "unfit"),
        "{error:?}"
    );
    let message = "unfit can't be followed: its secret isn't set; set SECRET";
    assert_eq!(error.to_string(), message);
    let after = flags::status();
    assert_eq!((after.digest, after.reloads), (before.digest, 0));
    assert!(!after.is_live && after.is_ready(), "nothing was begun");
}

#[test]
fn a_start_that_fails_leaves_the_clock_as_it_was() {
    use clocks::flags::{self, Flags};
    let clock = Simulated::default();
    // The launch is in 2100, and this clock is beyond it.
    clock.jump(200 * 365 * 86_400_000);
    let live = flags::live().policy(Start::Fresh(Duration::ZERO));
    drop(live.clock(clock.clone()).start().expect_err("no source"));
    assert!(!Flags::LAUNCH.is_enabled());
    drop(flags::live().clock(clock).start().expect("it starts"));
    assert!(Flags::LAUNCH.is_enabled());
}
