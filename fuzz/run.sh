#!/usr/bin/env bash
# Fuzzes parser, checker and evaluator, one after the other, for so many seconds each (1800 if not given).
# It installs cargo-fuzz where it is missing. The compiler's own flags for coverage are unstable, hence RUSTC_BOOTSTRAP.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-1800}
command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked --quiet
export RUSTC_BOOTSTRAP=1

for target in parse check evaluate; do
    work=$(mktemp -d)
    cargo fuzz build --sanitizer none "$target"
    echo "== $target: $seconds seconds"
    cargo fuzz run --sanitizer none "$target" "$work" "corpus/$target" -- \
        -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=2048
    rm -r "$work"
done
echo "nothing was found"
