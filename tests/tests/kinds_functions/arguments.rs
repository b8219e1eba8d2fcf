//! What stands in the gate: a fallback, a value, a default, an error.

use super::*;

#[feature_gate("new_dashboard", fallback = sum_old)]
fn sum(a: u32, b: u32) -> u32 {
    a + b
}
fn sum_old(a: u32, b: u32) -> u32 {
    a * 10 + b
}

#[feature_gate("new_dashboard", value = a * 100)]
fn valued(a: u32) -> u32 {
    a
}

#[feature_gate("new_dashboard", value = if a > 1 { "many" } else { "one" })]
fn branching(a: u32) -> &'static str {
    if a == 0 { "none" } else { "some" }
}

#[feature_gate("new_dashboard", default)]
fn defaulted(a: u32) -> Vec<u32> {
    vec![a]
}

#[feature_gate("new_dashboard", err = "off")]
fn failing(a: u32) -> Result<u32, Box<dyn core::error::Error>> {
    if a == 0 { Err("none".into()) } else { Ok(a) }
}

#[feature_gate("new_dashboard", not, fallback = sum_old)]
fn negated(a: u32, b: u32) -> u32 {
    a + b
}

#[feature_gate(Flags::NEW_DASHBOARD, fallback = sum_old)]
fn by_path(a: u32, b: u32) -> u32 {
    a + b
}

#[feature_gate("new_dashboard", fallback = sum_old, flags = fixture_shop::flags)]
fn elsewhere(a: u32, b: u32) -> u32 {
    a + b
}

#[feature_gate(r"new_dashboard", fallback = sum_old,)]
fn raw_key(a: u32, b: u32) -> u32 {
    a + b
}

#[feature_gate("new_dashboard", fallback = sum_old)]
#[feature_gate("beta", value = 0)]
fn stacked(a: u32, b: u32) -> u32 {
    a + b
}

#[test]
fn every_argument_does_what_it_says() {
    for (argument, found, expected) in [
        ("fallback", both(|| sum(1, 2)), (12, 3)),
        ("value", both(|| valued(3)), (300, 3)),
        ("not", both(|| negated(1, 2)), (3, 12)),
        ("path", both(|| by_path(1, 2)), (12, 3)),
        ("flags", both(|| elsewhere(1, 2)), (12, 3)),
        ("raw key", both(|| raw_key(1, 2)), (12, 3)),
        ("stacked, the lower is off", both(|| stacked(1, 2)), (0, 0)),
    ] {
        assert_eq!(found, expected, "{argument}");
    }
    let _on = Flags::BETA.override_here(true);
    assert_eq!(both(|| stacked(1, 2)), (12, 3));
}

#[test]
fn values_of_other_types_are_returned() {
    assert_eq!(both(|| branching(2)), ("many", "some"));
    assert_eq!(both(|| defaulted(2)), (vec![], vec![2]));
    let (off, on) = both(|| failing(2).map_err(|error| error.to_string()));
    assert_eq!((off, on), (Err("off".to_owned()), Ok(2)));
}
