//! Many short samples, of which others are taken in between.

use std::any::Any;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use crate::engine::Failure;

/// How long a sample takes, about. A scheduler's slice is longer, so most samples aren't interrupted.
const SAMPLE: Duration = Duration::from_micros(150);

/// Samples of one thing.
pub struct Sampled {
    calls_per_round: usize,
    run: Box<dyn Fn(usize)>,
    rounds: usize,
    nanoseconds: Vec<f64>,
}

impl Sampled {
    /// A thing that `run` does a number of rounds of, with so many calls in each.
    pub fn new(calls_per_round: usize, run: impl Fn(usize) + 'static) -> Self {
        let mut sampled = Self {
            calls_per_round,
            run: Box::new(run),
            rounds: 1,
            nanoseconds: Vec::new(),
        };
        // The first time is slower than the rest.
        while sampled.time() < SAMPLE / 2 {
            sampled.rounds *= 2;
        }
        sampled
    }

    fn time(&self) -> Duration {
        let start = Instant::now();
        (self.run)(self.rounds);
        start.elapsed()
    }

    /// Takes a sample more.
    pub fn sample(&mut self) {
        let elapsed = allocation_counter_off(|| self.time());
        let calls = self.rounds * self.calls_per_round;
        self.nanoseconds.push(nanoseconds(elapsed) / count(calls));
    }

    /// What the samples say.
    pub fn spread(&self) -> Spread {
        Spread::of(&self.nanoseconds)
    }
}

type Loads = dyn Fn() -> Result<Box<dyn Any>, Failure>;

/// Loading a document, over and over.
pub struct Loading {
    /// The document's size in bytes.
    pub document: usize,
    load: Box<Loads>,
    nanoseconds: Vec<f64>,
    heap: Vec<f64>,
}

impl Loading {
    /// Loading that `load` does.
    pub fn new(
        document: usize,
        load: impl Fn() -> Result<Box<dyn Any>, Failure> + 'static,
    ) -> Self {
        Self {
            document,
            load: Box::new(load),
            nanoseconds: Vec::new(),
            heap: Vec::new(),
        }
    }

    /// Loads once for the bytes that stay and once for the time. The first leaves the allocator as this engine does: after
    /// another engine's load, what that one freed would be tidied up at this one's cost.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn sample(&mut self) -> Result<(), Failure> {
        let mut loaded = None;
        let counted = allocation_counter::measure(|| loaded = Some((self.load)()));
        drop(loaded.transpose()?);
        let (elapsed, loaded) = allocation_counter_off(|| {
            // Loading takes longer than a scheduler's slice: the processor's time is counted, of all threads.
            let start = ProcessTime::now();
            let loaded = (self.load)();
            (start.elapsed(), loaded)
        });
        drop(loaded?);
        self.nanoseconds.push(nanoseconds(elapsed));
        self.heap.push(count(
            usize::try_from(counted.bytes_current).unwrap_or_default(),
        ));
        Ok(())
    }

    /// How long it takes, in nanoseconds.
    pub fn time(&self) -> Spread {
        Spread::of(&self.nanoseconds)
    }

    /// How much heap stays, in bytes.
    pub fn heap(&self) -> Spread {
        Spread::of(&self.heap)
    }
}

/// The allocator of this program counts allocations, and that costs; while time is taken it only asks whether it should.
fn allocation_counter_off<T>(run: impl FnOnce() -> T) -> T {
    let mut output = None;
    allocation_counter::opt_out(|| output = Some(run()));
    output.unwrap_or_else(|| unreachable!("`opt_out` runs what it is given"))
}

/// The middle of many samples, and how far they are from it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    /// Half of the samples are lower.
    pub median: f64,
    /// Half of the distance between the lowest quarter and the highest.
    pub half_quartiles: f64,
}

impl Spread {
    fn of(samples: &[f64]) -> Self {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |quarters: usize| {
            let index = sorted.len().saturating_sub(1) * quarters / 4;
            sorted.get(index).copied().unwrap_or_default()
        };
        Self {
            median: at(2),
            half_quartiles: (at(3) - at(1)) / 2.0,
        }
    }
}

fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

#[allow(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
fn count(count: usize) -> f64 {
    count as f64
}
