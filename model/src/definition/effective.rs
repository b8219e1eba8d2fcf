//! A flag as it stands in one environment: its base with the overlay laid over it.

use super::{
    AttributeIndex, Deciding, EnvironmentIndex, Flag, Gives, Override, Prerequisite, Rollout, Rule,
    Split, ValueType, VariantIndex,
};
use crate::Timestamp;

/// The deciding keys that hold for a flag in one environment, or in none.
#[derive(Debug, Clone, Copy)]
pub struct Effective<'a> {
    /// The type of the flag's values.
    pub ty: ValueType,
    /// The variant when nothing else decides.
    pub baseline: VariantIndex,
    /// The flag's own emergency stop, of the base or of the overlay. The environment's comes on top.
    pub killed: bool,
    /// Units that get a variant whatever the rules say.
    pub overrides: &'a [Override],
    /// The ordinary switch.
    pub enabled: bool,
    /// Baseline before it.
    pub starts_at: Option<Timestamp>,
    /// Baseline from it on.
    pub ends_at: Option<Timestamp>,
    /// Other flags that must answer something.
    pub prerequisites: &'a [Prerequisite],
    /// The first whose condition holds decides.
    pub rules: &'a [Rule],
    /// What every unit gets that no rule caught.
    pub serve: Option<VariantIndex>,
    /// Who of the units that no rule caught is taken.
    pub rollout: Option<&'a Rollout>,
    /// What the taken get, and what rules may borrow.
    pub split: Option<&'a Split>,
    /// The attribute to bucket by where it isn't the targeting key.
    pub by: Option<AttributeIndex>,
}

/// What a group of units gets.
#[derive(Debug, Clone, Copy)]
pub enum Distribution<'a> {
    /// Every unit this variant.
    Serve(VariantIndex),
    /// Who is taken gets its share; whoever isn't gets the baseline.
    Share {
        /// Who is taken; all, where there is none.
        rollout: Option<&'a Rollout>,
        /// What the taken get.
        taken: Taken<'a>,
    },
}

/// What whoever is taken gets.
#[derive(Debug, Clone, Copy)]
pub enum Taken<'a> {
    /// All of them one variant.
    One(VariantIndex),
    /// Each the variant of its arm.
    Split(&'a Split),
}

impl<'a> Effective<'a> {
    /// Lays the overlay of an environment over a flag's base.
    pub fn new(flag: &'a Flag, environment: Option<EnvironmentIndex>) -> Self {
        Self::of(
            flag,
            environment.and_then(|environment| flag.overlay(environment)),
        )
    }

    /// Lays one of a flag's overlays over its base, or none.
    pub fn of(flag: &'a Flag, overlay: Option<&'a Deciding>) -> Self {
        let base = &flag.base;
        let (serve, rollout, split) = distribution_keys(base, overlay);
        let rules = pick(base, overlay, |deciding| deciding.rules.as_deref());
        let (base, overlay) = (base.rare(), overlay.map(Deciding::rare));
        Self {
            ty: flag.variants.ty,
            baseline: pick(base, overlay, |rare| rare.baseline).unwrap_or(VariantIndex::OFF),
            killed: [Some(base), overlay]
                .iter()
                .flatten()
                .any(|rare| rare.killed == Some(true)),
            overrides: pick(base, overlay, |rare| rare.overrides.as_deref()).unwrap_or_default(),
            enabled: pick(base, overlay, |rare| rare.enabled).unwrap_or(true),
            starts_at: pick(base, overlay, |rare| rare.starts_at),
            ends_at: pick(base, overlay, |rare| rare.ends_at),
            prerequisites: pick(base, overlay, |rare| rare.prerequisites.as_deref())
                .unwrap_or_default(),
            rules: rules.unwrap_or_default(),
            serve,
            rollout,
            split,
            by: pick(base, overlay, |rare| rare.by),
        }
    }

    /// The flag's own distribution; none where it has none of the three keys.
    ///
    /// # Errors
    ///
    /// [`NothingToGive`] where a rollout takes units and nothing says what they get. A checked flag has no such distribution.
    pub fn distribution(&self) -> Result<Option<Distribution<'a>>, NothingToGive> {
        match (self.serve, self.rollout, self.split) {
            (Some(variant), ..) => Ok(Some(Distribution::Serve(variant))),
            (None, None, None) => Ok(None),
            (None, rollout, split) => self.share(rollout, split).map(Some),
        }
    }

    /// What a rule of this flag gives.
    ///
    /// # Errors
    ///
    /// [`NothingToGive`] where nothing says what the rule's units get. A checked flag has no such rule.
    pub fn distribution_of(&self, rule: &'a Rule) -> Result<Distribution<'a>, NothingToGive> {
        match &rule.gives {
            Gives::Serve(variant) => Ok(Distribution::Serve(*variant)),
            Gives::Share { rollout, split } => {
                self.share(rollout.as_ref(), split.as_ref().or(self.split))
            }
        }
    }

    fn share(
        &self,
        rollout: Option<&'a Rollout>,
        split: Option<&'a Split>,
    ) -> Result<Distribution<'a>, NothingToGive> {
        let taken = match split {
            Some(split) => split.only_arm().map_or(Taken::Split(split), Taken::One),
            None if self.ty == ValueType::Boolean => Taken::One(VariantIndex::ON),
            None => return Err(NothingToGive),
        };
        Ok(Distribution::Share { rollout, taken })
    }
}

/// Nothing says what the units get that a rollout takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NothingToGive;

impl core::fmt::Display for NothingToGive {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("nothing says what the units get that the rollout takes")
    }
}

impl core::error::Error for NothingToGive {}

/// What the overlay writes, else what the base does.
fn pick<'a, D, T>(
    base: &'a D,
    overlay: Option<&'a D>,
    get: impl Fn(&'a D) -> Option<T>,
) -> Option<T> {
    overlay.and_then(&get).or_else(|| get(base))
}

/// `serve` in an overlay drops the base's `rollout`; `rollout` or `split` drops its `serve`; the base's `split` stays.
fn distribution_keys<'a>(
    base: &'a Deciding,
    overlay: Option<&'a Deciding>,
) -> (Option<VariantIndex>, Option<&'a Rollout>, Option<&'a Split>) {
    let split = pick(base, overlay, |deciding| deciding.rare().split.as_ref());
    let Some(overlay) = overlay else {
        return (base.serve, base.rollout.as_ref(), split);
    };
    let writes_share = overlay.rollout.is_some() || overlay.rare().split.is_some();
    let serve = if writes_share {
        overlay.serve
    } else {
        overlay.serve.or(base.serve)
    };
    let rollout = match &overlay.rollout {
        Some(rollout) => Some(rollout),
        None if overlay.serve.is_some() => None,
        None => base.rollout.as_ref(),
    };
    (serve, rollout, split)
}
