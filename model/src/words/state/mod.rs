//! What a flag does in one environment at a time: one line that sums it up, and its parts.

mod told;

use super::Speaker;
use crate::Timestamp;
use crate::definition::{Definition, Effective, EnvironmentIndex, Flag};
use told::Told;

/// What a flag does in one environment, or in none, at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Which step of the evaluation order stops the flag, where one does.
    pub standing: Standing,
    /// One line: "25 % of users; staff always".
    pub summary: String,
    /// The flag's parts, in the order in which they are asked.
    pub parts: Vec<Part>,
}

/// Whether the flag decides anything at the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Its rules and its distribution decide.
    Live,
    /// Everybody gets the baseline, because the flag is killed.
    Killed,
    /// Everybody gets the baseline, because every flag of the environment is killed.
    EnvironmentKilled,
    /// All but overridden units get the baseline, because the flag is switched off.
    Disabled,
    /// All but overridden units get the baseline, because it hasn't started.
    NotStarted,
    /// All but overridden units get the baseline, because it has ended.
    Ended,
}

impl Standing {
    /// Its name for programs: the reason that an answer then has.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Killed | Self::EnvironmentKilled => "killed",
            Self::Disabled => "disabled",
            Self::NotStarted => "not_started",
            Self::Ended => "ended",
        }
    }
}

/// One part of what a flag does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub aspect: Aspect,
    /// What it is, in words.
    pub words: String,
    /// How far off it is from the time, or how long ago it was, where it has a time.
    pub age: Option<String>,
}

/// What a part of a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// A unit that gets a variant whatever the rules say.
    Override,
    /// When it starts.
    Start,
    /// When it ends.
    End,
    /// Another flag that must answer something.
    Prerequisite,
    /// A rule.
    Rule,
    /// What the rest gets.
    Distribution,
    /// A moment at which a rollout changes.
    Step,
}

impl Aspect {
    /// Its name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Start => "start",
            Self::End => "end",
            Self::Prerequisite => "prerequisite",
            Self::Rule => "rule",
            Self::Distribution => "distribution",
            Self::Step => "step",
        }
    }
}

/// Says what a flag does in an environment at a time.
///
/// ```
/// use flagstone_model::{load, state};
///
/// let document = b"version: 1
/// context: { attributes: { country: string } }
/// segments: { staff: { members: [u-1] } }
/// flags:
///   new_dashboard: { rules: [{ if: { segment: staff }, serve: on }], rollout: 25% }
/// ";
/// let loaded = load("flags.yaml", document);
/// let definition = loaded.definition().ok_or("it is right")?;
/// let state = state(definition, &definition.flags[0], None, "2026-06-01T12:00:00Z".parse()?);
/// assert_eq!(state.summary, "25 % of users; staff always");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn state(
    definition: &Definition,
    flag: &Flag,
    environment: Option<EnvironmentIndex>,
    at: Timestamp,
) -> State {
    let told = Told {
        speaker: Speaker::new(definition),
        flag,
        effective: Effective::new(flag, environment),
        at,
    };
    let environment = environment.and_then(|index| definition.environments.get(index.get()));
    let standing = told.standing(environment.is_some_and(|environment| environment.killed));
    State {
        standing,
        summary: told.summary(standing),
        parts: told.parts(),
    }
}

#[cfg(test)]
mod tests;
