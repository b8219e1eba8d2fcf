use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", value = 0)]
fn new((a, b): (u32, u32)) -> u32 {
    a + b
}

fn main() {}
