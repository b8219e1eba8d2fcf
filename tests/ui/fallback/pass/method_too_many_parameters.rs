use fixture_shop::flags;
use flagstone::feature_gate;

struct Shop;

impl Shop {
    #[feature_gate("new_dashboard", fallback = self.old)]
    fn new(&self, _a: u32) -> u32 {
        1
    }

    fn old(&self, _a: u32) -> u32 {
        2
    }
}

fn main() {}
