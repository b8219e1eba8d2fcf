#!/usr/bin/env bash
# Counts the instructions of the main questions, and fails where one takes more than its limit; looks at the machine code of a
# gated function. It installs valgrind and the benchmark's runner where they are missing.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    apt-get update -qq && apt-get install -qq -y valgrind libc6-dbg >/dev/null
fi
runner=$(sed -n 's/^gungraun = "=\(.*\)"/\1/p' Cargo.toml)
if [ "$(gungraun-runner --version 2>/dev/null | awk '{print $2}')" != "$runner" ]; then
    # Unoptimised, since it only reads what valgrind writes and builds in half the time.
    cargo install --locked --quiet --debug --version "$runner" gungraun-runner
fi
cargo test --locked --quiet --profile bench --test assembly
cargo bench --locked --bench instructions "$@"
