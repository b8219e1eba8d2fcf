//! Directories that are swapped, and clocks that jump.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::directory::{Directory, HOUR};
use crate::world::{Memory, Simulated};

mod own {
    own!(swapped, real, jumped, day);
}

/// The document of a generation, which says so in two flags.
fn generation(number: u64) -> String {
    let text = crate::flags::DOCUMENT.replace("control: blue", &format!("control: g{number}"));
    text.replace("{ rows: 10 }", &format!("{{ rows: {number} }}"))
}

/// Random enough to mix ways of writing, and the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// Lets 4 threads ask, while something happens, whether two flags are of the same generation and never of an earlier one than before.
macro_rules! while_asking {
    ($flags:ident, $body:block) => {{
        let (over, asked) = (AtomicBool::new(false), AtomicU64::new(0));
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    let context = $flags::Context::new("u-1");
                    let mut newest = 0;
                    while !over.load(Ordering::Relaxed) {
                        let (color, rows) = $flags::scope(&context).run(|| {
                            let color = $flags::Flags::BUTTON_COLOR.value();
                            let rows = $flags::Flags::PAGE_SIZE.value().map(|page| page.rows);
                            (color, rows.expect("it fits"))
                        });
                        if rows != 10 || *color != *"blue" {
                            assert_eq!(*color, *format!("g{rows}"), "an in-between");
                            assert!(rows >= newest, "{rows} after {newest}");
                            newest = rows;
                        }
                        asked.fetch_add(1, Ordering::Relaxed);
                        std::thread::yield_now();
                    }
                });
            }
            let finished = Finish(&over);
            $body
            drop(finished);
        });
        assert!(asked.into_inner() > 0);
    }};
}

/// Ends the threads that ask, also where the test fails.
struct Finish<'o>(&'o AtomicBool);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Writes a file in one of the ways in which files are written, step by step. Some steps make no event.
fn write(way: u64, text: &str, files: &Memory, clock: &Simulated, dice: &mut Dice) {
    let mut event = || {
        if dice.throw(4) > 0 {
            files.notify();
        }
    };
    let step = |at_once: u64| clock.advance(Duration::from_millis(at_once), 1);
    let (half, most) = (text.len() / 2, text.len() * 9 / 10);
    match way {
        // A link on the way is swapped, or a file renamed over it.
        0 | 1 => {
            files.put("flags.yaml", text);
            event();
        }
        // It is deleted and restored, after a moment or after minutes.
        2 | 3 => {
            files.remove("flags.yaml");
            event();
            step(if way == 2 { 5 } else { 200_000 });
            files.put("flags.yaml", text);
            event();
        }
        // It is truncated and written in parts.
        _ => {
            for end in [0, half, most, text.len()] {
                files.put("flags.yaml", &text.as_bytes()[..end]);
                event();
                step(10);
            }
        }
    }
}

#[test]
fn configmap_swap() {
    use own::swapped::flags;
    let (files, clock, mut dice) = (Memory::default(), Simulated::default(), Dice(5));
    files.put("flags.yaml", generation(100));
    let live = flags::live().file("flags.yaml").files(files.clone());
    let live = live.clock(clock.clone()).poll_every(Duration::from_secs(2));
    let _live = live.start().expect("it starts");
    while_asking!(flags, {
        for number in 101..=1100 {
            write(
                dice.throw(5),
                &generation(number),
                &files,
                &clock,
                &mut dice,
            );
            clock.advance(Duration::from_secs(3), 1);
            assert_eq!(
                flags::Flags::PAGE_SIZE.value().expect("it fits").rows,
                number
            );
        }
    });
    let status = flags::status();
    assert_eq!(status.reloads, 1001, "nothing else was taken: {status}");
    assert!(
        status.last_error.is_none() && status.problems.is_empty(),
        "{status}"
    );
    swaps_on_the_real_file_system();
}

#[cfg(not(unix))]
fn swaps_on_the_real_file_system() {}

/// What the kubelet does: a directory for each version, and a link to it that is renamed over the last one.
#[cfg(unix)]
fn swaps_on_the_real_file_system() {
    use std::fs;
    use std::os::unix::fs::symlink;

    use own::real::flags::{self, Schema};
    let directory = Directory::new();
    let root = &directory.0;
    let swap = |number: u64| {
        let version = format!("..v{number}");
        fs::create_dir(root.join(&version)).expect("made");
        fs::write(root.join(&version).join("flags.yaml"), generation(number)).expect("written");
        symlink(&version, root.join("..data_tmp")).expect("linked");
        fs::rename(root.join("..data_tmp"), root.join("..data")).expect("renamed");
        // There is none before the first.
        let _ = fs::remove_dir_all(root.join(format!("..v{}", number - 1)));
    };
    swap(100);
    symlink("..data/flags.yaml", root.join("flags.yaml")).expect("linked");
    let live = flags::live().file(root.join("flags.yaml")).poll_every(HOUR);
    let _live = live.start().expect("it starts");
    while_asking!(flags, {
        for number in 101..=150 {
            swap(number);
            let is_there = || flags::Flags::PAGE_SIZE.value().expect("it fits").rows == number;
            crate::directory::wait_for::<Schema>("the swap", |_| is_there());
        }
    });
}

#[test]
fn clock_jump() {
    use own::jumped::flags;
    const HOUR: i64 = 3_600_000;
    const YEAR: i64 = 365 * 24 * HOUR;
    let (files, clock) = (Memory::default(), Simulated::default());
    files.put("flags.yaml", generation(100));
    let live = flags::live().file("flags.yaml").files(files.clone());
    let _live = live.clock(clock.clone()).start().expect("it starts");
    for (number, jump) in (101..).zip([HOUR, -HOUR, YEAR, -YEAR, -YEAR, YEAR, 0]) {
        clock.jump(jump);
        // Nobody says that the file changed: it is found by looking again, as soon as ever.
        files.put("flags.yaml", generation(number));
        clock.advance(Duration::from_secs(3), 1);
        assert_eq!(
            flags::Flags::PAGE_SIZE.value().expect("it fits").rows,
            number,
            "{jump}"
        );
        assert_eq!(
            flags::status().loaded_at.milliseconds() / HOUR,
            now(&clock) / HOUR
        );
        assert!(flags::status().stale_since.is_none());
    }
}

fn now(clock: &Simulated) -> i64 {
    flagstone::Clock::now(clock).milliseconds()
}

#[test]
fn a_day_of_failures_takes_a_moment() {
    use own::day::flags;
    let (files, clock, mut dice) = (Memory::default(), Simulated::default(), Dice(9));
    let live = flags::live().file("flags.yaml").files(files.clone());
    let _live = live.clock(clock.clone()).start().expect("it starts");
    let mut newest = None;
    for minute in 0..24 * 60 {
        match dice.throw(4) {
            0 => files.remove("flags.yaml"),
            1 => files.put("flags.yaml", "version: 1\nflags: ["),
            2 => files.put("flags.yaml", [0xff, 0xfe]),
            _ => {
                newest = Some(minute + 100);
                files.put("flags.yaml", generation(minute + 100));
            }
        }
        clock.advance(Duration::from_mins(1), 1);
        let rows = flags::Flags::PAGE_SIZE.value().expect("it fits").rows;
        assert_eq!(
            rows,
            newest.unwrap_or(10),
            "the last good one, at minute {minute}"
        );
    }
    let status = flags::status();
    assert!(status.retries > 1000 && status.refusals > 100, "{status}");
}
