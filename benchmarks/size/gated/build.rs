//! Generates the flags.

fn main() {
    flagstone_build::generate("flags.yaml");
}
