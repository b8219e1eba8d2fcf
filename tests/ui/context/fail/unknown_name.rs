use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", default, context = usr)]
fn new(user: &flags::Context<'_>) -> u32 {
    let _ = user;
    1
}

fn main() {}
