use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old::<u8>)]
fn new(a: u32) -> usize {
    a as usize
}

fn old<T>(a: u32) -> usize {
    a as usize + size_of::<T>()
}

fn main() {}
