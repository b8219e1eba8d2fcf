use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: [u8; 3]) -> usize {
    a.len()
}

fn old(a: [u8; 3]) -> usize {
    a.len() + 1
}

fn main() {}
