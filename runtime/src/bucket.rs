//! Bucketing: which units a percentage takes, and which arm of a split a unit gets.
//!
//! The formulas are frozen for ever under `version: 1` of the language; all of it is integer arithmetic in 128 bits.

use flagstone_model::{Arm, MicroPercent};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::context::Unit;

/// What a position is for. Each purpose has positions of its own, so that raising a percentage moves nobody between arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Whether the unit is taken.
    Rollout,
    /// What the taken unit gets.
    Split,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Rollout => "rollout",
            Self::Split => "split",
        }
    }
}

/// The hash that turns a text into a position. Documents of `version: 1` know one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// XXH3, 64 bits.
    Xxh3,
}

/// Where positions come from: the hash, seeded by a salt and a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed {
    hash: Hash,
    seed: u64,
}

impl Seed {
    /// Bytes of a salt and a purpose that are put together without an allocation: nearly every salt is a flag's key.
    const ROOM: usize = 128;

    /// `xxh3(utf8(salt + "/" + purpose), 0)`.
    pub(crate) fn new(salt: &str, purpose: Purpose) -> Self {
        let parts = [salt, "/", purpose.name()];
        let mut room = [0; Self::ROOM];
        let mut end = 0;
        for part in parts {
            let start = end;
            end += part.len();
            match room.get_mut(start..end) {
                Some(place) => place.copy_from_slice(part.as_bytes()),
                None => return Self::of_text(parts.concat().as_bytes()),
            }
        }
        Self::of_text(room.get(..end).unwrap_or_default())
    }

    fn of_text(text: &[u8]) -> Self {
        Self {
            hash: Hash::Xxh3,
            seed: xxh3_64_with_seed(text, 0),
        }
    }

    /// `xxh3(utf8(text), seed)`.
    #[inline]
    pub(crate) fn position(self, text: &str) -> Position {
        match self.hash {
            Hash::Xxh3 => Position(xxh3_64_with_seed(text.as_bytes(), self.seed)),
        }
    }

    /// The position of a unit; `None` where there is none.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a call around the hash costs half as much as the hash"
    )]
    pub(crate) fn position_of(self, unit: Unit<'_>) -> Option<Position> {
        match unit {
            Unit::Text(text) => Some(self.position(text)),
            _ => self.position_of_other(unit),
        }
    }

    /// Kept out of line: nearly all units are texts.
    #[inline(never)]
    fn position_of_other(self, unit: Unit<'_>) -> Option<Position> {
        unit.with_text(|text| self.position(text))
    }

    /// The seed as a word, which says all there is as long as there is one hash.
    pub(crate) const fn to_word(self) -> u64 {
        match self.hash {
            Hash::Xxh3 => self.seed,
        }
    }

    /// The seed of a word.
    #[inline]
    pub(crate) const fn of_word(seed: u64) -> Self {
        Self {
            hash: Hash::Xxh3,
            seed,
        }
    }

    /// The seed and the name of its hash, for digests.
    pub(crate) const fn parts(self) -> (&'static str, u64) {
        match self.hash {
            Hash::Xxh3 => ("xxh3", self.seed),
        }
    }
}

/// Where a text lies among all texts, evenly spread over 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(u64);

impl Position {
    pub(crate) const fn to_word(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) const fn of_word(word: u64) -> Self {
        Self(word)
    }

    /// How much of all positions lies below it, rounded down.
    pub(crate) fn share(self) -> MicroPercent {
        let hundred = u128::from(MicroPercent::HUNDRED.millionths());
        millionths((u128::from(self.0) * hundred) >> 64)
    }

    /// The smallest percentage that takes it.
    pub(crate) fn taken_from(self) -> MicroPercent {
        least_percentage(u128::from(self.0) + 1)
    }
}

/// The smallest percentage whose threshold is at least this bound of positions.
fn least_percentage(bound: u128) -> MicroPercent {
    let hundred = u128::from(MicroPercent::HUNDRED.millionths());
    millionths((bound * hundred).div_ceil(1 << 64))
}

fn millionths(millionths: u128) -> MicroPercent {
    let millionths = u32::try_from(millionths).ok();
    millionths
        .and_then(MicroPercent::from_millionths)
        .unwrap_or(MicroPercent::HUNDRED)
}

/// The positions that a percentage takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// Those below it.
    Below(u64),
    /// Every one, even without a text.
    All,
}

impl Threshold {
    /// No position.
    pub(crate) const NONE: Self = Self::Below(0);

    /// `floor(m · 2^64 / 10^8)` for m millionths of a percent; 10^8 takes all.
    pub(crate) fn new(percentage: MicroPercent) -> Self {
        floor_of_share(
            percentage.millionths().into(),
            MicroPercent::HUNDRED.millionths().into(),
        )
        .map_or(Self::All, Self::Below)
    }

    /// The percentage that has this threshold.
    pub(crate) fn percentage(self) -> MicroPercent {
        match self {
            Self::Below(bound) => least_percentage(bound.into()),
            Self::All => MicroPercent::HUNDRED,
        }
    }

    /// The first position that isn't taken; `None` where all are.
    pub(crate) fn below(self) -> Option<Position> {
        match self {
            Self::Below(bound) => Some(Position(bound)),
            Self::All => None,
        }
    }

    #[inline]
    pub(crate) fn takes(self, position: Position) -> bool {
        match self {
            Self::Below(bound) => position.0 < bound,
            Self::All => true,
        }
    }
}

/// `floor(part · 2^64 / whole)`; `None` where that is 2^64, the bound above every position.
fn floor_of_share(part: u64, whole: u64) -> Option<u64> {
    let share = (u128::from(part) << 64).checked_div(u128::from(whole))?;
    u64::try_from(share).ok()
}

/// A split's arms as bounds of positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arms {
    bounds: Box<[ArmBound]>,
    /// What is above every bound.
    last: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ArmBound {
    below: u64,
    variant: u32,
}

impl Arms {
    /// The arm of a position is the first of which `position < floor(cum · 2^64 / total)`. An arm without weight is never
    /// that: its bound is the one before it. `ordinal` says what each arm's variant is called in the compiled flag.
    pub(crate) fn new(arms: &[Arm], ordinal: impl Fn(&Arm) -> u32) -> Self {
        let total = arms
            .iter()
            .fold(0_u64, |sum, arm| sum.saturating_add(arm.weight));
        // The last arm needs no bound.
        let mut bounds = Vec::with_capacity(arms.len().saturating_sub(1));
        let mut cumulated = 0_u64;
        let mut last = 0;
        for arm in arms.iter().filter(|arm| arm.weight > 0) {
            cumulated = cumulated.saturating_add(arm.weight);
            last = ordinal(arm);
            if let Some(below) = floor_of_share(cumulated, total) {
                bounds.push(ArmBound {
                    below,
                    variant: last,
                });
            }
        }
        Self {
            bounds: bounds.into(),
            last,
        }
    }

    /// The variant that a position gets.
    #[inline]
    pub(crate) fn variant(&self, position: Position) -> u32 {
        self.bounds
            .iter()
            .find(|arm| position.0 < arm.below)
            .map_or(self.last, |arm| arm.variant)
    }

    /// Each arm's bound and variant, the last without a bound.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Option<u64>, u32)> {
        let bounded = self.bounds.iter().map(|arm| (Some(arm.below), arm.variant));
        bounded.chain(core::iter::once((None, self.last)))
    }
}

#[cfg(test)]
mod tests {
    use flagstone_model::VariantIndex;

    use super::*;

    #[test]
    fn positions_are_frozen() {
        let uuid = "550e8400-e29b-41d4-a716-446655440000";
        for (salt, purpose, text, position) in [
            (
                "new_dashboard",
                Purpose::Rollout,
                "u-1",
                0xe64a_02ee_d3b4_d186,
            ),
            (
                "new_dashboard",
                Purpose::Split,
                "u-1",
                0x79d0_a804_bb3b_6d6b,
            ),
            (
                "new_dashboard",
                Purpose::Rollout,
                "u-17",
                0x551d_afe2_a02a_a50b,
            ),
            (
                "new_dashboard",
                Purpose::Split,
                "u-17",
                0x4ab5_2229_9149_30f8,
            ),
            (
                "button_color",
                Purpose::Rollout,
                uuid,
                0x2659_5c64_b45e_27c5,
            ),
            ("button_color", Purpose::Split, uuid, 0xdd02_a943_ad93_a28e),
            (
                "ui.dark-mode",
                Purpose::Rollout,
                "größe-42",
                0x17a6_5927_63e1_a520,
            ),
            (
                "ui.dark-mode",
                Purpose::Split,
                "größe-42",
                0x4aa5_76a0_8c76_ee4c,
            ),
            ("a", Purpose::Rollout, "", 0x0383_2f06_bf7a_956e),
            ("a", Purpose::Split, "", 0xb85d_1b3c_b183_6826),
        ] {
            assert_eq!(
                Seed::new(salt, purpose).position(text),
                Position(position),
                "{salt} {purpose:?} {text}"
            );
        }
    }

    #[test]
    fn salts_of_any_length_are_hashed_whole() {
        for length in [0, 1, 119, 120, 121, 128, 300] {
            let salt = "s".repeat(length);
            for (purpose, name) in [(Purpose::Rollout, "rollout"), (Purpose::Split, "split")] {
                let seed = xxh3_64_with_seed(format!("{salt}/{name}").as_bytes(), 0);
                assert_eq!(Seed::new(&salt, purpose).to_word(), seed, "{length} {name}");
            }
        }
    }

    #[test]
    fn a_percentage_takes_the_positions_below_its_threshold() {
        for (millionths, threshold) in [
            (0, Threshold::NONE),
            (1, Threshold::Below(184_467_440_737)),
            (25_000_000, Threshold::Below(1 << 62)),
            (33_333_333, Threshold::Below(6_148_914_629_747_370_292)),
            (50_000_000, Threshold::Below(1 << 63)),
            (99_999_999, Threshold::Below(18_446_743_889_242_110_878)),
            (100_000_000, Threshold::All),
        ] {
            let percentage = MicroPercent::from_millionths(millionths).unwrap();
            assert_eq!(Threshold::new(percentage), threshold, "{millionths}");
            assert_eq!(threshold.percentage(), percentage, "{millionths}");
        }
    }

    #[test]
    fn a_position_is_taken_from_one_percentage_on() {
        for (position, share, taken_from) in [
            (0, 0, 1),
            (184_467_440_736, 0, 1),
            (184_467_440_737, 0, 2),
            ((1 << 62) - 1, 24_999_999, 25_000_000),
            (1 << 62, 25_000_000, 25_000_001),
            (u64::MAX, 99_999_999, 100_000_000),
        ] {
            let position = Position(position);
            assert_eq!(position.share().millionths(), share, "{position:?}");
            let from = position.taken_from().millionths();
            assert_eq!(from, taken_from, "{position:?}");
            let takes = |millionths| {
                let percentage = MicroPercent::from_millionths(millionths).unwrap();
                Threshold::new(percentage).takes(position)
            };
            assert!(takes(from) && !takes(from - 1), "{position:?}");
        }
    }

    #[test]
    fn arms_share_the_positions_in_their_order() {
        type Row<'r> = (&'r [u64], &'r [(u64, u32)]);
        let rows: [Row<'_>; 6] = [
            (&[1], &[(0, 0), (u64::MAX, 0)]),
            (
                &[1, 1],
                &[(0, 0), ((1 << 63) - 1, 0), (1 << 63, 1), (u64::MAX, 1)],
            ),
            (&[0, 1, 0], &[(0, 1), (u64::MAX, 1)]),
            (
                &[1, 0, 3, 0],
                &[((1 << 62) - 1, 0), (1 << 62, 2), (u64::MAX, 2)],
            ),
            (
                &[1, 1, 1],
                &[
                    (6_148_914_691_236_517_204, 0),
                    (6_148_914_691_236_517_205, 1),
                ],
            ),
            (&[u64::MAX - 1, 1], &[(u64::MAX - 2, 0), (u64::MAX, 1)]),
        ];
        for (weights, answers) in rows {
            let arms: Vec<Arm> = weights
                .iter()
                .enumerate()
                .map(|(index, weight)| Arm {
                    variant: VariantIndex::new(index),
                    weight: *weight,
                })
                .collect();
            let arms = Arms::new(&arms, |arm| u32::try_from(arm.variant.get()).unwrap());
            for (position, variant) in answers {
                assert_eq!(
                    arms.variant(Position(*position)),
                    *variant,
                    "{weights:?} at {position}"
                );
            }
        }
    }
}
