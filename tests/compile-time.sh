#!/usr/bin/env bash
# What flagstone adds to compile times. Two tables:
#
#   1. what 1 000 flags and 1 000 gates add to `cargo check` of a crate;
#   2. what a user's first debug build compiles, build script included: the crates, the time, and the costliest.
#
# tests/compile-time.sh [FOLDER]    generates the crates in FOLDER (target/compile-time if not given)
#
# TABLES is which of the two are printed (`1 2` if not given), RUNS the number of runs that a median is taken of,
# CARGO_BUILD_JOBS how many crates are compiled at a time.
set -euo pipefail

flagstone=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$flagstone/target/compile-time}
runs=${RUNS:-9}
export CARGO_BUILD_JOBS=${CARGO_BUILD_JOBS:-2}
export CARGO_INCREMENTAL=1
unset CARGO_TARGET_DIR RUSTFLAGS

# A crate that depends on flagstone; its flags come from standard input.
crate() { # name, features
    mkdir -p "$folder/$1/src"
    cat > "$folder/$1/Cargo.toml" <<EOF
[package]
name = "$1"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
flagstone = { path = "$flagstone/runtime", default-features = false, features = [$2] }

[build-dependencies]
flagstone-build = { path = "$flagstone/build-support", default-features = false, features = [$2] }
EOF
    printf 'fn main() {\n    flagstone_build::generate("flags.yaml");\n}\n' > "$folder/$1/build.rs"
    cp "$flagstone/Cargo.lock" "$folder/$1/Cargo.lock"
    cat > "$folder/$1/flags.yaml"
}

# 1 000 functions and their fallbacks, each with what $1 says of its number above it.
functions() {
    echo 'flagstone::include_flags!();'
    for number in $(seq 1000); do
        # shellcheck disable=SC2059
        printf "$1" "$number" "$number"
        echo "pub fn new_$number(a: u32, b: &str) -> String { format!(\"{a} {b} $number\") }"
        echo "pub fn old_$number(a: u32, b: &str) -> String { format!(\"old {a} {b} $number\") }"
    done
}

# The processor time of a command in milliseconds: of what one crate costs it says as much as the time on a clock, and it doesn't
# depend on what else the machine does.
milliseconds() {
    local TIMEFORMAT='%3U %3S' took
    if ! took=$({ time "$@" > "$folder/log" 2>&1; } 2>&1); then
        cat "$folder/log" >&2
        exit 1
    fi
    echo "$took" | awk '{ print int(($1 + $2) * 1000) }'
}

# The median times of `cargo check` of two crates after a change of a file. They take turns, so that an hour in which the machine
# is slow is slow for both.
medians() { # file
    local run crate
    for crate in ungated gated; do
        (cd "$folder/$crate" && cargo check --offline --quiet)
        : > "$folder/times-$crate"
    done
    for run in $(seq "$runs"); do
        for crate in ungated gated; do
            echo >> "$folder/$crate/$1"
            (cd "$folder/$crate" && milliseconds cargo check --offline --quiet) >> "$folder/times-$crate"
        done
    done
    for crate in ungated gated; do
        sort -n "$folder/times-$crate" | sed -n "$((runs / 2 + 1))p"
    done
}

# The first table.
gates() {
    printf 'version: 1\nflags: {}\n' | crate ungated ''
    functions '' > "$folder/ungated/src/lib.rs"

    {
        printf 'version: 1\nflags:\n'
        for number in $(seq 1000); do
            printf '  flag_%s: { description: "Number %s", rollout: 10%% }\n' "$number" "$number"
        done
    } | crate gated ''
    functions '#[flagstone::feature_gate("flag_%s", fallback = old_%s)]\n' > "$folder/gated/src/lib.rs"

    local gated ungated
    { read -r ungated && read -r gated; } < <(medians src/lib.rs)
    echo "1 000 flags and 1 000 gates, cargo check, processor time, medians of $runs runs:"
    echo "    after a change of src/lib.rs: $gated ms; without flags and gates $ungated ms; they add $((gated - ungated)) ms (at most 500)"
    { read -r ungated && read -r gated; } < <(medians flags.yaml)
    echo "    after a change of flags.yaml: $gated ms; without flags and gates $ungated ms"
}

# The second table: a row.
first_build() { # what, features
    echo 'version: 1
flags: { a: {} }' | crate first "$2"
    echo 'flagstone::include_flags!();' > "$folder/first/src/lib.rs"
    cd "$folder/first"
    cargo fetch --quiet --locked 2>/dev/null || cargo fetch --quiet
    rm -rf target
    local took crates
    took=$(milliseconds cargo build --offline --timings)
    took=$((took / CARGO_BUILD_JOBS))
    crates=$(cargo tree --offline --edges normal,build --prefix none --target "$(rustc -vV | sed -n 's/host: //p')" | sed 's/ (.*//' | sort -u | grep -cv '^first ')
    echo "the first debug build $1: $crates crates (at most 60), $took ms of each of $CARGO_BUILD_JOBS processors (at most $3); the costliest:"
    # A unit's line has its name, its version and its duration.
    tr -d '\n' < target/cargo-timings/cargo-timing.html | sed 's/.*const UNIT_DATA = \[//; s/\];.*//' | sed 's/}, *{/\n/g' |
        sed -n 's/.*"name": *"\([^"]*\)".*"version": *"\([^"]*\)".*"duration": *\([0-9.]*\).*/\3 s \1 \2/p' | sort -rn | head -8 | sed 's/^/    /'
}

for table in ${TABLES:-1 2}; do
    case $table in
        1) gates ;;
        2)
            first_build 'without regex' '' 25
            first_build 'with regex' '"regex"' 40
            ;;
    esac
done
