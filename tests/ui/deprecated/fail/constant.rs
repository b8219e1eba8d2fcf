#![deny(deprecated)]

use fixture_shop::flags::Flags;

fn new() -> bool {
    Flags::LEGACY_EXPORT.is_enabled()
}

fn main() {}
