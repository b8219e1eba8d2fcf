use fixture_shop::flags;
use flagstone::feature_gate;

#[feature_gate("new_dashboard", err = "off")]
fn new(a: u32) -> Result<u32, std::fmt::Error> {
    if a == 0 { Err(std::fmt::Error) } else { Ok(a) }
}

fn main() {}
