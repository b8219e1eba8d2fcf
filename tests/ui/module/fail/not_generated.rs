flagstone::include_flags!();

fn main() {}
