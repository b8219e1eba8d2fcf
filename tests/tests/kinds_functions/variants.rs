//! Gates of flags with variants.

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
