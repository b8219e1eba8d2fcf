use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: u32) -> Result<u32, String> {
    Ok(a)
}

fn old(a: u32) -> Result<u32, String> {
    Ok(a + 1)
}

fn main() {}
