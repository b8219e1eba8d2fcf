//! Questions: what flags answer from the first call on, with and without a context.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use flagstone::{Reason, Variant};

include!("flags/mod.rs");

use flags::{ButtonColor, Context, Flags, PageSize, Plan};

/// Flags of its own for a test that counts.
mod counted {
    include!("flags/mod.rs");
}

#[test]
fn every_flag_answers_from_the_first_call() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    let free = Context::new("u-1").plan(Plan::Free);
    for (context, checkout, color, why) in [
        (&premium, true, ButtonColor::Treatment, Reason::Rule),
        (&free, false, ButtonColor::Control, Reason::Default),
    ] {
        assert!(!Flags::NEW_DASHBOARD.is_enabled_for(context));
        assert!(!Flags::LAUNCH.is_enabled_for(context));
        assert_eq!(Flags::NEW_CHECKOUT.is_enabled_for(context), checkout);
        assert_eq!(Flags::BUTTON_COLOR.variant_for(context), color);
        assert_eq!(Flags::BUTTON_COLOR.evaluate_for(context).reason, why);
        flags::scope(context).run(|| {
            assert!(!Flags::NEW_DASHBOARD.is_enabled());
            assert_eq!(Flags::NEW_CHECKOUT.is_enabled(), checkout);
            assert_eq!(Flags::BUTTON_COLOR.variant(), color);
            assert_eq!(Flags::BUTTON_COLOR.evaluate().reason, why);
        });
    }
}

#[test]
fn an_answer_says_why() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    let answer = Flags::NEW_CHECKOUT.evaluate_for(&premium);
    assert!(answer.variant && answer.value);
    let rule = answer.rule.expect("a rule decided");
    assert_eq!((rule.index, rule.name.as_deref()), (0, Some("paying")));
    assert_eq!(answer.snapshot, flags::snapshot().digest());
    assert_eq!(
        Flags::LAUNCH.evaluate_for(&premium).reason,
        Reason::NotStarted
    );
}

#[test]
fn a_value_has_its_type() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    assert_eq!(Flags::BUTTON_COLOR.value_for(&premium), "green");
    assert!(!Flags::NEW_DASHBOARD.value_for(&premium));
    let page = Flags::PAGE_SIZE.value().expect("it fits");
    assert_eq!(page.rows, 10);
    let _large = Flags::PAGE_SIZE.override_here(PageSize::Large);
    assert_eq!(Flags::PAGE_SIZE.value().expect("it fits").rows, 50);
    assert_eq!(page.rows, 10);
}

#[test]
fn keys_and_names_are_those_of_the_document() {
    assert_eq!(Flags::BUTTON_COLOR.key(), "button_color");
    assert_eq!(ButtonColor::Treatment.name(), "treatment");
    assert_eq!(format!("{:?}", Flags::HALF), r#"Flag("half")"#);
}

struct Log(Mutex<Vec<String>>);

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        // A logger may ask flags itself.
        let _ = counted::flags::Flags::NEW_CHECKOUT.is_enabled();
        self.0.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

#[test]
fn a_question_that_lacks_a_context_is_counted_and_the_first_is_logged() {
    use counted::flags::{self, Context, Flags};
    static LOG: Log = Log(Mutex::new(Vec::new()));
    log::set_logger(&LOG).expect("the first");
    log::set_max_level(log::LevelFilter::Warn);

    assert!(!Flags::NEW_DASHBOARD.is_enabled(), "it needs no context");
    assert!(!Flags::LAUNCH.is_enabled(), "it needs the time alone");
    assert_eq!(flags::status().lacking_context, 0);
    for _ in 0..3 {
        assert!(!Flags::NEW_CHECKOUT.is_enabled());
    }
    let elsewhere = std::thread::spawn(|| assert!(!Flags::NEW_CHECKOUT.is_enabled()));
    elsewhere.join().expect("it answers");
    flags::scope(&Context::new("u-1")).run(|| assert!(!Flags::NEW_CHECKOUT.is_enabled()));
    // Three here, one on the thread that has ended, and one by the logger.
    assert_eq!(flags::status().lacking_context, 5);
    let lines = LOG.0.lock().unwrap();
    let lines = lines.iter().filter(|line| line.contains("no scope"));
    assert_eq!(lines.count(), 1);
}

#[test]
fn a_question_in_a_destructor_at_the_end_of_a_thread_is_answered() {
    static ANSWERED: AtomicUsize = AtomicUsize::new(0);
    struct Asks;
    impl Drop for Asks {
        fn drop(&mut self) {
            let premium = Context::new("u-1").plan(Plan::Premium);
            let answers = [
                !Flags::NEW_DASHBOARD.is_enabled(),
                !Flags::NEW_CHECKOUT.is_enabled(),
                Flags::NEW_CHECKOUT.is_enabled_for(&premium),
                flags::scope(&premium).run(|| Flags::NEW_CHECKOUT.is_enabled()),
            ];
            assert_eq!(answers, [true; 4]);
            let _on = Flags::HALF.override_here(true);
            assert!(Flags::HALF.is_enabled());
            ANSWERED.fetch_add(1, Ordering::Relaxed);
        }
    }
    thread_local! {
        static FIRST: Asks = const { Asks };
        static LAST: Asks = const { Asks };
    }
    let thread = std::thread::spawn(|| {
        // Destructors run in either order, so one of the two finds what this crate keeps in the thread gone.
        FIRST.with(|_| ());
        assert!(!Flags::NEW_CHECKOUT.is_enabled());
        LAST.with(|_| ());
    });
    thread.join().expect("nothing panics");
    assert_eq!(ANSWERED.load(Ordering::Relaxed), 2);
}

#[test]
fn a_gate_asks_its_flag() {
    #[flagstone::feature_gate("new_checkout", fallback = old)]
    fn new(by: u8) -> (bool, u8) {
        (true, by)
    }
    fn old(by: u8) -> (bool, u8) {
        (false, by)
    }
    static RAN: AtomicBool = AtomicBool::new(false);
    assert_eq!(new(7), (false, 7));
    flags::scope(&Context::new("u-1").plan(Plan::Premium)).run(|| {
        assert_eq!(new(8), (true, 8));
        RAN.store(true, Ordering::Relaxed);
    });
    assert!(RAN.load(Ordering::Relaxed));
}
