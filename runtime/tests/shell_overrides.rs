//! Flags forced in tests.

use flagstone::Reason;

include!("flags/mod.rs");

use flags::{ButtonColor, Context, Flags, Plan};

#[test]
fn guards_may_be_dropped_in_any_order() {
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    for order in orders {
        let forced = [true, false, true];
        let mut guards = forced.map(|value| Some(Flags::NEW_DASHBOARD.override_here(value)));
        assert!(Flags::NEW_DASHBOARD.is_enabled());
        for dropped in order {
            guards[dropped] = None;
            let youngest = guards.iter().rposition(Option::is_some);
            let expected = youngest.is_some_and(|index| forced[index]);
            assert_eq!(
                Flags::NEW_DASHBOARD.is_enabled(),
                expected,
                "{order:?}, {dropped}"
            );
        }
    }
}

#[test]
fn only_the_thread_that_forces_sees_it() {
    let threads: Vec<_> = (0..8)
        .map(|thread| {
            std::thread::spawn(move || {
                for _ in 0..2_000 {
                    assert!(!Flags::NEW_DASHBOARD.is_enabled());
                    let _forced =
                        (thread % 2 == 0).then(|| Flags::NEW_DASHBOARD.override_here(true));
                    assert_eq!(Flags::NEW_DASHBOARD.is_enabled(), thread % 2 == 0);
                    assert!(!Flags::LAUNCH.is_enabled(), "another flag isn't forced");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no thread sees another's flags");
    }
}

#[test]
fn a_forced_flag_answers_so_everywhere_on_the_thread() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    let _control = Flags::BUTTON_COLOR.override_here(ButtonColor::Control);
    let answer = Flags::BUTTON_COLOR.evaluate_for(&premium);
    assert_eq!(
        (answer.variant, answer.reason),
        (ButtonColor::Control, Reason::Override)
    );
    assert_eq!(answer.value, "blue");
    flags::scope(&premium).run(|| {
        assert_eq!(Flags::BUTTON_COLOR.variant(), ButtonColor::Control);
        assert!(
            Flags::NEW_CHECKOUT.is_enabled(),
            "another flag isn't forced"
        );
    });
}

#[test]
fn a_scope_carries_forced_flags_to_other_threads() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    let scope = flags::scope(&premium)
        .with(Flags::NEW_DASHBOARD, true)
        .with(Flags::NEW_CHECKOUT, false)
        .with(Flags::BUTTON_COLOR, ButtonColor::Control);
    let plain = flags::scope(&premium);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            scope.clone().run(|| {
                assert!(Flags::NEW_DASHBOARD.is_enabled());
                assert!(!Flags::NEW_CHECKOUT.is_enabled());
                assert_eq!(Flags::BUTTON_COLOR.value(), "blue");
                let _off = Flags::NEW_DASHBOARD.override_here(false);
                assert!(!Flags::NEW_DASHBOARD.is_enabled(), "the thread wins");
                plain.run(|| assert!(Flags::NEW_CHECKOUT.is_enabled()));
                flags::scope(&premium).run(|| {
                    assert!(
                        !Flags::NEW_CHECKOUT.is_enabled(),
                        "an inner scope keeps them"
                    );
                });
            });
        });
    });
}
