use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", default)]
fn new(_: u32) {}

fn main() {}
