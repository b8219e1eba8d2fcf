use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate(flags::Flags::NEW_DASHBOARD, fallback = old)]
fn new(a: u32) -> u32 {
    a
}

fn old(a: u32) -> u32 {
    a + 1
}

fn main() {}
