use fixture_shop::flags::Flags;

fn new() -> u32 {
    u32::from(Flags::THEME.is_enabled())
}

fn main() {
    new();
}
