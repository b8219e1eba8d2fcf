//! Parameters that are patterns.

use super::*;

use fixture_shop::flags::{Context, Plan};

struct Point {
    x: u8,
    y: u8,
}

#[feature_gate("new_dashboard", fallback = all_old)]
fn all(
    (a, b): (u8, u8),
    mut list: Vec<u8>,
    _: String,
    [first, ..]: [u8; 3],
    point @ Point { .. }: Point,
    _unused: u8,
) -> Vec<u8> {
    list.extend([a, b, first, point.x, point.y]);
    list
}
fn all_old(
    pair: (u8, u8),
    list: Vec<u8>,
    text: String,
    _array: [u8; 3],
    Point { x, .. }: Point,
    unused: u8,
) -> Vec<u8> {
    let length = u8::try_from(list.len() + text.len()).unwrap_or(0);
    vec![pair.1, length, x, unused]
}

#[allow(clippy::toplevel_ref_arg, reason = "it is what is tried here")]
#[feature_gate("new_dashboard", default)]
fn by_reference(ref a: String, ref mut b: String) -> usize {
    b.push('!');
    a.len() + b.len()
}

#[feature_gate("new_dashboard", value = a + point.x)]
fn valued((a, _): (u8, u8), point @ Point { .. }: Point) -> u8 {
    a * point.y
}

#[feature_gate("new_dashboard", err = b)]
fn failing((a, b): (u8, String)) -> Result<u8, String> {
    if b.is_empty() { Err(b) } else { Ok(a) }
}

#[feature_gate("beta", value = off, context = context)]
fn asked((context, on, off): (&Context<'_>, u8, u8)) -> u8 {
    on
}

#[feature_gate("new_dashboard", fallback = conditional_old)]
fn conditional(a: u8, #[cfg(any())] b: u8, #[cfg(test)] (c, d): (u8, u8)) -> u8 {
    a + c + d
}
fn conditional_old(a: u8, (c, _): (u8, u8)) -> u8 {
    a * c
}

#[test]
fn every_pattern_is_bound_as_without_a_gate() {
    let ask = || {
        all(
            (1, 2),
            vec![9],
            "text".to_owned(),
            [3, 4, 5],
            Point { x: 6, y: 7 },
            8,
        )
    };
    assert_eq!(both(ask), (vec![2, 5, 6, 8], vec![9, 1, 2, 3, 6, 7]));
    assert_eq!(
        both(|| by_reference("a".to_owned(), "b".to_owned())),
        (0, 3)
    );
    assert_eq!(both(|| conditional(2, (3, 4))), (6, 9));
}

#[test]
fn what_patterns_bind_is_there_for_values_errors_and_contexts() {
    assert_eq!(both(|| valued((2, 0), Point { x: 3, y: 4 })), (5, 8));
    let failed = both(|| failing((1, "off".to_owned())));
    assert_eq!(failed, (Err("off".to_owned()), Ok(1)));
    let free = Context::new("u-17");
    let premium = Context::new("u-17").plan(Plan::Premium);
    assert_eq!((asked((&free, 1, 0)), asked((&premium, 1, 0))), (0, 1));
}
