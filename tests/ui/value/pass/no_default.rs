use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", value = std::cmp::Ordering::Less)]
fn new(a: u32) -> std::cmp::Ordering {
    a.cmp(&1)
}

fn main() {}
