//! Gates on functions of every kind: each is asked with its flag off and on.

#![deny(warnings, clippy::all, clippy::pedantic)]
#![allow(
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "gated functions panic and leave parameters alone, as functions do"
)]

use core::cell::RefCell;
use core::fmt::{Debug, Display};

use fixture_shop::flags::{self, Flags, Theme};
use flagstone::feature_gate;

/// What a question gives with the flag off, and on.
fn both<T>(ask: impl Fn() -> T) -> (T, T) {
    let off = ask();
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    (off, ask())
}

fn text(off: &str, on: &str) -> (String, String) {
    (off.to_owned(), on.to_owned())
}

mod arguments {
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
}

mod contexts {
    use super::*;
    use fixture_shop::flags::{Context, Plan};

    struct Request<'a> {
        context: Context<'a>,
        path: String,
    }

    #[feature_gate("beta", fallback = page_old, context = &request.context)]
    fn page(request: Request<'_>) -> String {
        request.path + "?new"
    }
    fn page_old(request: Request<'_>) -> String {
        request.path
    }

    #[feature_gate("beta", value = 1, context = context)]
    fn owned(context: Context<'_>) -> u32 {
        let _ = context;
        2
    }

    #[feature_gate("beta", value = 1, context = context)]
    fn borrowed(context: &Context<'_>) -> u32 {
        let _ = context;
        2
    }

    #[feature_gate("beta", value = 1, context = Context::new(user).plan(plan))]
    fn built(user: &str, plan: Plan) -> u32 {
        let _ = (user, plan);
        2
    }

    #[feature_gate("theme", variants(light, dark = night, "high-contrast" = night), context = context)]
    fn day(context: &Context<'_>) -> &'static str {
        let _ = context;
        "day"
    }
    fn night(_: &Context<'_>) -> &'static str {
        "night"
    }

    #[test]
    fn the_context_that_is_named_is_asked_about() {
        for (plan, expected) in [
            (Plan::Free, ("/", 1, 1, 1, "day")),
            (Plan::Premium, ("/?new", 2, 2, 2, "night")),
        ] {
            let context = Context::new("u-1").plan(plan);
            let path = "/".to_owned();
            let page = page(Request { context, path });
            let found = (
                page.as_str(),
                owned(context),
                borrowed(&context),
                built("u-1", plan),
                day(&context),
            );
            assert_eq!(found, expected, "{plan}");
        }
    }

    #[test]
    fn a_scope_is_asked_where_no_context_is_named() {
        #[feature_gate("beta", value = 1)]
        fn ambient() -> u32 {
            2
        }
        let premium = Context::new("u-1").plan(Plan::Premium);
        assert_eq!((ambient(), flags::scope(&premium).run(ambient)), (1, 2));
    }
}

mod variants {
    use super::*;

    #[feature_gate("theme", variants(light, dark = dark, "high-contrast" = contrast))]
    fn light(a: u32) -> String {
        format!("light {a}")
    }
    fn dark(a: u32) -> String {
        format!("dark {a}")
    }
    fn contrast(a: u32) -> String {
        format!("contrast {a}")
    }

    #[feature_gate("theme", variants(light, "high-contrast", dark = dark))]
    fn shared(a: u32) -> String {
        format!("bright {a}")
    }

    #[test]
    fn each_variant_has_its_function() {
        for (variant, one, two) in [
            (Theme::Light, "light 1", "bright 1"),
            (Theme::Dark, "dark 1", "dark 1"),
            (Theme::HighContrast, "contrast 1", "bright 1"),
        ] {
            let _forced = Flags::THEME.override_here(variant);
            assert_eq!(
                (light(1).as_str(), shared(1).as_str()),
                (one, two),
                "{variant}"
            );
        }
    }
}

mod generics {
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
}

mod patterns {
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
}

mod others {
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
}
