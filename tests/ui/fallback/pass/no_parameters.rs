use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new() -> u32 {
    1
}

fn old() -> u32 {
    2
}

fn main() {}
