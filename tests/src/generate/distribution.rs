//! Percentages, rollouts and splits of every form.

use serde_json::{Map, Value, json};

use super::flag::{FlagShape, key_as_written};
use super::{Draft, Random, moment};

const WEIGHTS: [u64; 11] = [
    0,
    0,
    1,
    1,
    5,
    10,
    33,
    50,
    100,
    1_048_576,
    9_007_199_254_740_993,
];
/// At most one arm of a split has it, so that the sum stays within 63 bits.
const GREAT_WEIGHT: u64 = 4_000_000_000_000_000_003;

/// A percentage; what lies at the ends is likelier.
pub(super) fn percent(random: &mut Random) -> Value {
    let plain = [
        "0%",
        "0%",
        "0.000001%",
        "5%",
        "12.5%",
        "25%",
        "33.333333%",
        "50%",
        "50.0%",
        "99.999999%",
        "100%",
        "100%",
        "100.000000%",
    ];
    if random.chance(75) {
        random.pick(&plain).into()
    } else {
        format!("{}.{:06}%", random.below(100), random.below(1_000_000)).into()
    }
}

impl Draft {
    /// Who is taken.
    pub(super) fn rollout(&mut self) -> Value {
        match self.random.below(10) {
            0 | 1 => self.linear(),
            2 | 3 => self.steps(),
            _ => percent(&mut self.random),
        }
    }

    fn linear(&mut self) -> Value {
        let (one, other) = (self.near(), self.near());
        let (start, end) = (one.min(other), one.max(other).max(one.min(other) + 1));
        json!({
            "from": percent(&mut self.random),
            "to": percent(&mut self.random),
            "start": self.written(start),
            "end": self.written(end),
        })
    }

    fn steps(&mut self) -> Value {
        let mut times: Vec<i64> = (0..=self.random.below(4)).map(|_| self.near()).collect();
        times.sort_unstable();
        times.dedup();
        let steps = times
            .into_iter()
            .map(|time| json!({ "at": self.written(time), "to": percent(&mut self.random) }));
        steps.collect()
    }

    fn near(&mut self) -> i64 {
        moment::near(&mut self.random, self.now)
    }

    pub(super) fn written(&mut self, time: i64) -> Value {
        moment::written(&mut self.random, time).into()
    }

    /// What the taken get: a mapping, or a list that may name a variant twice.
    pub(super) fn split(&mut self, flag: &FlagShape) -> Value {
        let weights = self.weights();
        if self.random.chance(50) {
            let mut split = Map::new();
            let most = flag.variants.len();
            let variants = self.random.pick_some(&flag.variants, most);
            for (variant, weight) in variants.iter().zip(weights) {
                let key = key_as_written(&mut self.random, flag, variant);
                split.insert(key, weight.into());
            }
            return Value::Object(split);
        }
        weights
            .into_iter()
            .map(|weight| {
                let variant = self.random.pick(&flag.variants);
                let key = key_as_written(&mut self.random, flag, &variant);
                Value::Object(Map::from_iter([(key, weight.into())]))
            })
            .collect()
    }

    /// Up to five weights, the first of them above 0.
    fn weights(&mut self) -> Vec<u64> {
        let mut weights: Vec<u64> = (0..=self.random.below(5))
            .map(|_| self.random.pick(&WEIGHTS))
            .collect();
        if let Some(first) = weights.first_mut() {
            *first = if self.random.chance(3) {
                GREAT_WEIGHT
            } else {
                (*first).max(1)
            };
        }
        weights
    }
}
