use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", value = a)]
fn new((a, b): (u32, u32)) -> u32 {
    a + b
}

fn main() {}
