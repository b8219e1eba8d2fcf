use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", default, context = user.1)]
fn new(user: (u32, flags::Context<'_>)) -> u32 {
    user.0
}

fn main() {}
