use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: u32, b: String) -> u32 {
    a + u32::from(b.is_empty())
}

fn old((a, b): (u32, String)) -> u32 {
    a + u32::from(b.is_empty())
}

fn main() {}
