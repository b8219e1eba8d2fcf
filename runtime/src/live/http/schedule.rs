//! When to ask: a state machine that knows neither clock nor network.
//!
//! Time is how long it is since the source started, and comes in as an argument, as chance does.

use core::time::Duration;

use super::dice::Dice;

/// How fast to go at the most. The figures are promises that `docs/http-source.md` repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pace {
    /// From one successful look to the next, give or take a tenth.
    pub(super) poll: Duration,
    /// No wait after a failure is shorter.
    pub(super) shortest_retry: Duration,
    /// The first failure waits up to twice as long as this, the second up to four times as long, and so on …
    pub(super) first_retry: Duration,
    /// … but no longer than this.
    pub(super) longest_retry: Duration,
    /// What a server may ask for at the most.
    pub(super) longest_asked: Duration,
    /// Requests that may be sent at once; after that, one for each `spacing`.
    pub(super) burst: u32,
    pub(super) spacing: Duration,
    /// A stream that lasted as long has not broken, but ended.
    pub(super) steady: Duration,
    /// Streams that may break one after the other before a spell of polling.
    pub(super) stream_tries: u32,
    pub(super) polling_spell: Duration,
}

impl Pace {
    /// From every second to once a day; what is beyond is taken for the nearest of them.
    pub(super) fn polling_every(poll: Duration) -> Self {
        let poll = poll.clamp(Duration::from_secs(1), Duration::from_hours(24));
        Self {
            poll,
            shortest_retry: Duration::from_secs(1),
            first_retry: Duration::from_secs(2),
            longest_retry: Duration::from_mins(5),
            longest_asked: Duration::from_hours(1),
            burst: 10,
            spacing: (poll / 2).min(Duration::from_secs(15)),
            steady: Duration::from_mins(1),
            stream_tries: 3,
            polling_spell: Duration::from_mins(10),
        }
    }

    /// The same, so many times as fast.
    pub(super) fn hurried(self, times: u32) -> Self {
        let times = times.max(1);
        Self {
            poll: self.poll / times,
            shortest_retry: self.shortest_retry / times,
            first_retry: self.first_retry / times,
            longest_retry: self.longest_retry / times,
            longest_asked: self.longest_asked / times,
            spacing: self.spacing / times,
            steady: self.steady / times,
            polling_spell: self.polling_spell / times,
            ..self
        }
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server answered with a document, be it a wrong one, or said that there is nothing new.
    Answered,
    /// There was no answer that helps. The server may have asked to be left alone for a while.
    Failed { asked: Option<Duration> },
    /// A stream came to its end, after this time. It may have said how long to wait before the next.
    StreamEnded {
        lasted: Duration,
        asked: Option<Duration>,
    },
    /// The program asked for a look now while a stream was open.
    Interrupted,
}

#[derive(Debug)]
pub(super) struct Schedule {
    pace: Pace,
    allowance: Allowance,
    dice: Dice,
    /// Attempts that failed since something worked.
    failures: u32,
    /// Streams that broke one after the other.
    breaks: u32,
    polling_until: Duration,
}

impl Schedule {
    pub(super) fn new(pace: Pace, dice: Dice) -> Self {
        Self {
            allowance: Allowance::new(pace.burst, pace.spacing),
            pace,
            dice,
            failures: 0,
            breaks: 0,
            polling_until: Duration::ZERO,
        }
    }

    /// Takes leave to send one request, or says how long to wait for it.
    pub(super) fn spend(&mut self, now: Duration) -> Result<(), Duration> {
        self.allowance.spend(now)
    }

    /// Whether to ask for a stream.
    pub(super) fn wants_stream(&self, now: Duration) -> bool {
        now >= self.polling_until
    }

    /// Whether this was a stream that lasted as long as streams should.
    pub(super) fn was_steady(&self, outcome: Outcome) -> bool {
        matches!(outcome, Outcome::StreamEnded { lasted, .. } if lasted >= self.pace.steady)
    }

    /// How long to wait after an attempt.
    pub(super) fn after(&mut self, outcome: Outcome, now: Duration) -> Duration {
        match outcome {
            Outcome::Answered => {
                self.failures = 0;
                self.breaks = 0;
                let tenth = self.pace.poll / 10;
                tenth * 9 + self.dice.up_to(tenth * 2)
            }
            Outcome::Failed { asked } => self.retry(asked),
            Outcome::StreamEnded { asked, .. } => {
                if self.was_steady(outcome) {
                    self.failures = 0;
                    self.breaks = 0;
                } else {
                    self.breaks += 1;
                }
                if self.breaks >= self.pace.stream_tries {
                    self.breaks = 0;
                    self.polling_until = now + self.pace.polling_spell;
                }
                self.retry(asked)
            }
            Outcome::Interrupted => Duration::ZERO,
        }
    }

    /// Full jitter: anything up to a bound that doubles. Who was asked to wait comes back a little later than asked,
    /// each client at its own moment.
    fn retry(&mut self, asked: Option<Duration>) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let doubled = 1_u32.checked_shl(self.failures).unwrap_or(u32::MAX);
        let bound = self.pace.first_retry.saturating_mul(doubled);
        let bound = bound.min(self.pace.longest_retry);
        // Nobody is moved up to the shortest wait: that would make a crowd there.
        let shortest = self.pace.shortest_retry;
        let wait = shortest + self.dice.up_to(bound.saturating_sub(shortest));
        let asked = asked.unwrap_or_default().min(self.pace.longest_asked);
        if asked.is_zero() {
            return wait;
        }
        wait.max(asked + self.dice.up_to((asked / 4).max(self.pace.first_retry)))
    }
}

/// Requests that may be sent: some at once, then one for each span of time. In any time `t` it allows no more than
/// `burst + t / spacing`.
#[derive(Debug)]
struct Allowance {
    /// When everything that was spent will have come back.
    full_at: Duration,
    spacing: Duration,
    slack: Duration,
}

impl Allowance {
    fn new(burst: u32, spacing: Duration) -> Self {
        Self {
            full_at: Duration::ZERO,
            spacing,
            slack: spacing * burst.saturating_sub(1),
        }
    }

    fn spend(&mut self, now: Duration) -> Result<(), Duration> {
        let full_at = self.full_at.max(now);
        let missing = full_at.saturating_sub(now).saturating_sub(self.slack);
        if missing.is_zero() {
            self.full_at = full_at + self.spacing;
            Ok(())
        } else {
            Err(missing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn schedule(seed: u64) -> Schedule {
        Schedule::new(Pace::polling_every(SECOND * 30), Dice::new(seed))
    }

    /// The shortest and the longest of the waits that many clients get after the same outcomes.
    fn waits(outcomes: &[Outcome]) -> (Duration, Duration) {
        let waits = (0..2000).map(|seed| {
            let mut schedule = schedule(seed);
            let waits = outcomes
                .iter()
                .map(|&outcome| schedule.after(outcome, Duration::ZERO));
            waits.last().unwrap()
        });
        let waits: Vec<Duration> = waits.collect();
        (*waits.iter().min().unwrap(), *waits.iter().max().unwrap())
    }

    #[test]
    fn waits_have_full_jitter_a_floor_and_a_cap() {
        let failed = Outcome::Failed { asked: None };
        let asked = |seconds| Outcome::Failed {
            asked: Some(SECOND * seconds),
        };
        let ended = |seconds, asked: Option<u32>| Outcome::StreamEnded {
            lasted: SECOND * seconds,
            asked: asked.map(|asked| SECOND * asked),
        };
        for (outcomes, from, to) in [
            (vec![Outcome::Answered], 27, 33),
            (vec![failed], 1, 4),
            (vec![failed, failed], 1, 8),
            (vec![failed; 3], 1, 16),
            (vec![failed; 7], 1, 256),
            (vec![failed; 8], 1, 300),
            (vec![failed; 1000], 1, 300),
            (vec![failed, failed, Outcome::Answered, failed], 1, 4),
            (vec![asked(0)], 1, 4),
            (vec![asked(60)], 60, 75),
            (vec![asked(365 * 86_400)], 3_600, 4_500),
            // A stream that lasted starts anew, one that broke counts.
            (vec![failed, failed, ended(60, None)], 1, 4),
            (vec![ended(0, None), ended(59, None)], 1, 8),
            (vec![ended(60, Some(20))], 20, 25),
            (vec![Outcome::Interrupted], 0, 0),
        ] {
            let (shortest, longest) = waits(&outcomes);
            let what = (outcomes.last().copied(), shortest, longest);
            assert!(
                shortest >= SECOND * from && longest <= SECOND * to,
                "{what:?}"
            );
            // The whole range is used.
            let used = longest.saturating_sub(shortest).as_secs_f64();
            assert!(used >= f64::from(to - from) * 0.9, "{what:?}");
        }
    }

    #[test]
    fn polls_have_bounds_and_the_allowance_goes_with_them() {
        for (wanted, poll, spacing) in [
            (Duration::ZERO, SECOND, SECOND / 2),
            (SECOND * 10, SECOND * 10, SECOND * 5),
            (SECOND * 30, SECOND * 30, SECOND * 15),
            (SECOND * 600, SECOND * 600, SECOND * 15),
            (Duration::MAX, SECOND * 86_400, SECOND * 15),
        ] {
            let pace = Pace::polling_every(wanted);
            assert_eq!((pace.poll, pace.spacing), (poll, spacing), "{wanted:?}");
        }
    }

    #[test]
    fn streams_that_break_are_followed_by_a_spell_of_polling() {
        let mut schedule = schedule(1);
        let broke = Outcome::StreamEnded {
            lasted: SECOND,
            asked: None,
        };
        for _ in 0..2 {
            let now = SECOND;
            assert!(schedule.wants_stream(now));
            schedule.after(broke, now);
            schedule.after(broke, now);
            assert!(schedule.wants_stream(now));
            // What lasted, or an answer in between, makes them no longer consecutive.
            schedule.after(Outcome::Answered, now);
        }
        for _ in 0..3 {
            schedule.after(broke, SECOND * 10);
        }
        assert!(!schedule.wants_stream(SECOND * 609));
        assert!(schedule.wants_stream(SECOND * 610));
    }

    #[test]
    fn no_more_requests_leave_than_are_allowed() {
        for step in [1, 100, 999, 1_000, 14_999, 15_000, 15_001, 400_000] {
            let mut schedule = schedule(1);
            let mut sent: Vec<Duration> = Vec::new();
            let mut now = Duration::ZERO;
            while now < SECOND * 3_600 {
                match schedule.spend(now) {
                    Ok(()) => sent.push(now),
                    Err(wait) => assert!(!wait.is_zero() && wait <= SECOND * 15),
                }
                now += Duration::from_millis(step);
            }
            for (first, from) in sent.iter().enumerate() {
                for (last, to) in sent.iter().enumerate().skip(first) {
                    let allowed = 10 + to.saturating_sub(*from).as_millis() / 15_000;
                    let count = u128::try_from(last - first + 1).unwrap();
                    assert!(count <= allowed, "{count} from {from:?} to {to:?}");
                }
            }
        }
    }
}
