use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new() -> String {
    String::from("new")
}

fn old() -> &'static str {
    "old"
}

fn main() {}
