//! Reloads while questions are asked.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

mod own {
    own!(reader);
}

/// A document of 1 000 flags, of which two say which round it is.
fn document(round: u64) -> String {
    let text = crate::flags::DOCUMENT.replace("control: blue", &format!("control: g{round}"));
    let mut text = text.replace("{ rows: 10 }", &format!("{{ rows: {round} }}"));
    for flag in 0..994 {
        writeln!(text, "  flag{flag}: {{ rollout: 50% }}").expect("memory");
    }
    text
}

/// How long questions take that 4 threads ask in scopes while something happens; each scope is checked for being of one round.
fn ask_during(happens: impl FnOnce()) -> Vec<Duration> {
    use own::reader::flags::{self, Context, Flags};
    let (over, all) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                let context = Context::new("u-1");
                let mut taken = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    flags::scope(&context).run(|| {
                        let start = Instant::now();
                        let color = Flags::BUTTON_COLOR.value();
                        taken.push(start.elapsed());
                        let rows = Flags::PAGE_SIZE.value().expect("it fits").rows;
                        assert!(*color == *format!("g{rows}") || (rows == 10 && *color == *"blue"));
                    });
                    // Otherwise the threads would only wait for each other's time slices.
                    std::thread::yield_now();
                }
                all.lock().unwrap().extend(taken);
            });
        }
        happens();
        over.store(true, Ordering::Relaxed);
    });
    let mut taken = all.into_inner().unwrap();
    taken.sort_unstable();
    taken
}

fn at(sorted: &[Duration], thousandths: usize) -> Duration {
    sorted[(sorted.len() - 1) * thousandths / 1000]
}

#[test]
fn reader_during_reload() {
    use std::io::Write as _;

    use own::reader::flags;
    // Where nothing is optimised, reading 1 000 flags takes 30 times as long.
    let reloads = if cfg!(debug_assertions) { 100 } else { 10_000 };
    let start = Instant::now();
    let during = ask_during(|| {
        for round in 0..reloads {
            let round = 1000 + round;
            flags::control()
                .publish("round", document(round))
                .expect("it is right");
        }
    });
    let took = start.elapsed();
    let without = ask_during(|| std::thread::sleep(took.min(Duration::from_secs(2))));
    assert_eq!(flags::status().reloads, reloads);
    let (during_p, without_p) = (at(&during, 999), at(&without, 999));
    let ratio = during_p.as_secs_f64() / without_p.as_secs_f64().max(1e-9);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{reloads} reloads of 1000 flags, each with all flags read anew, in {took:?}; {} questions in scopes\n\
         p99.9 of a question: {during_p:?} during reloads, {without_p:?} without, ratio {ratio:.2}; p50 {:?} and {:?}",
        during.len(),
        at(&during, 500),
        at(&without, 500),
    )
    .expect("written");
    // A question never waits for a reload: one of 1 000 flags takes milliseconds.
    assert!(at(&during, 500) < Duration::from_millis(1));
}
