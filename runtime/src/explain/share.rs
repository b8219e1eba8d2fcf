//! Distributions and samples: where a unit stands, and what takes it.

use flagstone_model::{Distribution, MicroPercent, Rollout, Sample, Span, Taken};

use super::explanation::{Share, Stand};
use super::record::{Seen, What};
use super::teller::{Teller, Telling};
use crate::bucket::{Position, Purpose, Threshold};
use crate::decision::{Decision, ErrorCode, Reason};

impl Stand {
    fn new(position: Position, from: MicroPercent, below: Threshold) -> Self {
        let is_below = Threshold::new(from).takes(position);
        Self {
            position: position.share(),
            from,
            below: below.percentage(),
            is_taken: below.takes(position) && !is_below,
            taken_from: position.taken_from(),
        }
    }

    /// "stands at 37.2%, taken below 25%".
    pub(super) fn words(&self) -> String {
        let (position, from, below) = (self.shown(), self.from, self.below);
        if from == MicroPercent::ZERO {
            format!("stands at {position}, taken below {below}")
        } else {
            format!("stands at {position}, taken from {from} to below {below}")
        }
    }

    /// The position with as many digits as show on which side of the bounds it lies: "37.2%".
    fn shown(&self) -> MicroPercent {
        let lies = |position: MicroPercent| (position < self.from, position < self.below);
        // A bound is in whole millionths, so the position lies where its own, rounded down, do.
        let exact = self.position;
        let rounded = [100_000, 10_000, 1_000, 100, 10]
            .into_iter()
            .filter_map(|unit| {
                let millionths = exact.millionths() / unit * unit;
                MicroPercent::from_millionths(millionths)
            });
        let mut fitting = rounded.filter(|rounded| lies(*rounded) == lies(exact));
        fitting.next().unwrap_or(exact)
    }
}

impl Teller<'_> {
    /// What a distribution gave.
    pub(super) fn share(
        &self,
        telling: Telling<'_>,
        distribution: Distribution<'_>,
        span: Span,
        decision: Decision,
        seen: &[Seen],
    ) -> Share {
        let place = telling.text.place(span);
        let given = telling.entry.form.variants.get(decision.variant);
        let given = given.map_or("", |variant| variant.name.as_str());
        let Distribution::Share { rollout, taken } = distribution else {
            let says = format!("serve: {given}");
            return Share {
                says,
                place,
                stand: None,
            };
        };
        let by = self.slot(telling.text, telling.effective.by);
        let stand = seen.iter().find_map(|seen| match seen.what {
            What::Position(Purpose::Rollout, position, threshold) => {
                Some(Stand::new(position, MicroPercent::ZERO, threshold))
            }
            _ => None,
        });
        let is_left_out =
            decision.reason == Reason::LeftOut || stand.is_some_and(|stand| !stand.is_taken);
        let unit = self.unit(by).unwrap_or_else(|| "whoever it is".into());
        let outcome = if decision.error == Some(ErrorCode::UnitMissing) {
            let name = self
                .snapshot
                .schema()
                .get(by)
                .map_or("", |entry| entry.name());
            format!("which leaves out who has no {name} to bucket by")
        } else if is_left_out {
            format!("which leaves {unit} out")
        } else if matches!(taken, Taken::Split(_)) {
            format!("which takes {unit}; its arm of the split is {given}")
        } else if nobody(rollout) {
            "which takes nobody".into()
        } else {
            format!("which takes {unit}")
        };
        Share {
            says: format!("{}, {outcome}", written(rollout)),
            place,
            stand,
        }
    }
}

/// Where a unit stands in a sample.
pub(super) fn sampled(sample: &Sample, seen: &[Seen]) -> Option<Stand> {
    seen.iter().find_map(|seen| match seen.what {
        What::Position(_, position, threshold) => {
            Some(Stand::new(position, sample.from, threshold))
        }
        _ => None,
    })
}

fn nobody(rollout: Option<&Rollout>) -> bool {
    matches!(rollout, Some(Rollout::Fixed(MicroPercent::ZERO)))
}

/// The rollout as it is written.
fn written(rollout: Option<&Rollout>) -> String {
    match rollout {
        None => "a split among all".into(),
        Some(Rollout::Fixed(percentage)) => format!("rollout: {percentage}"),
        Some(Rollout::Linear {
            from,
            to,
            start,
            end,
        }) => format!("rollout: from {from} at {start} to {to} at {end}"),
        Some(Rollout::Steps(steps)) => {
            let shown = steps.iter().take(MOST_STEPS);
            let mut words: Vec<String> = shown
                .map(|step| format!("{} from {} on", step.to, step.at))
                .collect();
            if steps.len() > MOST_STEPS {
                words.push("…".into());
            }
            format!("rollout: {}", words.join(", "))
        }
    }
}

/// How many steps of a schedule are told.
const MOST_STEPS: usize = 10;
