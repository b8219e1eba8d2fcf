//! Units are dealt evenly: over a thousand salts, fixed before anybody looked, the arms of a split get what chance would give them.

use flagstone::{Attributes, Snapshot, Timestamp};
use flagstone_model::load;

const SALTS: usize = 1000;
const UNITS: usize = 400;
const ARMS: usize = 4;

/// A flag for each salt, each with a split into equal arms.
fn document() -> String {
    let flag = |salt: usize| {
        format!(
            "  flag-{salt}: {{ variants: {{ a: 0, b: 1, c: 2, d: 3 }}, baseline: a, split: {{ a: 1, b: 1, c: 1, d: 1 }} }}\n"
        )
    };
    let flags: String = (0..SALTS).map(flag).collect();
    format!("version: 1\nflags:\n{flags}")
}

/// Pearson's statistic of counts that should all be the same: the sum of (observed − expected)² / expected.
fn chi_squared(counts: [u32; ARMS]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / 4.0;
    counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected)
        .sum()
}

#[test]
fn splits_over_a_thousand_salts_are_as_even_as_chance() {
    let text = document();
    let loaded = load("flags.yaml", text.as_bytes());
    let at = Timestamp::from_milliseconds(0);
    let snapshot = Snapshot::new(loaded.definition().unwrap(), None, at).unwrap();
    let contexts: Vec<_> = (0..UNITS)
        .map(|unit| Attributes::new().set("targeting_key", format!("u-{unit}")))
        .collect();
    let statistics: Vec<f64> = (0..SALTS)
        .map(|salt| {
            let mut counts = [0; ARMS];
            for context in &contexts {
                let evaluation = snapshot.evaluate(&format!("flag-{salt}"), context, at);
                let arm = ["a", "b", "c", "d"]
                    .iter()
                    .position(|arm| evaluation.variant == Some(arm));
                counts[arm.unwrap()] += 1;
            }
            chi_squared(counts)
        })
        .collect();
    // With three degrees of freedom the mean is 3 and the variance 6; five standard errors either way.
    let mean = statistics.iter().sum::<f64>() / 1000.0;
    assert!(
        (mean - 3.0).abs() < 5.0 * (6.0_f64 / 1000.0).sqrt(),
        "mean {mean}"
    );
    // One statistic in twenty is above 7.815, give or take five standard errors of such a count.
    let above = statistics
        .iter()
        .filter(|statistic| **statistic > 7.815)
        .count();
    assert!(
        (16..=84).contains(&above),
        "{above} of a thousand are above the 95 % point"
    );
}
