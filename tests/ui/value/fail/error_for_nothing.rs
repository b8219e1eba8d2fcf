use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", err = "off")]
fn new(_: u32) {}

fn main() {}
