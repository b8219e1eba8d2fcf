use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: String) -> usize {
    a.len()
}

fn old(a: String) -> usize {
    a.len() + 1
}

fn main() {}
