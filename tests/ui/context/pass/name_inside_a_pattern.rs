use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", fallback = old, context = both.0)]
fn new(both: (&flags::Context<'_>, u32)) -> u32 {
    let (user, a) = both;
    let _ = user;
    a
}

fn old((_, a): (&flags::Context<'_>, u32)) -> u32 {
    a + 1
}

fn main() {}
