//! A flag with what it does in each environment.

use flagstone_model::{Definition, EnvironmentIndex, Flag, State, Timestamp, state};

use super::notes;

/// A flag as it is listed.
pub(super) struct Entry<'d> {
    pub(super) flag: &'d Flag,
    /// What it does, and in which environments; `None` is where none is chosen.
    pub(super) states: Vec<(Option<&'d str>, State)>,
    /// What has passed.
    pub(super) notes: Vec<String>,
}

impl<'d> Entry<'d> {
    pub(super) fn new(
        definition: &'d Definition,
        flag: &'d Flag,
        environments: &[Option<EnvironmentIndex>],
        at: Timestamp,
    ) -> Self {
        let states = environments.iter().map(|index| {
            let environment = index.and_then(|index| definition.environments.get(index.get()));
            let name = environment.map(|environment| environment.name.as_str());
            (name, state(definition, flag, *index, at))
        });
        Self {
            flag,
            states: states.collect(),
            notes: notes::of(flag, at),
        }
    }

    /// The states, those that are the same together with the environments that share them.
    pub(super) fn distinct(&self) -> Vec<(Vec<&'d str>, &State)> {
        let mut distinct: Vec<(Vec<&str>, &State)> = Vec::new();
        for (name, state) in &self.states {
            match distinct.iter_mut().find(|(_, other)| *other == state) {
                Some((names, _)) => names.extend(name),
                None => distinct.push((name.iter().copied().collect(), state)),
            }
        }
        distinct
    }
}
