use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", default)]
fn new(a: u32) -> u32 {
    a
}

fn main() {}
