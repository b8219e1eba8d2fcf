use fixture_shop::flags::Flags;

fn new() -> u32 {
    u32::from(Flags::NEW_DASHBOARD.is_enabled())
}

fn main() {
    new();
}
