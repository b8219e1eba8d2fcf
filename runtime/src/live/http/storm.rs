//! Named test: a server that misbehaves for a day, and a thousand clients that must not make it worse.

mod whole;

use core::time::Duration;

use super::dice::Dice;
use super::schedule::{Outcome, Pace, Schedule};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_hours(24);
const CLIENTS: u64 = 1_000;
/// What the docs promise: 10 at once, and one for each 15 s.
const DAY_CAP: u64 = 10 + 24 * 60 * 4;

/// Counts requests as they leave, by other arithmetic than the schedule's.
#[derive(Debug, Default)]
struct Counter {
    count: u64,
    /// How full the allowance is, in requests, and since when.
    level: f64,
    at: Duration,
}

impl Counter {
    fn request(&mut self, now: Duration) {
        let drained = now.saturating_sub(self.at).as_secs_f64() / 15.0;
        self.level = (self.level - drained).max(0.0) + 1.0;
        self.at = now;
        self.count += 1;
        assert!(
            self.level < 10.0 + 1e-6,
            "too many requests at {now:?}: {}",
            self.level
        );
    }
}

/// What a look comes to, by the number of the look: how long it takes, how many requests it is, and how it ends.
type Server = fn(u64) -> (Duration, u64, Outcome);

fn failed(asked: Option<Duration>) -> Outcome {
    Outcome::Failed { asked }
}

fn ended(lasted: Duration) -> Outcome {
    Outcome::StreamEnded {
        lasted,
        asked: None,
    }
}

/// Kinds of misbehaviour, with how many requests a client may send in a day on the average, and how many all may
/// send in one second, after ten minutes of trouble that began for all at the same moment.
const KINDS: [(&str, Server, u64, u32); 16] = [
    ("answers 500", |_| (SECOND, 1, failed(None)), 620, 40),
    (
        "answers 429",
        |_| (Duration::ZERO, 1, failed(None)),
        620,
        40,
    ),
    (
        "answers 429, Retry-After: 0",
        |_| (Duration::ZERO, 1, failed(Some(Duration::ZERO))),
        620,
        40,
    ),
    (
        "answers 429, Retry-After: 60",
        |_| (Duration::ZERO, 1, failed(Some(SECOND * 60))),
        620,
        40,
    ),
    (
        "answers 503, Retry-After: a year",
        |_| (Duration::ZERO, 1, failed(Some(DAY * 365))),
        24,
        40,
    ),
    (
        "doesn't resolve",
        |_| (Duration::ZERO, 1, failed(None)),
        620,
        40,
    ),
    ("doesn't accept", |_| (SECOND * 5, 1, failed(None)), 600, 40),
    (
        "closes at once",
        |_| (Duration::ZERO, 1, failed(None)),
        620,
        40,
    ),
    ("hangs", |_| (SECOND * 30, 1, failed(None)), 500, 40),
    (
        "trickles a byte a second",
        |_| (SECOND * 60, 1, failed(None)),
        430,
        40,
    ),
    (
        "lies about its length",
        |_| (SECOND, 1, failed(None)),
        620,
        40,
    ),
    (
        "redirects in circles",
        |_| (Duration::ZERO, 6, failed(None)),
        6 * 620,
        160,
    ),
    (
        "closes streams at once",
        |_| (Duration::ZERO, 1, ended(Duration::ZERO)),
        620,
        40,
    ),
    (
        "closes streams as soon as they count as steady",
        |_| (SECOND * 60, 1, ended(SECOND * 60)),
        1_400,
        1_000,
    ),
    (
        "says 304 for ever",
        |_| (Duration::ZERO, 1, Outcome::Answered),
        2_900,
        1_000,
    ),
    (
        "answers every other time",
        |look| {
            let outcome = if look % 2 == 0 {
                failed(None)
            } else {
                Outcome::Answered
            };
            (Duration::ZERO, 1, outcome)
        },
        5_500,
        1_000,
    ),
];

/// A day of one client; each second of it gets the requests that fall into it.
fn day(server: Server, seed: u64, seconds: &mut [u32]) -> u64 {
    let mut schedule = Schedule::new(Pace::polling_every(SECOND * 30), Dice::new(seed));
    let mut counter = Counter::default();
    let mut now = Duration::ZERO;
    let mut look = 0;
    while now < DAY {
        if let Err(wait) = schedule.spend(now) {
            now += wait;
            continue;
        }
        let (takes, requests, mut outcome) = server(look);
        look += 1;
        let mut sent = 1;
        while sent < requests {
            if let Err(wait) = schedule.spend(now) {
                outcome = failed(Some(wait));
                break;
            }
            sent += 1;
        }
        for _ in 0..sent {
            counter.request(now);
        }
        let second = usize::try_from(now.as_secs()).unwrap();
        seconds[second] += u32::try_from(sent).unwrap();
        now += takes;
        now += schedule.after(outcome, now);
    }
    counter.count
}

#[test]
fn retry_storm() {
    for (name, server, average, crowd) in KINDS {
        let mut seconds = vec![0; 24 * 60 * 60];
        let counts: Vec<u64> = (0..CLIENTS)
            .map(|seed| day(server, seed, &mut seconds))
            .collect();
        let (total, most) = (counts.iter().sum::<u64>(), counts.iter().max().unwrap());
        let crowded = seconds[600..].iter().max().unwrap();
        println!(
            "{name}: {} a client, {most} at the most, {crowded} in one second",
            total / CLIENTS
        );
        assert!(*most <= DAY_CAP, "{name}: {most}");
        assert!(total <= average * CLIENTS, "{name}: {}", total / CLIENTS);
        assert!(total > CLIENTS * 10, "{name}: they gave up");
        assert!(*crowded <= crowd, "{name}: {crowded} in one second");
    }
}
