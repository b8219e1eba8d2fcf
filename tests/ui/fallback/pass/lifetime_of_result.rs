use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new<'a>(a: &'a str, _b: &str) -> &'a str {
    a
}

fn old<'a>(a: &'a str, _b: &str) -> &'a str {
    a
}

fn main() {}
