use fixture_shop::flags::Flags;

fn new() -> bool {
    Flags::NEW_DASHBOARD.is_enabled()
}

fn main() {}
