//! Subscriptions, reloading and steering by hand, and the status.

use std::time::Duration;

use flagstone::Event;

use crate::world::{Memory, Scripted, Step};
use crate::{PATIENCE, document};

own!(told, overrun, asked, frozen, shown);

#[test]
fn who_subscribes_hears_of_changes_and_refusals() {
    use told::flags::{self, Flags};
    let changes = flags::subscribe();
    let next = || match changes.try_next() {
        Some(Event::Changed(change)) => {
            assert_eq!(change.to, flags::status().digest);
            let flags: Vec<&str> = change.flags.iter().map(|key| &**key).collect();
            format!("{} {}", change.origin, flags.join(" "))
        }
        Some(Event::Refused(failure)) => {
            format!("refused {}", failure.report.lines().next().unwrap())
        }
        other => format!("{other:?}"),
    };
    let control = flags::control();
    let more = document("red").replace("  half:", "  extra: {}\n  half:");
    control.publish("a", &more).expect("it is right");
    assert_eq!(next(), "a published document button_color extra");
    control.publish("the same", &more).expect("it is right");
    assert_eq!(next(), "None", "nothing changed");
    control.kill(Flags::HALF);
    assert_eq!(next(), "the program by hand half");
    control.revive(Flags::HALF);
    assert_eq!(next(), "the program by hand half");
    assert!(control.publish("bad", "version: 1\nflags: [").is_err());
    assert_eq!(next(), "refused bad was refused");
    let fewer = more.replace("  extra: {}\n", "").replace(
        "  launch:\n    starts_at: 2100-01-01T00:00:00Z\n    serve: on\n",
        "",
    );
    control.publish("b", &fewer).expect("it is right");
    assert_eq!(next(), "a published document extra launch");
    assert_eq!(next(), "None");
    std::thread::scope(|threads| {
        threads.spawn(|| control.publish("c", flags::DOCUMENT));
        assert!(matches!(
            changes.next_within(PATIENCE),
            Some(Event::Changed(_))
        ));
    });
}

#[test]
fn a_subscriber_that_is_slow_misses_no_flag_and_keeps_little() {
    use overrun::flags;
    let changes = flags::subscribe();
    let first = flags::status().digest;
    for round in 0..1000 {
        let text = document(&format!("color{round}"));
        let text = if round == 500 {
            text.replace("50%", "51%")
        } else {
            text
        };
        flags::control()
            .publish("round", &text)
            .expect("it is right");
        assert!(flags::control().publish("bad", "version: 2").is_err());
    }
    let (mut events, mut from, mut keys) = (0, first, Vec::new());
    while let Some(event) = changes.try_next() {
        events += 1;
        if let Event::Changed(change) = event {
            assert_eq!(change.from, from, "no step is missing");
            from = change.to;
            keys.extend(change.flags);
        }
    }
    assert!(events <= 64, "{events}");
    assert_eq!(from, flags::status().digest);
    assert!(keys.iter().any(|key| &**key == "half"));
}

#[test]
fn what_reload_finds_is_in_force_when_it_returns() {
    use asked::flags::{self, Flags};
    let files = Memory::default();
    let live = flags::live().file("flags.yaml").files(files.clone());
    let _live = live
        .poll_every(Duration::from_hours(1))
        .start()
        .expect("it starts");
    for round in 0..100 {
        let color = format!("color{round}");
        files.put("flags.yaml", document(&color));
        flags::control().reload(PATIENCE).expect("it looks");
        assert_eq!(Flags::BUTTON_COLOR.value(), *color);
    }
    assert_eq!(flags::status().retries, 1, "at first it wasn't there");
}

#[test]
fn every_flag_answers_its_baseline_until_that_is_taken_back() {
    use frozen::flags::{self, Context, Flags, Plan};
    let premium = Context::new("u-1").plan(Plan::Premium);
    let control = flags::control();
    let checkout = || Flags::NEW_CHECKOUT.is_enabled_for(&premium);
    flags::scope(&premium).run(|| {
        assert!(checkout() && Flags::NEW_CHECKOUT.is_enabled());
        control.baseline();
        assert!(!checkout() && !Flags::NEW_CHECKOUT.is_enabled());
    });
    control.revive_all();
    control
        .publish("reloaded", document("red"))
        .expect("it is right");
    assert!(!checkout());
    control.kill(Flags::NEW_CHECKOUT);
    control.resume();
    assert!(!checkout(), "a kill is a thing of its own");
    control.revive(Flags::NEW_CHECKOUT);
    assert!(checkout());
}

#[test]
fn the_status_is_for_people_and_for_machines() {
    use shown::flags;
    let source = Scripted::new("table", [Step::Fail("no route")]);
    let live = flags::live().source(source.clone()).environment("staging");
    let _live = live.start().expect("it starts");
    flags::control().reload(PATIENCE).expect("it answers");
    source.then(Step::Fail("no route"));
    flags::control().reload(PATIENCE).expect("it answers");
    let status = flags::status();
    let shown = status.to_string();
    for expected in [
        "flags from the program itself, loaded at 20",
        ", environment staging, stale since 20",
        "0 reloads, 1 refusals, 2 retries",
        "\nsource table: waiting, stale since 20",
        ", 2 failed attempts",
        ": no route",
    ] {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
    let json = serde_json::to_value(&status).expect("it is JSON");
    assert_eq!(json, status.to_json());
    assert_eq!(json["environment"], "staging");
    assert_eq!(json["sources"][0]["state"], "waiting");
    assert_eq!(json["sources"][0]["retries"], 2);
    assert_eq!(json["last_error"]["report"], "no route");
    assert_eq!(json["digest"], status.digest.to_string());
    assert_eq!(json["is_ready"], true);
}
