//! Gates on methods of every kind.

#![deny(warnings, clippy::all, clippy::pedantic)]

use core::pin::Pin;
use std::sync::Arc;

use fixture_shop::flags::{self, Flags};
use flagstone::feature_gate;

/// What a question gives with the flag off, and on.
fn both<T>(ask: impl Fn() -> T) -> (T, T) {
    let off = ask();
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    (off, ask())
}

#[derive(Debug, Clone, PartialEq)]
struct Shop<T> {
    open: T,
    visits: u32,
}

impl<T: Clone> Shop<T> {
    const fn new(open: T) -> Self {
        Self { open, visits: 0 }
    }

    #[feature_gate("new_dashboard", fallback = Self::by_reference_old)]
    fn by_reference(&self, a: u32) -> u32 {
        self.visits + a
    }
    fn by_reference_old(&self, a: u32) -> u32 {
        self.visits + a * 10
    }

    #[feature_gate("new_dashboard", fallback = Self::by_mutable_reference_old)]
    fn by_mutable_reference(&mut self) -> &mut u32 {
        self.visits += 1;
        &mut self.visits
    }
    fn by_mutable_reference_old(&mut self) -> &mut u32 {
        self.visits += 10;
        &mut self.visits
    }

    #[feature_gate("new_dashboard", fallback = self.by_value_old)]
    fn by_value(mut self, a: u32) -> Self {
        self.visits += a;
        self
    }
    fn by_value_old(self, a: u32) -> Self {
        Self {
            visits: self.visits + a * 10,
            ..self
        }
    }

    #[feature_gate("new_dashboard", fallback = Self::by_arc_old)]
    fn by_arc(self: Arc<Self>) -> usize {
        Arc::strong_count(&self)
    }
    fn by_arc_old(self: Arc<Self>) -> usize {
        Arc::strong_count(&self) * 10
    }

    #[feature_gate("new_dashboard", fallback = Self::by_pin_old)]
    fn by_pin(self: Pin<&mut Self>) -> u32 {
        self.visits + 1
    }
    fn by_pin_old(self: Pin<&mut Self>) -> u32 {
        self.visits + 10
    }

    #[feature_gate("new_dashboard", fallback = Self::without_self_old)]
    fn without_self(open: T) -> Self {
        Self::new(open)
    }
    fn without_self_old(open: T) -> Self {
        Self { open, visits: 10 }
    }

    #[feature_gate("new_dashboard", fallback = free_old)]
    fn free_fallback(&self, a: u32) -> u32 {
        self.visits + a
    }

    #[feature_gate("new_dashboard", value = self.visits)]
    fn value_of_self(&self) -> u32 {
        self.visits + 1
    }

    #[feature_gate("new_dashboard", fallback = self.generic_old::<U>)]
    fn generic<U: Default + Into<u32>>(&self, a: u32) -> u32 {
        self.visits + a + U::default().into()
    }
    fn generic_old<U: Default + Into<u32>>(&self, a: u32) -> u32 {
        self.visits + a * 10 + U::default().into()
    }

    #[feature_gate("theme", variants(light, dark = Self::night, "high-contrast" = self.night))]
    fn day(&self, a: u32) -> u32 {
        self.visits + a
    }
    fn night(&self, a: u32) -> u32 {
        self.visits + a * 10
    }
}

fn free_old<T>(shop: &Shop<T>, a: u32) -> u32 {
    shop.visits + a * 10
}

trait Counter {
    fn count(&mut self, by: u32) -> u32;

    #[feature_gate("new_dashboard", fallback = Self::provided_old)]
    fn provided(&mut self, by: u32) -> u32 {
        self.count(by)
    }
    fn provided_old(&mut self, by: u32) -> u32 {
        self.count(by * 10)
    }
}

impl Counter for Shop<u8> {
    #[feature_gate("new_dashboard", fallback = Self::count_old)]
    fn count(&mut self, by: u32) -> u32 {
        self.visits += by;
        self.visits
    }
}

impl Shop<u8> {
    fn count_old(&mut self, by: u32) -> u32 {
        self.visits += by * 100;
        self.visits
    }
}

#[test]
fn methods_are_gated_whatever_their_receiver() {
    let shop = || Shop::new(1_u8);
    for (kind, found, expected) in [
        ("&self", both(|| shop().by_reference(2)), (20, 2)),
        (
            "&mut self",
            both(|| *shop().by_mutable_reference()),
            (10, 1),
        ),
        ("self", both(|| shop().by_value(2).visits), (20, 2)),
        (
            "self: Pin",
            both(|| Pin::new(&mut shop()).by_pin()),
            (10, 1),
        ),
        ("no self", both(|| Shop::without_self(1_u8).visits), (10, 0)),
        ("a free fallback", both(|| shop().free_fallback(2)), (20, 2)),
        ("a value", both(|| shop().value_of_self()), (0, 1)),
        ("generic", both(|| shop().generic::<u8>(2)), (20, 2)),
        ("of a trait", both(|| shop().count(2)), (200, 2)),
        ("provided", both(|| shop().provided(2)), (2000, 2)),
    ] {
        assert_eq!(found, expected, "{kind}");
    }
    assert_eq!(both(|| Arc::new(shop()).by_arc()), (10, 1));
}

#[test]
fn a_method_has_one_for_each_variant() {
    let shop = Shop::new(1_u8);
    for (variant, expected) in [
        (flags::Theme::Light, 2),
        (flags::Theme::Dark, 20),
        (flags::Theme::HighContrast, 20),
    ] {
        let _forced = Flags::THEME.override_here(variant);
        assert_eq!(shop.day(2), expected, "{variant}");
    }
}
