//! Functions that never return or return nothing, recursive ones, `extern`, inner attributes, and those of macros.

use super::*;

#[feature_gate("new_dashboard", fallback = stop_old)]
fn stop(a: u32) -> ! {
    panic!("new {a}")
}
fn stop_old(a: u32) -> ! {
    panic!("old {a}")
}

#[feature_gate("new_dashboard", fallback = stop_old)]
fn stops_when_off(a: u32) -> u32 {
    a
}

#[feature_gate("new_dashboard", value = panic!("off"))]
fn panics_when_off(a: u32) -> u32 {
    a
}

#[feature_gate("new_dashboard", value = 1)]
fn countdown(a: u32) -> u32 {
    if a == 0 { 0 } else { countdown(a - 1) + 2 }
}

#[feature_gate("new_dashboard", fallback = for_c_old)]
extern "C" fn for_c(a: u32) -> u32 {
    a
}
extern "C" fn for_c_old(a: u32) -> u32 {
    a + 1
}

#[feature_gate("new_dashboard", default)]
fn inner_attributes(a: u32) -> u32 {
    #![allow(clippy::let_and_return, reason = "it is what is tried here")]
    //! Documentation inside.
    let b = a;
    b
}

#[feature_gate("new_dashboard", value = effects.borrow_mut().push("off"))]
fn nothing(effects: &RefCell<Vec<&'static str>>) {
    effects.borrow_mut().push("on");
}

#[feature_gate("new_dashboard", default)]
fn nothing_by_default(effects: &RefCell<Vec<&'static str>>) {
    effects.borrow_mut().push("on");
}

macro_rules! gated {
    ($key:literal, $name:ident, $argument:ident, $old:path, $ty:ty) => {
        #[feature_gate($key, fallback = $old)]
        fn $name($argument: $ty, other: u32) -> u32 {
            $argument + other
        }
    };
}
fn times(a: u32, b: u32) -> u32 {
    a * b
}
gated!("new_dashboard", plus, first, times, u32);

/// The message of a panic.
fn message(panics: impl FnOnce() + core::panic::UnwindSafe) -> String {
    let Err(payload) = std::panic::catch_unwind(panics) else {
        return "nothing".to_owned();
    };
    payload
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
                .unwrap_or_default()
        })
}

#[test]
fn functions_that_never_return_are_gated() {
    assert_eq!(both(|| message(|| stop(1))), text("old 1", "new 1"));
    assert_eq!(message(|| assert_eq!(stops_when_off(1), 0)), "old 1");
    assert_eq!(message(|| assert_eq!(panics_when_off(1), 0)), "off");
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    assert_eq!((stops_when_off(1), panics_when_off(2)), (1, 2));
}

#[test]
fn other_functions_are_gated() {
    for (kind, found, expected) in [
        ("recursion", both(|| countdown(3)), (1, 6)),
        ("extern", both(|| for_c(1)), (2, 1)),
        ("inner attributes", both(|| inner_attributes(1)), (0, 1)),
        ("made by a macro", both(|| plus(3, 4)), (12, 7)),
    ] {
        assert_eq!(found, expected, "{kind}");
    }
    let effects = RefCell::new(Vec::new());
    both(|| nothing(&effects));
    both(|| nothing_by_default(&effects));
    assert_eq!(*effects.borrow(), ["off", "on", "on"]);
}
