//! What questions can't cost less than.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use arc_swap::{ArcSwap, Cache};
use flagstone_benchmarks::USER;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::row::{Bench, Way};

pub(crate) const EMPTY: &str = "an empty call";
pub(crate) const LOAD: &str = "a relaxed load and a branch";
pub(crate) const POINTER: &str = "a cached pointer";
pub(crate) const HASH: &str = "XXH3 of 36 bytes";
pub(crate) const HASH_AND_POINTER: &str = "XXH3 of 36 bytes and a cached pointer";
pub(crate) const CLOCK: &str = "a clock read";

static BYTE: AtomicU8 = AtomicU8::new(1);

pub(crate) fn add(bench: &mut Bench<'_>) {
    bench.add(EMPTY, EMPTY, Way::Plain, || true);
    bench.add(LOAD, LOAD, Way::Plain, || {
        let byte = BYTE.load(Ordering::Relaxed);
        if byte == 0xFF { None } else { Some(byte == 1) }
    });
    let hash = || xxh3_64_with_seed(black_box(USER).as_bytes(), black_box(42));
    let mut pointer = Cache::new(Arc::new(ArcSwap::from_pointee(u64::MAX / 2)));
    bench.add(POINTER, POINTER, Way::Plain, {
        let mut pointer = pointer.clone();
        move || **pointer.load()
    });
    bench.add(HASH, HASH, Way::Plain, hash);
    bench.add(HASH_AND_POINTER, HASH_AND_POINTER, Way::Plain, move || {
        hash() < **pointer.load()
    });
    bench.add(CLOCK, CLOCK, Way::Plain, now);
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is what a flag with a schedule can't do without"
)]
fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}
