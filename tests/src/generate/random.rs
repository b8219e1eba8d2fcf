//! Numbers that look random and are the same for the same seed.

/// `SplitMix64`, by Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), with the
/// constants of Vigna's public-domain `splitmix64.c`.
///
/// ```
/// use flagstone_tests::Random;
///
/// // The first number of the published code for the seed 1234567.
/// assert_eq!(Random::new(1_234_567).number(), 6_457_827_717_110_365_317);
/// ```
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts at a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number; all are equally likely.
    pub const fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, near enough to equally likely; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % bound).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some values; a default value where there are none.
    pub fn pick<T: Clone + Default>(&mut self, of: &[T]) -> T {
        of.get(self.below(of.len())).cloned().unwrap_or_default()
    }

    /// Different ones of some values: at least one, at most `max`, where there are as many.
    pub fn pick_some<T: Clone>(&mut self, of: &[T], max: usize) -> Vec<T> {
        let mut left = of.to_vec();
        let mut picked = Vec::new();
        for _ in 0..=self.below(max) {
            if !left.is_empty() {
                picked.push(left.swap_remove(self.below(left.len())));
            }
        }
        picked
    }
}
