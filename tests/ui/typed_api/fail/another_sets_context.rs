use fixture_library::switches::{Context, Required, Tier};
use fixture_shop::flags::Flags;

fn new() -> u32 {
    let context = Context::new(Required {
        tenant: "t-1",
        tier: Tier::Gold,
        version: "1.2".into(),
    });
    u32::from(Flags::BETA.is_enabled_for(&context))
}

fn main() {
    new();
}
