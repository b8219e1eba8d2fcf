use fixture_shop::flags::{Context, Flags, Plan};

fn new() -> u32 {
    let context = Context::new("u-1").plan("fre");
    u32::from(Flags::BETA.is_enabled_for(&context))
}

fn main() {
    new();
}
