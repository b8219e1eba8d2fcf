//! Percentages, rollouts and splits in words.

use crate::definition::{Flag, Rollout, Split};
use crate::{MicroPercent, Timestamp};

/// "25 %".
pub(crate) fn percent(percentage: MicroPercent) -> String {
    percentage.to_string().replace('%', " %")
}

/// A rollout as it is written, whatever the time: "25 %", "0 % to 50 % between … and …", "10 % from …, 50 % from …".
pub(crate) fn bare_rollout(rollout: &Rollout) -> String {
    match rollout {
        Rollout::Fixed(percentage) => percent(*percentage),
        Rollout::Linear {
            from,
            to,
            start,
            end,
        } => {
            let (from, to) = (percent(*from), percent(*to));
            format!("{from} to {to} between {start} and {end}")
        }
        Rollout::Steps(steps) => {
            let steps = steps
                .iter()
                .map(|step| format!("{} from {}", percent(step.to), step.at));
            steps.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The percentage that a rollout has at a time, as evaluation takes it.
pub(super) fn percentage_at(rollout: &Rollout, at: Timestamp) -> MicroPercent {
    match rollout {
        Rollout::Fixed(percentage) => *percentage,
        Rollout::Linear {
            from,
            to,
            start,
            end,
        } => {
            if at <= *start {
                return *from;
            }
            if at >= *end {
                return *to;
            }
            between(*from, *to, (*start, *end), at)
        }
        Rollout::Steps(steps) => {
            let reached = steps.iter().take_while(|step| step.at <= at).last();
            reached.map_or(MicroPercent::ZERO, |step| step.to)
        }
    }
}

fn between(
    from: MicroPercent,
    to: MicroPercent,
    (start, end): (Timestamp, Timestamp),
    at: Timestamp,
) -> MicroPercent {
    let wide = |moment: Timestamp| i128::from(moment.milliseconds());
    let (low, high) = (i128::from(from.millionths()), i128::from(to.millionths()));
    let length = (wide(end) - wide(start)).max(1);
    let moved = ((high - low) * (wide(at) - wide(start))).div_euclid(length);
    let millionths = u32::try_from(low + moved).unwrap_or(0);
    MicroPercent::from_millionths(millionths).unwrap_or(to)
}

/// "control 50 : treatment 50".
pub(crate) fn arms(flag: &Flag, split: &Split) -> String {
    let arms = split.arms.iter().map(|arm| {
        let name = flag.variants.get(arm.variant);
        let name = name.map_or("?", |variant| variant.name.as_str());
        format!("{name} {}", arm.weight)
    });
    arms.collect::<Vec<_>>().join(" : ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Step;

    #[test]
    fn a_percentage_moves_as_evaluation_moves_it() {
        let millionths = |count| MicroPercent::from_millionths(count).unwrap();
        let moment = Timestamp::from_milliseconds;
        let linear = |from, to| Rollout::Linear {
            from: millionths(from),
            to: millionths(to),
            start: moment(0),
            end: moment(3),
        };
        let steps = Rollout::Steps(vec![
            Step {
                at: moment(1),
                to: millionths(30),
            },
            Step {
                at: moment(2),
                to: millionths(20),
            },
        ]);
        for (rollout, expected) in [
            (linear(0, 100), [0, 0, 33, 66, 100]),
            (linear(100, 0), [100, 100, 66, 33, 0]),
            (steps, [0, 0, 30, 20, 20]),
        ] {
            let at = [-1, 0, 1, 2, 3].map(|at| percentage_at(&rollout, moment(at)).millionths());
            assert_eq!(at, expected, "{rollout:?}");
        }
    }
}
