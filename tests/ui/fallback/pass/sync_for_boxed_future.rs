use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new(a: u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move { a })
}

async fn old(a: u32) -> u32 {
    a + 1
}

fn main() {}
