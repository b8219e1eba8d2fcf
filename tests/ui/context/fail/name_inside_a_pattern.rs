use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old, context = user)]
fn new((user, a): (&flags::Context<'_>, u32)) -> u32 {
    let _ = user;
    a
}

fn old((_, a): (&flags::Context<'_>, u32)) -> u32 {
    a + 1
}

fn main() {}
