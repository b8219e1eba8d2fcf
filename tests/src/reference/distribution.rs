//! Who is taken, and what the taken get (section 5).

use serde_json::Value;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::deciding::Flag;
use super::one_or_more;
use super::time::milliseconds;

/// 100 % in millionths of a percent.
pub(super) const HUNDRED: i64 = 100_000_000;

const TWO_TO_THE_64: u128 = 1 << 64;

/// A percentage in millionths of a percent.
pub(super) fn percent(text: &str) -> i64 {
    let number = text.trim_end_matches('%');
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    format!("{whole}{decimals:0<6}").parse().unwrap_or(0)
}

/// Where a text lies among the 2^64 positions.
pub(super) fn position(salt: &str, purpose: &str, text: &str) -> u64 {
    let seed = xxh3_64(format!("{salt}/{purpose}").as_bytes());
    xxh3_64_with_seed(text.as_bytes(), seed)
}

/// Whether a position is among the lowest so many millionths of a percent.
pub(super) fn is_below(position: u64, millionths: i64) -> bool {
    let millionths = u128::try_from(millionths).unwrap_or(0);
    u128::from(position) < millionths * TWO_TO_THE_64 / 100_000_000
}

/// What a distribution means for the unit.
pub(super) enum Share {
    /// It is taken, and gets this variant.
    Gets(String),
    /// It isn't taken.
    LeftOut {
        /// For lack of a text to bucket by.
        unit_missing: bool,
    },
}

/// One arm of a split.
struct Arm {
    variant: String,
    weight: u128,
}

impl Flag<'_> {
    /// What a rollout (absent, it takes all) and a split (absent, the taken get `on`) mean for the unit.
    pub(super) fn share(&self, rollout: Option<&Value>, split: Option<&Value>) -> Share {
        let text = self.question.text_of(self.by());
        let percent = rollout.map_or(HUNDRED, |rollout| percent_at(rollout, self.question.now));
        let is_taken = match &text {
            Some(text) => is_below(position(self.salt(), "rollout", text), percent),
            None => percent == HUNDRED,
        };
        if !is_taken {
            return Share::LeftOut {
                unit_missing: text.is_none() && percent > 0,
            };
        }
        let Some(split) = split else {
            return Share::Gets("on".to_owned());
        };
        if let Some(variant) = self.only_arm(split) {
            return Share::Gets(variant);
        }
        match text {
            Some(text) => Share::Gets(self.arm_at(split, position(self.salt(), "split", &text))),
            None => Share::LeftOut { unit_missing: true },
        }
    }

    /// The variant of the one arm that has weight, where just one has.
    pub(super) fn only_arm(&self, split: &Value) -> Option<String> {
        let mut weighty = self.arms(split).into_iter().filter(|arm| arm.weight > 0);
        let first = weighty.next()?;
        weighty.next().is_none().then_some(first.variant)
    }

    fn arm_at(&self, split: &Value, position: u64) -> String {
        let arms = self.arms(split);
        let total: u128 = arms.iter().map(|arm| arm.weight).sum();
        let mut cumulated = 0;
        for arm in arms {
            cumulated += arm.weight;
            let bound = (cumulated * TWO_TO_THE_64).checked_div(total);
            if bound.is_some_and(|bound| u128::from(position) < bound) {
                return arm.variant;
            }
        }
        self.baseline()
    }

    /// The arms in the order in which they share the positions.
    fn arms(&self, split: &Value) -> Vec<Arm> {
        let mut arms = Vec::new();
        for mapping in one_or_more(split).iter().filter_map(Value::as_object) {
            let mut entries: Vec<_> = mapping.iter().collect();
            entries.sort_by_key(|(name, _)| name.as_bytes());
            for (name, weight) in entries {
                arms.push(Arm {
                    variant: self.spelled_key(name),
                    weight: weight.as_u64().unwrap_or(0).into(),
                });
            }
        }
        arms
    }
}

/// The percentage of a rollout at a time, in millionths of a percent.
fn percent_at(rollout: &Value, now: i64) -> i64 {
    match rollout {
        Value::String(plain) => percent(plain),
        Value::Array(steps) => {
            let reached = steps.iter().rfind(|step| moment(step, "at") <= now);
            reached.map_or(0, |step| percent_of(step, "to"))
        }
        linear => linear_at(linear, now),
    }
}

fn linear_at(rollout: &Value, now: i64) -> i64 {
    let (from, to) = (percent_of(rollout, "from"), percent_of(rollout, "to"));
    let (start, end) = (moment(rollout, "start"), moment(rollout, "end"));
    if now <= start {
        return from;
    }
    if now >= end {
        return to;
    }
    let change = i128::from(to - from) * i128::from(now - start);
    let change = change.div_euclid(i128::from(end - start));
    from + i64::try_from(change).unwrap_or(0)
}

fn percent_of(mapping: &Value, key: &str) -> i64 {
    mapping.get(key).and_then(Value::as_str).map_or(0, percent)
}

fn moment(mapping: &Value, key: &str) -> i64 {
    let text = mapping.get(key).and_then(Value::as_str);
    text.and_then(milliseconds).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn positions_are_the_known_ones() {
        let uuid = "550e8400-e29b-41d4-a716-446655440000";
        for (salt, purpose, text, expected) in [
            ("new_dashboard", "rollout", "u-1", 0xe64a_02ee_d3b4_d186),
            ("new_dashboard", "split", "u-1", 0x79d0_a804_bb3b_6d6b),
            ("new_dashboard", "rollout", "u-17", 0x551d_afe2_a02a_a50b),
            ("new_dashboard", "split", "u-17", 0x4ab5_2229_9149_30f8),
            ("button_color", "rollout", uuid, 0x2659_5c64_b45e_27c5),
            ("button_color", "split", uuid, 0xdd02_a943_ad93_a28e),
            ("ui.dark-mode", "rollout", "größe-42", 0x17a6_5927_63e1_a520),
            ("ui.dark-mode", "split", "größe-42", 0x4aa5_76a0_8c76_ee4c),
            ("a", "rollout", "", 0x0383_2f06_bf7a_956e),
            ("a", "split", "", 0xb85d_1b3c_b183_6826),
        ] {
            assert_eq!(
                position(salt, purpose, text),
                expected,
                "{salt}/{purpose} {text}"
            );
        }
    }

    #[test]
    fn bounds_are_exact() {
        for (position, millionths, expected) in [
            (0, 0, false),
            (0, 1, true),
            (184_467_440_736, 1, true),
            (184_467_440_737, 1, false),
            (u64::MAX / 2, 50_000_000, true),
            (u64::MAX / 2 + 1, 50_000_000, false),
            (u64::MAX, 99_999_999, false),
            (u64::MAX, HUNDRED, true),
        ] {
            assert_eq!(
                is_below(position, millionths),
                expected,
                "{position} {millionths}"
            );
        }
    }

    #[test]
    fn percentages_follow_the_time() {
        let linear = |from, to| {
            let (start, end) = ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.003Z");
            json!({ "from": from, "to": to, "start": start, "end": end })
        };
        let steps = json!([
            { "at": "1970-01-01T00:00:00.001Z", "to": "30%" },
            { "at": "1970-01-01T00:00:00.002Z", "to": "10.5%" },
        ]);
        for (rollout, now, expected) in [
            (json!("33.333333%"), 0, 33_333_333),
            (linear("0%", "100%"), -1, 0),
            (linear("0%", "100%"), 1, 33_333_333),
            (linear("0%", "100%"), 3, HUNDRED),
            (linear("100%", "0%"), 1, 66_666_666),
            (linear("0.000001%", "0%"), 1, 0),
            (steps.clone(), 0, 0),
            (steps.clone(), 1, 30_000_000),
            (steps, 9, 10_500_000),
        ] {
            assert_eq!(percent_at(&rollout, now), expected, "{rollout} at {now}");
        }
    }
}
