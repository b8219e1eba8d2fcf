use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
async fn new(a: u32, b: String) -> u32 {
    a + u32::from(b.is_empty())
}

async fn old(b: String, a: u32) -> u32 {
    a + u32::from(b.is_empty())
}

fn main() {}
