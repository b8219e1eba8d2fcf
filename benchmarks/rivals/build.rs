//! Generates flagstone's flags.

fn main() {
    flagstone_build::generate("flags.yaml");
}
