//! Two threads beside one.

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use flagstone_benchmarks::USER;
use flagstone_benchmarks::flags::{self, Context, Flags};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Prints how many times the work of one thread two threads do in the same time.
pub(crate) fn print(out: &mut impl Write, calls: u32, given: &Context<'_>) -> io::Result<()> {
    writeln!(
        out,
        "\n| on two threads | times one thread |\n| --- | --- |"
    )?;
    // Long enough that starting the threads is lost in it.
    let calls = calls.saturating_mul(40);
    let rows: [(&str, &(dyn Fn() + Sync)); 5] = [
        ("XXH3 of 36 bytes, which shares nothing", &|| {
            black_box(xxh3_64_with_seed(black_box(USER).as_bytes(), black_box(42)));
        }),
        ("a constant flag", &|| {
            black_box(black_box(Flags::CONSTANT).is_enabled());
        }),
        ("a rollout of 50 %, for a context", &|| {
            black_box(Flags::HALF.is_enabled_for(black_box(given)));
        }),
        ("a rule of three conditions, for a context", &|| {
            black_box(Flags::RULED.is_enabled_for(black_box(given)));
        }),
        ("making a scope and dropping it", &|| {
            drop(black_box(flags::scope(black_box(given))));
        }),
    ];
    for (name, question) in rows {
        // In turns, since a machine may be busy for a while; the best of each counts, since all else only adds.
        let (mut one, mut two) = (0.0, 0.0);
        for _ in 0..15 {
            one = rate(1, calls, question).max(one);
            two = rate(2, calls, question).max(two);
        }
        writeln!(out, "| {name} | {:.2} |", two / one)?;
    }
    Ok(())
}

/// Calls a second, of all threads together.
fn rate(threads: u32, calls: u32, question: &(dyn Fn() + Sync)) -> f64 {
    let barrier = Barrier::new(threads as usize);
    let seconds = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    let start = Instant::now();
                    for _ in 0..calls {
                        question();
                    }
                    start.elapsed().as_secs_f64()
                })
            })
            .collect();
        let times = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(f64::NAN));
        times.fold(0.0, f64::max)
    });
    f64::from(threads * calls) / seconds
}
