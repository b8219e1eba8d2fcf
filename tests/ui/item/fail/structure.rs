use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
#[derive(Debug)]
struct New {
    a: u32,
}

fn old(a: u32) -> u32 {
    a + 1
}

fn main() {}
