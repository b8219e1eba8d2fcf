//! What changes in a list of rules: those that are new, gone, moved or altered.

use std::collections::BTreeSet;

use super::effective::Side;
use crate::definition::{Condition, Gives, Rule};
use crate::words::bare_rollout;

/// A rule in words.
struct Told {
    /// How it is called: its name, or its condition.
    label: String,
    is_named: bool,
    condition: String,
    gives: String,
}

/// What changes.
pub(super) fn changes(old: &Side<'_>, new: &Side<'_>) -> Vec<String> {
    let (before, after) = (told(old), told(new));
    let matches = matches(&before, &after);
    let mut said = Vec::new();
    for (rule, from) in after.iter().zip(&matches) {
        match from.and_then(|from| before.get(from)) {
            None => said.push(format!(
                "new {}: {} → {}",
                rule.label, rule.condition, rule.gives
            )),
            Some(was) => said.extend(altered(was, rule)),
        }
    }
    let kept: BTreeSet<usize> = matches.iter().copied().flatten().collect();
    for (index, rule) in before.iter().enumerate() {
        if !kept.contains(&index) {
            said.push(format!("{} removed", rule.label));
        }
    }
    said.extend(moved(&after, &matches));
    said
}

/// For each new rule the old one that it was: of the same name; without names, the same condition, else the same gift.
fn matches(before: &[Told], after: &[Told]) -> Vec<Option<usize>> {
    let mut matches: Vec<Option<usize>> = vec![None; after.len()];
    let mut is_taken = vec![false; before.len()];
    let tests: [fn(&Told, &Told) -> bool; 3] = [
        |one, other| one.is_named && other.is_named && one.label == other.label,
        |one, other| !(one.is_named && other.is_named) && one.condition == other.condition,
        |one, other| !one.is_named && !other.is_named && one.gives == other.gives,
    ];
    for test in tests {
        for (index, rule) in after.iter().enumerate() {
            if matches.get(index) != Some(&None) {
                continue;
            }
            let mut free = before.iter().zip(&is_taken).enumerate();
            let found = free.find(|(_, (was, is_taken))| !**is_taken && test(was, rule));
            let found = found.map(|(from, _)| from);
            if let Some(place) = found.and_then(|from| is_taken.get_mut(from)) {
                *place = true;
            }
            if let Some(place) = matches.get_mut(index) {
                *place = found;
            }
        }
    }
    matches
}

fn altered(was: &Told, rule: &Told) -> Vec<String> {
    let mut said = Vec::new();
    let label = &was.label;
    if was.condition != rule.condition {
        said.push(format!(
            "{label} holds for: {} → {}",
            was.condition, rule.condition
        ));
    }
    if was.gives != rule.gives {
        said.push(format!("{label} gives: {} → {}", was.gives, rule.gives));
    }
    said
}

/// Rules that stand before others behind which they stood: the fewest that explain the new order.
fn moved(after: &[Told], matches: &[Option<usize>]) -> Vec<String> {
    let kept: Vec<(usize, usize)> = matches
        .iter()
        .enumerate()
        .filter_map(|(index, from)| Some((index, (*from)?)))
        .collect();
    let stays = ascending(&kept.iter().map(|(_, from)| *from).collect::<Vec<_>>());
    let stays: BTreeSet<usize> = stays.into_iter().collect();
    let mut said = Vec::new();
    for (place, (index, _)) in kept.iter().enumerate() {
        if stays.contains(&place) {
            continue;
        }
        let Some(rule) = after.get(*index) else {
            continue;
        };
        let next = kept.iter().enumerate().skip(place + 1);
        let next = next
            .filter(|(place, _)| stays.contains(place))
            .find_map(|(_, (index, _))| after.get(*index));
        said.push(match next {
            Some(next) => format!("{} moved before {}", rule.label, next.quoted()),
            None => format!("{} moved to the end", rule.label),
        });
    }
    said
}

impl Told {
    fn quoted(&self) -> &str {
        self.label.strip_prefix("rule ").unwrap_or(&self.label)
    }
}

/// The places of the longest ascending subsequence.
fn ascending(numbers: &[usize]) -> Vec<usize> {
    // Each entry: how long the longest that ends here is, and the place before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let before = numbers
            .iter()
            .zip(&best)
            .enumerate()
            .take(place)
            .filter(|(_, (other, _))| *other < number)
            .max_by_key(|(_, (_, (length, _)))| *length);
        best.push(match before {
            Some((from, (_, (length, _)))) => (length + 1, Some(from)),
            None => (1, None),
        });
    }
    let mut at = (0..best.len()).max_by_key(|place| best.get(*place).map(|(length, _)| *length));
    let mut places = Vec::new();
    while let Some(place) = at {
        places.push(place);
        at = best.get(place).and_then(|(_, before)| *before);
    }
    places
}

fn told(side: &Side<'_>) -> Vec<Told> {
    let rules = side.effective.rules.iter();
    let told = rules.map(|rule| {
        let condition = side.speaker.condition(&rule.condition);
        let label = match &rule.name {
            Some(name) => format!("rule \"{name}\""),
            None => format!("rule \"{condition}\""),
        };
        Told {
            label,
            is_named: rule.name.is_some(),
            condition,
            gives: gives(side, rule),
        }
    });
    told.collect()
}

fn gives(side: &Side<'_>, rule: &Rule) -> String {
    match &rule.gives {
        Gives::Serve(variant) => side.variant(*variant).to_owned(),
        Gives::Share { rollout, split } => {
            let rollout = rollout.as_ref().map(bare_rollout);
            let split = split.as_ref().map(|split| side.arms(split));
            let said: Vec<String> = rollout.into_iter().chain(split).collect();
            said.join(" of ")
        }
    }
}

/// Whether a rule deals by its flag's salt.
pub(super) fn deals(rule: &Rule) -> bool {
    let mut samples = false;
    rule.condition.each(&mut |condition| {
        samples |= matches!(condition, Condition::Sample(sample) if sample.salt.is_none());
    });
    samples || matches!(rule.gives, Gives::Share { .. })
}

#[cfg(test)]
mod tests {
    use super::ascending;

    #[test]
    fn as_many_as_can_be_stay_where_they_are() {
        for (numbers, expected) in [
            (&[][..], &[][..]),
            (&[0, 1, 2], &[0, 1, 2]),
            (&[2, 0, 1], &[1, 2]),
            (&[1, 2, 0], &[0, 1]),
            (&[0, 3, 1, 2], &[0, 2, 3]),
        ] {
            let mut places = ascending(numbers);
            places.sort_unstable();
            assert_eq!(places, expected, "{numbers:?}");
        }
    }
}
