#!/usr/bin/env bash
# Puts the gate on every function of three published crates, and has the compiler check them.
#
# tests/gate-published.sh [FOLDER]    fetches the crates into FOLDER (target/published if not given)
#
# It prints how many functions were gated and each that was refused, with the compiler's message, and fails where a refusal
# is none of those that docs/gating.md lists. It fetches crates, so no ordinary test runs it.
set -euo pipefail

flagstone=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$flagstone/target/published}
mkdir -p "$folder"
export CARGO_TARGET_DIR="$folder/target"
cargo run --quiet --manifest-path "$flagstone/tests/published/Cargo.toml" -- "$folder"
