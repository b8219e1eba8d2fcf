use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard")]
struct New {
    a: u32,
}

fn main() {}
