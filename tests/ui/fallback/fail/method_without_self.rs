// rustc's own rewriting stays: it offers it for every method call that meets one function without `self`, wherever the
// call is from. Calling by a path instead would lose methods that are found through a dereference of `self`.
use fixture_shop::flags;
use flagstone::feature_gate;

struct Shop;

impl Shop {
    #[feature_gate("new_dashboard", fallback = self.old)]
    fn new(&self, _a: u32) -> u32 {
        1
    }

    fn old(_a: u32) -> u32 {
        2
    }
}

fn main() {}
