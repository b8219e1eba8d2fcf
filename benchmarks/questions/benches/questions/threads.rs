//! Two threads beside one.

use std::hint::{black_box, spin_loop};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flagstone_benchmarks::USER;
use flagstone_benchmarks::flags::{self, Context, Flags};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How long each thread asks, about: much longer than it takes them to begin together.
const SAMPLE: Duration = Duration::from_millis(2);
/// How often one thread and two are measured.
const TURNS: usize = 250;

/// Prints how many times the work of one thread two threads do in the same time.
pub(crate) fn print(out: &mut impl Write, calls: u32, given: &Context<'_>) -> io::Result<()> {
    writeln!(
        out,
        "\n| on two threads | times one thread |\n| --- | --- |"
    )?;
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
        // In turns, since a machine may be busy for a while; the best of each counts, since all else only adds. Many short
        // ones: two processors seldom have their best while at the same time.
        let calls = calls_in(SAMPLE, calls, question);
        let (mut one, mut two) = (0.0, 0.0);
        for _ in 0..TURNS {
            one = rate(1, calls, question).max(one);
            two = rate(2, calls, question).max(two);
        }
        writeln!(out, "| {name} | {:.2} |", two / one)?;
    }
    Ok(())
}

/// How many calls take so long, about.
fn calls_in(time: Duration, calls: u32, question: &(dyn Fn() + Sync)) -> u32 {
    let seconds = f64::from(calls) / rate(1, calls, question);
    let times = (time.as_secs_f64() / seconds).clamp(1.0, 1e3);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was clamped"
    )]
    calls.saturating_mul(times as u32)
}

/// Calls a second, of all threads together.
fn rate(threads: u32, calls: u32, question: &(dyn Fn() + Sync)) -> f64 {
    // They spin, so that all begin within less than a microsecond.
    let ready = AtomicU32::new(0);
    let spans: Vec<(Instant, Instant)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    ready.fetch_add(1, Ordering::AcqRel);
                    while ready.load(Ordering::Acquire) < threads {
                        spin_loop();
                    }
                    let start = Instant::now();
                    for _ in 0..calls {
                        question();
                    }
                    (start, Instant::now())
                })
            })
            .collect();
        let spans = threads.into_iter().map(thread::ScopedJoinHandle::join);
        spans.filter_map(Result::ok).collect()
    });
    // From the first beginning to the last end: what one thread does before or after the other isn't done at the same time.
    let first = spans.iter().map(|(start, _)| *start).min();
    let last = spans.iter().map(|(_, end)| *end).max();
    let elapsed = first.zip(last).map(|(first, last)| last - first);
    f64::from(threads * calls) / elapsed.map_or(f64::NAN, |elapsed| elapsed.as_secs_f64())
}
