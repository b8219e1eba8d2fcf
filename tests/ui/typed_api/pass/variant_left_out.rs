use fixture_shop::flags::{Flags, Theme};

fn new() -> u32 {
    match Flags::THEME.variant() {
        Theme::Light => 1,
        Theme::Dark => 2,
        Theme::HighContrast => 3,
    }
}

fn main() {
    new();
}
