use fixture_shop::flags;
use flagstone::feature_gate;

struct Shop;

impl Shop {
    #[feature_gate("new_dashbord", fallback = Self::old)]
    fn new(&self, a: u32) -> u32 {
        a
    }

    fn old(&self, a: u32) -> u32 {
        a + 1
    }
}

fn main() {}
