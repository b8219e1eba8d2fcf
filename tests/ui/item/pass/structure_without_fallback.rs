use fixture_shop::flags;
use flagstone::feature_gate;

struct New {
    a: u32,
}

impl New {
    #[feature_gate("new_dashboard", default)]
    fn new(&self) -> u32 {
        self.a
    }
}

fn main() {}
