//! What a question costs, beside what it can't cost less than: `cargo bench -p flagstone-examples`.
//!
//! The rows are measured in turns, several times; the best pass of each counts, since everything else that a machine does
//! only adds. Ratios to the floor hold better than figures from one machine to the next.

use std::hint::black_box;
use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

use flagstone::feature_gate;

flagstone::include_flags!();
use flags::{Context, Flags};

const CALLS: u32 = 1_000_000;
const PASSES: usize = 15;
const UNIT: &str = "550e8400-e29b-41d4-a716-446655440000";

static BYTE: AtomicU8 = AtomicU8::new(1);

#[feature_gate("free_shipping_banner", fallback = without_banner)]
fn banner(price: u32) -> u32 {
    price.wrapping_mul(3)
}

fn without_banner(price: u32) -> u32 {
    price
}

/// A row: what is measured, and the row that is its floor.
struct Row<'r> {
    name: &'static str,
    floor: &'static str,
    ask: Box<dyn FnMut() -> f64 + 'r>,
    best: f64,
}

impl<'r> Row<'r> {
    fn new(
        name: &'static str,
        floor: &'static str,
        mut question: impl FnMut() -> u32 + 'r,
    ) -> Self {
        let ask = Box::new(move || nanoseconds(&mut question));
        Self {
            name,
            floor,
            ask,
            best: f64::INFINITY,
        }
    }
}

/// Nanoseconds a call.
fn nanoseconds(question: &mut impl FnMut() -> u32) -> f64 {
    let start = Instant::now();
    let mut sum = 0_u32;
    for _ in 0..CALLS {
        sum = sum.wrapping_add(black_box(question()));
    }
    black_box(sum);
    start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let half = include_str!("../../flags.yaml").replacen("rollout: 25%", "rollout: 50%", 1);
    let folder = std::env::temp_dir().join(format!("flagstone-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("flags.yaml"), half)?;
    let live = flags::live().file(folder.join("flags.yaml")).start()?;
    std::fs::remove_dir_all(&folder)?;

    let context = Context::new(UNIT);
    let mut rows = rows(&context);
    for _ in 0..PASSES {
        for row in &mut rows {
            row.best = row.best.min((row.ask)());
        }
    }
    print(&rows)?;
    drop(live);
    Ok(())
}

fn rows<'r>(context: &'r Context<'r>) -> Vec<Row<'r>> {
    let scope = flags::scope(context);
    let cached = std::sync::Arc::new(arc_swap::ArcSwap::from_pointee(1_u32));
    let mut pointer = arc_swap::Cache::new(cached);
    vec![
        Row::new("empty loop", "empty loop", || 1),
        Row::new("relaxed load and branch", "empty loop", || {
            if BYTE.load(Ordering::Relaxed) == 1 {
                1
            } else {
                2
            }
        }),
        Row::new(
            "constant flag, the constant",
            "relaxed load and branch",
            || u32::from(Flags::FREE_SHIPPING_BANNER.is_enabled()),
        ),
        Row::new(
            "constant flag, #[feature_gate]",
            "relaxed load and branch",
            || banner(black_box(7)),
        ),
        Row::new("constant flag, in a scope", "relaxed load and branch", {
            let scope = scope.clone();
            move || {
                let scope = scope.clone();
                scope.run(|| {
                    (0..100)
                        .map(|_| u32::from(black_box(Flags::FREE_SHIPPING_BANNER).is_enabled()))
                        .sum()
                })
            }
        }),
        Row::new(
            "XXH3 of 36 bytes and a cached pointer",
            "XXH3 of 36 bytes and a cached pointer",
            move || {
                let hash = xxhash_rust::xxh3::xxh3_64_with_seed(black_box(UNIT).as_bytes(), 42);
                **pointer.load() + u32::from(hash > u64::MAX / 2)
            },
        ),
        Row::new(
            "50 % rollout, for a context",
            "XXH3 of 36 bytes and a cached pointer",
            || u32::from(Flags::NEW_DASHBOARD.is_enabled_for(black_box(context))),
        ),
        Row::new(
            "50 % rollout, in a scope",
            "XXH3 of 36 bytes and a cached pointer",
            move || {
                let scope = scope.clone();
                scope.run(|| {
                    (0..100)
                        .map(|_| u32::from(black_box(Flags::NEW_DASHBOARD).is_enabled()))
                        .sum()
                })
            },
        ),
    ]
}

fn print(rows: &[Row<'_>]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    // Questions in a scope are asked a hundred times for each time that the scope is entered.
    let figure = |row: &Row<'_>| {
        if row.name.ends_with("in a scope") {
            row.best / 100.0
        } else {
            row.best
        }
    };
    let find = |name: &str| {
        rows.iter()
            .find(|row| row.name == name)
            .map_or(f64::NAN, figure)
    };
    writeln!(
        out,
        "\n{:<40} {:>9}   {:>7}  floor",
        "question", "ns a call", "ratio"
    )?;
    for row in rows {
        let ratio = figure(row) / find(row.floor);
        writeln!(
            out,
            "{:<40} {:>9.2}   {ratio:>6.2}x  {}",
            row.name,
            figure(row),
            row.floor
        )?;
    }
    Ok(())
}
