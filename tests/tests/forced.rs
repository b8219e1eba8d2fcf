//! What forcing a flag costs the others: nothing. They are answered by the byte that holds what a flag answers to everyone,
//! which is the only thing that the fast path reads, and which nothing else reads.

#![expect(clippy::panic, reason = "a test says what it expects by panicking")]

use core::cell::Cell;
use core::sync::atomic::AtomicU8;

use fixture_shop::flags::{Schema as Shop, Theme};
use flagstone::__rt::{Flag, FlagSet, PublishedRollout, Schema};

thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// The shop's flags, with a count of how often one of their bytes is looked up.
enum Counted {}

impl Schema for Counted {
    fn set() -> &'static FlagSet {
        Shop::set()
    }

    fn state(index: u32) -> &'static AtomicU8 {
        READ.set(READ.get() + 1);
        Shop::state(index)
    }

    fn rollout(index: u32) -> &'static PublishedRollout {
        Shop::rollout(index)
    }
}

fn flag(key: &str) -> Flag<bool, Counted> {
    let mut flags = (0..32).map(Flag::new);
    flags
        .find(|flag: &Flag<bool, Counted>| flag.key() == key)
        .unwrap_or_else(|| panic!("no flag `{key}`"))
}

/// The answer of a flag, and whether it was read from its byte.
fn asked(key: &str) -> (bool, bool) {
    let before = READ.get();
    let answer = flag(key).is_enabled();
    (answer, READ.get() > before)
}

const OTHERS: [&str; 4] = ["beta", "ui.dark-mode", "2fa", "type"];

fn check(when: &str, forced: (bool, bool)) {
    assert_eq!(asked("new_dashboard"), forced, "new_dashboard, {when}");
    for key in OTHERS {
        assert_eq!(asked(key), (false, true), "{key}, {when}");
    }
}

#[test]
fn flags_that_nobody_forces_stay_on_the_fast_path() {
    check("nothing is forced", (false, true));
    let on = flag("new_dashboard").override_here(true);
    check("one is forced", (true, false));
    let theme = fixture_shop::flags::Flags::THEME.override_here(Theme::Dark);
    check("two are forced", (true, false));
    drop(on);
    check("the other one is forced", (false, true));
    drop(theme);
    check("nothing is forced any more", (false, true));
}
