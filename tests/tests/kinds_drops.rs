//! A gate changes nothing about when parameters are dropped.

#![deny(warnings, clippy::all, clippy::pedantic)]

use core::cell::RefCell;

use fixture_shop::flags::{self, Flags};
use flagstone::feature_gate;

/// Writes its name down when it is dropped.
struct Noisy<'l>(&'static str, &'l RefCell<Vec<&'static str>>);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

type Pair<'l> = (Noisy<'l>, Noisy<'l>);

/// The same function without a gate and with one.
macro_rules! twice {
    ($plain:ident, $gated:ident, $log:ident, ($($parameters:tt)*)) => {
        fn $plain<'l>($log: &'l RefCell<Vec<&'static str>>, $($parameters)*) {
            let _local = Noisy("local", $log);
        }

        #[feature_gate("new_dashboard", default)]
        fn $gated<'l>($log: &'l RefCell<Vec<&'static str>>, $($parameters)*) {
            let _local = Noisy("local", $log);
        }
    };
}

twice!(names, names_gated, log, (_a: Noisy<'l>, _b: Noisy<'l>));
twice!(wild, wild_gated, log, (_: Noisy<'l>, _b: Noisy<'l>));
twice!(partial, partial_gated, log, ((_a, _): Pair<'l>, (_, _d): Pair<'l>));

#[test]
fn parameters_are_dropped_in_the_same_order() {
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    let noisy = |name, log| Noisy(name, log);
    let log = RefCell::new(Vec::new());
    let mut rows = Vec::new();
    let mut run = |call: &dyn Fn()| {
        call();
        rows.push(log.take());
    };
    run(&|| names(&log, noisy("a", &log), noisy("b", &log)));
    run(&|| names_gated(&log, noisy("a", &log), noisy("b", &log)));
    run(&|| wild(&log, noisy("a", &log), noisy("b", &log)));
    run(&|| wild_gated(&log, noisy("a", &log), noisy("b", &log)));
    let pair = |one, two| (noisy(one, &log), noisy(two, &log));
    run(&|| partial(&log, pair("a", "b"), pair("c", "d")));
    run(&|| partial_gated(&log, pair("a", "b"), pair("c", "d")));
    for plain_and_gated in rows.chunks(2) {
        assert_eq!(plain_and_gated[0], plain_and_gated[1]);
    }
    assert_eq!(rows[0], ["local", "b", "a"]);
    assert_eq!(rows[4], ["local", "d", "c", "a", "b"]);
}
