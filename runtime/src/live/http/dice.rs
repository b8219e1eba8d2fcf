//! Chance, so that clients that were hit at the same moment don't come back at the same moment.

use core::time::Duration;
use std::hash::{BuildHasher, RandomState};

/// `SplitMix64`: a test gives the seed, a program draws it.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One that no other process shares. The standard library's hasher is keyed by the system's randomness.
    pub(super) fn thrown() -> Self {
        Self::new(RandomState::new().hash_one(std::process::id()))
    }

    /// A length of time from nothing to `most`, each as likely.
    pub(super) fn up_to(&mut self, most: Duration) -> Duration {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
        let nanoseconds = (u128::from(most) * u128::from(mixed)) >> 64;
        Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_spread_evenly_over_the_whole_range() {
        let mut dice = Dice::new(1);
        let mut tenths = [0_u32; 10];
        for _ in 0..100_000 {
            let thrown = dice.up_to(Duration::from_secs(10));
            tenths[usize::try_from(thrown.as_secs()).unwrap()] += 1;
        }
        assert!(
            tenths.iter().all(|&count| (9_700..10_300).contains(&count)),
            "{tenths:?}"
        );
        assert_eq!(dice.up_to(Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn two_clients_throw_differently() {
        let first = |mut dice: Dice| dice.up_to(Duration::from_hours(1));
        assert_ne!(first(Dice::thrown()), first(Dice::thrown()));
    }
}
