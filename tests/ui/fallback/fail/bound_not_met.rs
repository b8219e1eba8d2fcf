use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old)]
fn new<T>(a: T) -> usize {
    size_of_val(&a)
}

fn old<T: Copy>(a: T) -> usize {
    size_of_val(&a) + 1
}

fn main() {}
