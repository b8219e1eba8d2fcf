//! Compiled distributions: what a group of units gets.

use flagstone_model::{self as model, Arm, MicroPercent, Taken, Timestamp};

use crate::bucket::{Arms, Position, Purpose, Seed, Threshold};
use crate::context::Slots;
use crate::evaluate::Now;

/// What a group of units gets.
#[derive(Debug)]
pub(crate) enum Distribution {
    /// Each of them this variant.
    Serve(u32),
    /// Whoever is taken gets its share.
    Share(Box<Share>),
}

/// A share of units, with all that is needed to find who is in it.
#[derive(Debug)]
pub(crate) struct Share {
    /// The slot of the attribute to bucket by.
    pub(crate) by: u32,
    /// Positions that say who is taken.
    pub(crate) seed: Seed,
    pub(crate) rollout: Rollout,
    pub(crate) gives: Gives,
}

/// Who is taken.
#[derive(Debug)]
pub(crate) enum Rollout {
    /// A plain percentage, or all where none is written.
    Fixed(Threshold),
    /// Linear between two moments.
    Linear(Box<Linear>),
    /// The last reached holds; none before the first.
    Steps(Box<[(Timestamp, Threshold)]>),
}

/// What the taken get.
#[derive(Debug)]
pub(crate) enum Gives {
    One(u32),
    Split(Box<Split>),
}

/// Several variants, each with its share.
#[derive(Debug)]
pub(crate) struct Split {
    /// Positions that say which of them.
    pub(crate) seed: Seed,
    pub(crate) arms: Arms,
}

/// What a unit gets from a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Gives(u32),
    LeftOut {
        /// It was left out for the lack of a text to bucket by.
        unit_missing: bool,
    },
}

impl Distribution {
    /// Compiles a distribution. `ordinal` says what a variant of the document is called in the compiled flag.
    pub(crate) fn new(
        distribution: model::Distribution<'_>,
        salt: &str,
        by: u32,
        ordinal: impl Fn(model::VariantIndex) -> u32,
    ) -> Self {
        let (rollout, taken) = match distribution {
            model::Distribution::Serve(variant) => return Self::Serve(ordinal(variant)),
            model::Distribution::Share { rollout, taken } => (rollout, taken),
        };
        let gives = match taken {
            Taken::One(variant) => Gives::One(ordinal(variant)),
            Taken::Split(split) => Gives::Split(Box::new(Split {
                seed: Seed::new(salt, Purpose::Split),
                arms: Arms::new(&split.arms, |arm: &Arm| ordinal(arm.variant)),
            })),
        };
        Self::Share(Box::new(Share {
            by,
            seed: Seed::new(salt, Purpose::Rollout),
            rollout: Rollout::new(rollout),
            gives,
        }))
    }

    /// Whether a rule with this distribution splits or rolls out.
    pub(crate) fn shares(&self) -> bool {
        matches!(self, Self::Share(_))
    }

    /// The share, the positions it takes and what they get, where that is a plain percentage of one variant.
    pub(crate) fn percentage(&self) -> Option<(&Share, Position, u32)> {
        let Self::Share(share) = self else {
            return None;
        };
        match (&share.rollout, &share.gives) {
            (Rollout::Fixed(threshold), Gives::One(variant)) => {
                Some((share, threshold.below()?, *variant))
            }
            _ => None,
        }
    }

    /// Whether the reason for what it gives as a flag's own distribution is `static`.
    pub(crate) fn is_static(&self) -> bool {
        match self {
            Self::Serve(_) => true,
            Self::Share(share) => match share.rollout {
                Rollout::Fixed(Threshold::NONE) => true,
                Rollout::Fixed(Threshold::All) => matches!(share.gives, Gives::One(_)),
                _ => false,
            },
        }
    }

    /// What it gives to every unit from a time on, where that can't change any more.
    pub(crate) fn constant(&self, now: Timestamp) -> Option<Outcome> {
        let share = match self {
            Self::Serve(variant) => return Some(Outcome::Gives(*variant)),
            Self::Share(share) => share,
        };
        match (share.rollout.settled(now)?, &share.gives) {
            (Threshold::NONE, _) => Some(Outcome::LeftOut {
                unit_missing: false,
            }),
            (Threshold::All, Gives::One(variant)) => Some(Outcome::Gives(*variant)),
            _ => None,
        }
    }
}

impl Share {
    /// What a context gets. `seen` is told of each position and what it was compared with.
    #[inline]
    pub(crate) fn outcome(
        &self,
        context: &impl Slots,
        now: &impl Now,
        mut seen: impl FnMut(Purpose, Position, Threshold),
    ) -> Outcome {
        let unit = context.slot(self.by as usize).unit();
        let threshold = self.rollout.threshold(now);
        match threshold {
            Threshold::All => {}
            Threshold::NONE => {
                return Outcome::LeftOut {
                    unit_missing: false,
                };
            }
            Threshold::Below(_) => match self.seed.position_of(unit) {
                None => return Outcome::LeftOut { unit_missing: true },
                Some(position) => {
                    seen(Purpose::Rollout, position, threshold);
                    if !threshold.takes(position) {
                        return Outcome::LeftOut {
                            unit_missing: false,
                        };
                    }
                }
            },
        }
        match &self.gives {
            Gives::One(variant) => Outcome::Gives(*variant),
            Gives::Split(split) => match split.seed.position_of(unit) {
                None => Outcome::LeftOut { unit_missing: true },
                Some(position) => {
                    seen(Purpose::Split, position, Threshold::All);
                    Outcome::Gives(split.arms.variant(position))
                }
            },
        }
    }
}

impl Rollout {
    fn new(rollout: Option<&model::Rollout>) -> Self {
        match rollout {
            None => Self::Fixed(Threshold::All),
            Some(model::Rollout::Fixed(percentage)) => Self::Fixed(Threshold::new(*percentage)),
            Some(model::Rollout::Linear {
                from,
                to,
                start,
                end,
            }) => Self::Linear(Box::new(Linear {
                from: *from,
                to: *to,
                start: *start,
                end: *end,
            })),
            Some(model::Rollout::Steps(steps)) => Self::Steps(
                steps
                    .iter()
                    .map(|step| (step.at, Threshold::new(step.to)))
                    .collect(),
            ),
        }
    }

    #[inline]
    fn threshold(&self, now: &impl Now) -> Threshold {
        match self {
            Self::Fixed(threshold) => *threshold,
            Self::Linear(linear) => Threshold::new(linear.percentage(now.now())),
            Self::Steps(steps) => {
                let now = now.now();
                let reached = steps.partition_point(|(at, _)| *at <= now);
                let last = reached.checked_sub(1).and_then(|last| steps.get(last));
                last.map_or(Threshold::NONE, |(_, threshold)| *threshold)
            }
        }
    }

    /// The threshold where it can't change any more.
    fn settled(&self, now: Timestamp) -> Option<Threshold> {
        let last_change = match self {
            Self::Fixed(threshold) => return Some(*threshold),
            Self::Linear(linear) => linear.end,
            Self::Steps(steps) => steps.last()?.0,
        };
        (now >= last_change).then(|| self.threshold(&now))
    }
}

/// A percentage that moves from one moment to another.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) from: MicroPercent,
    pub(crate) to: MicroPercent,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

impl Linear {
    /// `from + (to − from) · (t − start) / (end − start)` in millionths, rounded towards minus infinity.
    fn percentage(&self, now: Timestamp) -> MicroPercent {
        if now <= self.start {
            return self.from;
        }
        if now >= self.end {
            return self.to;
        }
        let milliseconds = |moment: Timestamp| i128::from(moment.milliseconds());
        let from = i128::from(self.from.millionths());
        let change = i128::from(self.to.millionths()) - from;
        let passed = milliseconds(now) - milliseconds(self.start);
        let length = milliseconds(self.end) - milliseconds(self.start);
        let millionths = from + (change * passed).div_euclid(length.max(1));
        u32::try_from(millionths)
            .ok()
            .and_then(MicroPercent::from_millionths)
            .unwrap_or(self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_percentage_is_rounded_towards_minus_infinity() {
        let percent = |millionths| MicroPercent::from_millionths(millionths).unwrap();
        let at = Timestamp::from_milliseconds;
        for (from, to, end, now, millionths) in [
            (0, 100_000_000, 1000, -5, 0),
            (0, 100_000_000, 1000, 0, 0),
            (0, 100_000_000, 1000, 1, 100_000),
            (0, 100_000_000, 1000, 1000, 100_000_000),
            (0, 100_000_000, 1000, 2000, 100_000_000),
            (0, 10, 3, 1, 3),
            (0, 10, 3, 2, 6),
            (10, 0, 3, 1, 6),
            (10, 0, 3, 2, 3),
            (7, 7, 3, 1, 7),
            (0, 100_000_000, i64::MAX, i64::MAX - 1, 99_999_999),
        ] {
            let linear = Linear {
                from: percent(from),
                to: percent(to),
                start: at(0),
                end: at(end),
            };
            assert_eq!(
                linear.percentage(at(now)).millionths(),
                millionths,
                "from {from} to {to} until {end} at {now}"
            );
        }
    }

    #[test]
    fn steps_hold_the_last_reached() {
        let half = Threshold::Below(1 << 63);
        let steps = Rollout::Steps(
            [
                (Timestamp::from_milliseconds(10), half),
                (Timestamp::from_milliseconds(20), Threshold::All),
            ]
            .into(),
        );
        for (now, threshold, settled) in [
            (9, Threshold::NONE, None),
            (10, half, None),
            (19, half, None),
            (20, Threshold::All, Some(Threshold::All)),
            (99, Threshold::All, Some(Threshold::All)),
        ] {
            let now = Timestamp::from_milliseconds(now);
            assert_eq!(steps.threshold(&now), threshold, "{now}");
            assert_eq!(steps.settled(now), settled, "{now}");
        }
    }
}
