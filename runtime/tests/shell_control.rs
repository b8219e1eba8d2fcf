//! Steering by hand.

use flagstone::{Error, Reason};

include!("flags/mod.rs");

/// Flags of its own for each test, since what is in force is the whole program's.
macro_rules! own {
    ($($name:ident),*) => {
        $(mod $name {
            include!("flags/mod.rs");
        })*
    };
}
own!(killed, all, elsewhere, published, moved, raced);

#[test]
fn a_kill_is_seen_everywhere_until_it_is_taken_back() {
    use killed::flags::{self, Context, Flags, Plan};
    let premium = Context::new("u-1").plan(Plan::Premium);
    let checkout = || Flags::NEW_CHECKOUT.is_enabled();
    let checkout_for = || Flags::NEW_CHECKOUT.is_enabled_for(&premium);
    flags::scope(&premium).run(|| {
        assert!(checkout() && checkout_for());
        for _ in 0..2 {
            flags::control().kill(Flags::NEW_CHECKOUT);
            assert!(!checkout() && !checkout_for());
            assert_eq!(Flags::NEW_CHECKOUT.evaluate().reason, Reason::Killed);
            assert_eq!(
                Flags::BUTTON_COLOR.value(),
                "green",
                "another flag isn't killed"
            );
            std::thread::scope(|threads| {
                threads.spawn(|| assert!(!checkout_for()));
            });
            flags::scope(&premium).run(|| assert!(!checkout()));

            let reloaded = flags::DOCUMENT.replace("name: paying", "name: payers");
            flags::control()
                .publish("reloaded", &reloaded)
                .expect("it is right");
            assert!(!checkout() && !checkout_for(), "a kill outlasts a reload");

            flags::control().revive(Flags::NEW_CHECKOUT);
            assert!(checkout() && checkout_for());
            let rule = Flags::NEW_CHECKOUT.evaluate().rule.expect("a rule decided");
            assert_eq!(
                rule.name.as_deref(),
                Some("paying"),
                "the scope keeps its snapshot"
            );
        }
    });
}

#[test]
fn every_flag_can_be_killed_at_once() {
    use all::flags::{self, Context, Flags, Plan};
    let control = flags::control();
    let on = flags::DOCUMENT.replace("new_dashboard:", "new_dashboard:\n    serve: on");
    control.publish("on", &on).expect("it is right");
    let premium = Context::new("u-1").plan(Plan::Premium);
    let answers = || {
        (
            Flags::NEW_DASHBOARD.is_enabled(),
            Flags::NEW_CHECKOUT.is_enabled_for(&premium),
        )
    };
    assert_eq!(answers(), (true, true));
    control.kill(Flags::NEW_CHECKOUT);
    control.kill_all();
    assert_eq!(answers(), (false, false));
    control.revive(Flags::NEW_CHECKOUT);
    assert_eq!(answers(), (false, false));
    control.kill(Flags::NEW_CHECKOUT);
    control.revive_all();
    assert_eq!(answers(), (true, true));
}

#[test]
fn an_environment_can_be_chosen_while_the_program_runs() {
    use elsewhere::flags::{self, Flags};
    let (control, dashboard) = (flags::control(), || Flags::NEW_DASHBOARD.is_enabled());
    control
        .set_environment(Some("staging"))
        .expect("it is declared");
    assert!(dashboard());
    let error = control.set_environment(Some("production"));
    assert!(
        matches!(error, Err(Error::UnknownEnvironment { .. })),
        "{error:?}"
    );
    assert!(dashboard());
    let without = flags::DOCUMENT.replace("staging", "production");
    let refused = control.publish("without", &without);
    assert!(
        matches!(refused, Err(Error::UnknownEnvironment { .. })),
        "{refused:?}"
    );
    control
        .set_environment(None)
        .expect("there is always the base");
    assert!(!dashboard());
    control.publish("without", &without).expect("it is right");
    control
        .set_environment(Some("production"))
        .expect("it is declared there");
    assert!(dashboard());
    assert_eq!(flags::status().environment.as_deref(), Some("production"));
}

#[test]
fn a_document_that_is_wrong_is_refused_but_its_kills_arrive() {
    use published::flags::{self, Flags};
    let control = flags::control();
    let on = flags::DOCUMENT.replace("new_dashboard:", "new_dashboard:\n    serve: on");
    control.publish("on", &on).expect("it is right");
    let before = flags::status();
    let refused = control.publish("wrong", "version: 1\nflags: [\n");
    let Err(Error::Refused { report, .. }) = &refused else {
        panic!("{refused:?}")
    };
    assert!(report.contains("wrong:"), "{report}");
    assert!(Flags::NEW_DASHBOARD.is_enabled());
    assert_eq!(flags::status().digest, before.digest);

    let kills = "version: 1\ncontext: 5\nflags: { new_dashboard: { killed: true, kill: 1 } }\n";
    assert!(control.publish("kills", kills).is_err());
    assert!(!Flags::NEW_DASHBOARD.is_enabled());
    assert_eq!(Flags::NEW_DASHBOARD.evaluate().reason, Reason::Killed);
    // A value that doesn't fit the program holds back its flag alone.
    let misfit = on.replace("{ rows: 10 }", "{ lines: 10 }");
    control
        .publish("misfit", &misfit)
        .expect("the rest is right");
    assert!(Flags::NEW_DASHBOARD.is_enabled());
    let problems = flags::status().problems;
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].to_string().contains("missing field `rows`"),
        "{}",
        problems[0]
    );
    assert_eq!(
        Flags::PAGE_SIZE.value().expect("the last good value").rows,
        10
    );
}

#[test]
fn a_change_of_environment_takes_back_no_kill() {
    use moved::flags::{self, Flags};
    let control = flags::control();
    let reason = || Flags::HALF.evaluate().reason;
    let refused = "version: 1\ncontext: 5\nflags: { half: { killed: true } }";
    let of_staging = "version: 1\ncontext: 5\nenvironments: { staging: { killed: true } }";
    let wrong = flags::DOCUMENT.replace("rollout: 50%", "rolout: 50%\n    killed: true");
    let in_staging = flags::DOCUMENT.replace(
        "rollout: 50%",
        "rollout: 50%\n    environments: { staging: { killed: true } }",
    );
    let still_wrong = flags::DOCUMENT.replace("rollout: 50%", "rolout: 50%");
    for (documents, staging, base) in [
        // While the document in the binary is in force, and while another one is.
        (&[refused][..], true, true),
        (&[flags::DOCUMENT, refused], true, true),
        // Where only the other environment is killed.
        (&[of_staging], true, false),
        (&[flags::DOCUMENT, of_staging], true, false),
        (&[&in_staging], true, false),
        // A flag that an older document killed, and that is wrong in both.
        (&[&wrong, &still_wrong], true, true),
    ] {
        for document in documents {
            // Some are refused; the kills arrive.
            let _ = control.publish("a document", document);
        }
        for _ in 0..2 {
            control.set_environment(Some("staging")).expect("declared");
            assert_eq!(reason() == Reason::Killed, staging, "{documents:?}");
            control.set_environment(None).expect("no environment");
            assert_eq!(reason() == Reason::Killed, base, "{documents:?}");
        }
        control
            .publish("a good one", flags::DOCUMENT)
            .expect("good");
        for environment in [Some("staging"), None] {
            control.set_environment(environment).expect("declared");
            assert_ne!(reason(), Reason::Killed, "{documents:?}");
        }
    }
}

#[test]
fn a_change_of_environment_undoes_no_document_that_arrives_meanwhile() {
    use std::sync::atomic::{AtomicBool, Ordering};

    use raced::flags::{self, Flags};
    let over = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut environments = [Some("staging"), None].into_iter().cycle();
            while !over.load(Ordering::Relaxed) {
                let environment = environments.next().flatten();
                let changed = flags::control().set_environment(environment);
                changed.expect("every document declares it");
            }
        });
        for generation in 0..100 {
            let color = format!("g{generation}");
            let text = flags::DOCUMENT.replace("control: blue", &format!("control: {color}"));
            flags::control().publish("generation", text).expect("right");
            for _ in 0..3 {
                std::thread::yield_now();
                assert_eq!(Flags::BUTTON_COLOR.value(), color.as_str());
            }
        }
        over.store(true, Ordering::Relaxed);
    });
}
