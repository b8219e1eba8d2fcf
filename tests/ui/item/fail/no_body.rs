use fixture_shop::flags;
use flagstone::feature_gate;

trait New {
    #[feature_gate("new_dashboard", fallback = Self::old)]
    fn new(&self, a: u32) -> u32;

    fn old(&self, a: u32) -> u32;
}

fn main() {}
