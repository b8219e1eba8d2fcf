//! Generic functions, lifetimes and `impl Trait`.

use super::*;

#[feature_gate("new_dashboard", fallback = show_old)]
fn show<'a, T, const N: usize>(items: &'a [T; N], head: &'a str) -> String
where
    T: Debug + 'a,
{
    format!("{head}{items:?}")
}
fn show_old<T: Debug, const N: usize>(items: &[T; N], head: &str) -> String {
    format!("{head}{}{:?}", N, items.first())
}

#[feature_gate("new_dashboard", fallback = pick_old)]
fn pick<'a>(a: &'a str, _b: &'a str) -> &'a str {
    a
}
fn pick_old<'a>(_a: &'a str, b: &'a str) -> &'a str {
    b
}

#[feature_gate("new_dashboard", fallback = made_old)]
fn made<T: From<u8>>() -> T {
    T::from(1)
}
fn made_old<T: From<u8>>() -> T {
    T::from(2)
}

#[feature_gate("new_dashboard", fallback = name_old::<T>)]
fn name<T>() -> &'static str {
    core::any::type_name::<T>()
}
fn name_old<T>() -> usize2::Text {
    if size_of::<T>() == 1 {
        "byte"
    } else {
        "larger"
    }
}
mod usize2 {
    pub(super) type Text = &'static str;
}

#[feature_gate("new_dashboard", fallback = print_old)]
fn print(item: impl Display, mut sink: impl FnMut(String)) {
    sink(format!("new {item}"));
}
fn print_old(item: impl Display, mut sink: impl FnMut(String)) {
    sink(format!("old {item}"));
}

#[feature_gate("new_dashboard", fallback = boxed_old)]
fn boxed(a: u32) -> Box<dyn Iterator<Item = u32>> {
    Box::new(0..a)
}
fn boxed_old(a: u32) -> Box<dyn Iterator<Item = u32>> {
    Box::new(core::iter::once(a))
}

#[feature_gate("new_dashboard", value = 9..9 + a)]
fn opaque(a: u32) -> impl Iterator<Item = u32> {
    0..a
}

#[feature_gate("new_dashboard", fallback = either_old, either)]
fn either(a: u32) -> impl Iterator<Item = u32> {
    (0..a).map(|x| x * 2)
}
fn either_old(a: u32) -> impl Iterator<Item = u32> {
    core::iter::once(a)
}

#[feature_gate("new_dashboard", value = "old", either)]
fn displayed(a: u32) -> impl Display {
    if a == 0 {
        return u64::MAX;
    }
    u64::from(a)
}

#[test]
fn generic_functions_are_gated() {
    assert_eq!(both(|| show(&[1, 2], "x")), text("x2Some(1)", "x[1, 2]"));
    assert_eq!(both(|| pick("a", "b")), ("b", "a"));
    assert_eq!(both(made::<u64>), (2, 1));
    assert_eq!(both(name::<u8>), ("byte", "u8"));
    let printed = RefCell::new(Vec::new());
    both(|| print(1, |line| printed.borrow_mut().push(line)));
    assert_eq!(*printed.borrow(), ["old 1", "new 1"]);
}

#[test]
fn results_behind_a_trait_are_gated() {
    assert_eq!(both(|| boxed(2).collect::<Vec<_>>()), (vec![2], vec![0, 1]));
    assert_eq!(
        both(|| opaque(2).collect::<Vec<_>>()),
        (vec![9, 10], vec![0, 1])
    );
    assert_eq!(
        both(|| either(2).collect::<Vec<_>>()),
        (vec![2], vec![0, 2])
    );
    assert_eq!(both(|| displayed(5).to_string()), text("old", "5"));
}
