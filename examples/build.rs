//! Generates the typed flags of the shop from the `flags.yaml` at the root of the repository.

fn main() {
    flagstone_build::generate("../flags.yaml");
}
