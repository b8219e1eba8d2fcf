use fixture_shop::flags;

fn main() {}
