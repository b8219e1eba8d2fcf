#!/usr/bin/env bash
# What flagstone adds to a stripped release binary, and to a debug build from nothing.
#
# usage: benchmarks/size/measure.sh [passes]
#
# Prints a Markdown table. Each row is a program: one without flags, and that of the README with flagstone and some of its
# features. Of several passes the lowest figure counts. What is downloaded first isn't part of any figure.
set -euo pipefail
# A build that fails ends the run, wherever it is called.
shopt -s inherit_errexit

passes=${1:-1}
here=$(cd "$(dirname "$0")" && pwd)
target=$(mktemp -d)
trap 'rm -rf "$target"' EXIT
cd "$here"
cargo fetch --quiet

rows=("without flags|bare|" "flagstone without features|gated|" "with \`regex\`, the default|gated|regex"
    "with \`http\`|gated|http" "with \`regex\` and \`http\`|gated|regex,http")

# Builds from nothing and prints the seconds of all processors that it took: the clock's depend on what else the machine does.
timed_build() {
    rm -rf "$target/debug"
    local TIMEFORMAT='%U %S'
    { time CARGO_TARGET_DIR=$target cargo build --quiet --offline --package "$1" --features "$2" 2>/dev/null; } 2>&1 |
        awk '{ printf "%.1f\n", $1 + $2 }'
}

binary_bytes() {
    CARGO_TARGET_DIR=$target cargo build --quiet --offline --release --package "$1" --features "$2"
    wc -c <"$target/release/$1"
}

crates() {
    cargo tree --quiet --offline --package "$1" --features "$2" --edges normal,build --prefix none | sed 's/ (\*)$//' | sort -u | wc -l
}

echo "| program | crates | stripped release binary, KiB | added | clean debug build, s of the processor | added |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
first_bytes=
first_cpu=
for row in "${rows[@]}"; do
    IFS='|' read -r title package features <<<"$row"
    bytes=$(binary_bytes "$package" "$features")
    cpu=$(for ((pass = 0; pass < passes; pass++)); do timed_build "$package" "$features"; done | sort -n | sed -n 1p)
    first_bytes=${first_bytes:-$bytes}
    first_cpu=${first_cpu:-$cpu}
    awk -v title="$title" -v crates="$(crates "$package" "$features")" -v bytes="$bytes" -v first="$first_bytes" \
        -v cpu="$cpu" -v first_cpu="$first_cpu" \
        'BEGIN { printf "| %s | %d | %d | %d | %.1f | %.1f |\n", title, crates, bytes / 1024, (bytes - first) / 1024, cpu, cpu - first_cpu }'
done
echo
echo "$(rustc --version), $(cargo --version), $(getconf _NPROCESSORS_ONLN) processors, the best of $passes."
