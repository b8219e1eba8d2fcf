use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new() -> u32 {
    1
}

fn old(a: u32, b: String) -> u32 {
    a + u32::from(b.is_empty())
}

fn main() {}
