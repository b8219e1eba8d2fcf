use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: u32, b: String, c: bool) -> u32 {
    a + u32::from(b.is_empty() && c)
}

fn old(c: bool, a: u32, b: String) -> u32 {
    a + u32::from(b.is_empty() && c)
}

fn main() {}
