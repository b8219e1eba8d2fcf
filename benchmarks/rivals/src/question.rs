//! What every engine is asked: three flags, and the users whom they are asked about.

use std::fmt;

/// One of the three flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// On for everyone.
    Plain,
    /// On for half of the users.
    Rollout,
    /// On for users in one of five countries, of an age from 21 on, with version 2.10.0 of the app or later.
    Rule,
}

/// The countries of [`Question::Rule`].
pub const COUNTRIES: [&str; 5] = ["DE", "FR", "GB", "JP", "US"];
/// The lowest age of [`Question::Rule`].
pub const AGE: i64 = 21;
/// The lowest version of [`Question::Rule`]. As text it is less than version 2.9.9, as a version it isn't.
pub const VERSION: &str = "2.10.0";

impl Question {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Rollout, Self::Rule];

    /// The flag's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Rollout => "rollout",
            Self::Rule => "rule",
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}

/// A flag of a document, which asks one of the questions under a key of its own.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The key.
    pub key: String,
    /// What it asks.
    pub question: Question,
}

/// The three flags, and as many others as make `total`.
pub fn declarations(total: usize) -> Vec<Declared> {
    let named = Question::ALL.map(|question| Declared {
        key: question.key().to_owned(),
        question,
    });
    let others = Question::ALL.into_iter().cycle().enumerate();
    let others = others.map(|(index, question)| Declared {
        key: format!("{question}-of-a-feature-{index:05}"),
        question,
    });
    named.into_iter().chain(others).take(total).collect()
}

/// A user, as a program knows one before it asks about a flag.
#[derive(Debug, Clone)]
pub struct User {
    /// 36 characters, in the shape of a UUID.
    pub id: String,
    /// The country.
    pub country: &'static str,
    /// The plan; no flag reads it.
    pub plan: &'static str,
    /// The age in years.
    pub age: i64,
    /// The version of the app.
    pub app_version: &'static str,
}

impl User {
    /// A user whom every condition of [`Question::Rule`] holds for.
    pub fn within(index: u64) -> Self {
        const VERSIONS: [&str; 4] = ["2.10.0", "2.14.3", "3.0.1", "10.2.7"];
        Self {
            id: id(index),
            country: pick(&COUNTRIES, index),
            plan: pick(&["free", "premium", "enterprise"], index),
            age: AGE + i64::try_from(index % 50).unwrap_or_default(),
            app_version: pick(&VERSIONS, index),
        }
    }

    /// The age, for engines whose numbers are all decimal.
    #[allow(
        dead_code,
        clippy::cast_precision_loss,
        reason = "not every engine needs it, each is a cargo feature, and nobody is that old"
    )]
    pub fn decimal_age(&self) -> f64 {
        self.age as f64
    }

    /// Users for each of whom one condition of [`Question::Rule`] fails, and the others hold.
    pub fn just_outside() -> [Self; 3] {
        let user = Self::within(7);
        [
            Self {
                country: "BR",
                ..user.clone()
            },
            Self {
                age: AGE - 1,
                ..user.clone()
            },
            Self {
                app_version: "2.9.9",
                ..user
            },
        ]
    }
}

fn pick(choices: &[&'static str], index: u64) -> &'static str {
    let mut cycle = choices.iter().cycle();
    let steps = usize::try_from(index).unwrap_or_default() % choices.len();
    cycle.nth(steps).copied().unwrap_or_default()
}

/// The number of an id, mixed (by the finaliser of `SplitMix64`) so that ids have nothing in common.
fn id(index: u64) -> String {
    let mixed = |seed: u64| {
        let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    let (high, low) = (mixed(2 * index + 1), mixed(2 * index + 2));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
    )
}
