use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old, either)]
fn new(a: u32) -> impl Iterator<Item = u32> {
    0..a
}

fn old(a: u32) -> impl Iterator<Item = u32> {
    std::iter::once(a)
}

fn main() {}
