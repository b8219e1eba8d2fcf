// rustc's own parentheses stay: it offers them wherever the arguments' types are those of the expected tuple, and has no
// condition on where the call is from. Giving the arguments another type would cost them their coercions.
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
