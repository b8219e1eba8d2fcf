use fixture_shop::flags::{Context, Flags};

fn new() -> u32 {
    u32::from(Flags::BETA.is_enabled_for(&Context::new("u-1")))
}

fn main() {
    new();
}
