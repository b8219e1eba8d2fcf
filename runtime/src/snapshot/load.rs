//! The law of loading: what a program takes from a document that arrives, and what stays as it was.

use std::collections::HashMap;
use std::sync::Arc;

use flagstone_model::{Checked, Definition, EnvironmentIndex, Flag, Kills, Timestamp};

use super::arrival::{Arrival, Arriving};
use super::fingerprint::Fingerprints;
use super::{
    AttributeTable, Digest, Document, Entry, Loading, Parts, Problem, Program, Refusal, Snapshot,
    State, UnknownEnvironment,
};
use crate::compile::{Compiler, Form, Misfit};

/// Compiles a document by itself.
pub(super) fn document(
    definition: &Definition,
    environment: Option<&str>,
    now: Timestamp,
) -> Result<Snapshot, UnknownEnvironment> {
    let chosen = choose(definition, environment)?;
    let table = AttributeTable::of_document(&definition.context);
    let compiler = Compiler::new(definition, chosen, &table);
    let mut entries = Vec::with_capacity(definition.flags.len());
    let forms = definition
        .flags
        .iter()
        .filter_map(|flag| compiler.flag(flag, None).ok());
    entries.extend(forms.map(|form| Entry::fresh(Arc::new(form))));
    let parts = Parts {
        entries,
        environment: environment.map(Arc::from),
        is_killed: is_killed(definition, chosen),
        embedded: Arc::new([]),
        table: Arc::new(table),
        document: None,
    };
    Ok(Snapshot::assemble(parts, now))
}

impl Snapshot {
    /// The snapshot of the document that a program was built with, from which the others follow. It is for one environment
    /// for good; where the document doesn't declare that, the base of each flag holds.
    ///
    /// The problems are the values that don't fit their `rust_type`.
    pub(crate) fn embedded(
        definition: &Definition,
        program: &Program,
        environment: Option<&str>,
        now: Timestamp,
    ) -> Loading {
        let chosen = environment.and_then(|name| definition.environment(name));
        let table = AttributeTable::of_program(program, &definition.context);
        let compiler = Compiler::new(definition, chosen, &table);
        let declared = by_key(definition);
        let mut problems = Vec::new();
        let mut report = |key: &str, reason| problems.push(problem(key, None, reason));
        let mut entries = Vec::new();
        for flag in program.flags {
            let form = match declared.get(flag.key) {
                Some(declared) => compiler.flag(declared, Some(flag)),
                None => Err(Misfit::Refused(Vec::new())),
            };
            entries.push(match form {
                Ok(form) => {
                    if let Some(reason) = form.variants.undecodable() {
                        report(flag.key, reason);
                    }
                    Entry::fresh(Arc::new(form))
                }
                Err(reason) => {
                    report(flag.key, reason);
                    Entry::gone(Arc::new(Form::unknown(flag)))
                }
            });
        }
        let embedded = entries
            .iter()
            .map(|entry| Arc::clone(&entry.form))
            .collect();
        let parts = Parts {
            entries,
            environment: environment.map(Arc::from),
            is_killed: is_killed(definition, chosen),
            embedded,
            table: Arc::new(table),
            document: None,
        };
        Loading {
            snapshot: Self::assemble(parts, now),
            problems,
            refused: None,
        }
    }

    /// The snapshot that follows this one when a document arrives: flags that are right and fit the program are the
    /// document's, others keep their last good form, and kills take effect in any case.
    pub(crate) fn next(
        &self,
        checked: &Checked,
        document: Option<Arc<Document>>,
        program: &Program,
        now: Timestamp,
    ) -> Loading {
        let definition = match checked.right_part() {
            Some(definition) if !checked.holds_back_document() => definition,
            _ => return self.refusing(checked.kills(), Refusal::Document, now),
        };
        let chosen = match choose(definition, self.environment()) {
            Ok(chosen) => chosen,
            Err(error) => {
                return self.refusing(checked.kills(), Refusal::Environment(error), now);
            }
        };
        let table = self.table.extended(&definition.context);
        let compiler = Compiler::new(definition, chosen, &table);
        let text = document.as_ref().map(|document| &*document.bytes);
        let arriving = Arriving {
            checked,
            definition,
            program,
            compiler: &compiler,
            fingerprints: text.map(|text| Fingerprints::new(text, definition, self.environment())),
        };
        let arrival = Arrival::new(self, &arriving);
        let (entries, mut problems) = arrival.finish(checked.kills());
        let parts = Parts {
            entries,
            environment: self.environment.clone(),
            is_killed: is_killed(definition, chosen)
                || environment_is_killed(checked.kills(), self.environment()),
            embedded: Arc::clone(&self.embedded),
            table: Arc::new(table),
            document,
        };
        let snapshot = Self::assemble(parts, now);
        let circles = snapshot
            .entries
            .iter()
            .filter(|entry| entry.state == State::Circle);
        problems
            .extend(circles.map(|entry| problem(&entry.form.key, entry.since(), Misfit::Circle)));
        Loading {
            snapshot,
            problems,
            refused: None,
        }
    }

    fn refusing(&self, kills: &Kills, refusal: Refusal, now: Timestamp) -> Loading {
        Loading {
            snapshot: self.with_kills(kills, now),
            problems: Vec::new(),
            refused: Some(refusal),
        }
    }

    /// This snapshot with the kills of a document of which nothing else is taken.
    pub(crate) fn with_kills(&self, kills: &Kills, now: Timestamp) -> Self {
        let environment = self.environment();
        let entries = self.entries.iter().map(|entry| Entry {
            killed: entry.killed || flag_is_killed(kills, &entry.form.key, environment),
            // Circles are found anew.
            state: match entry.state {
                State::Gone => State::Gone,
                State::InForce | State::Circle => State::InForce,
            },
            ..entry.clone()
        });
        let parts = Parts {
            entries: entries.collect(),
            is_killed: self.is_killed || environment_is_killed(kills, environment),
            environment: self.environment.clone(),
            embedded: Arc::clone(&self.embedded),
            table: Arc::clone(&self.table),
            document: self.document.clone(),
        };
        Self::assemble(parts, now)
    }
}

pub(super) fn problem(key: &str, since: Option<Digest>, reason: Misfit) -> Problem {
    Problem {
        key: key.into(),
        since,
        reason,
    }
}

pub(super) fn by_key(definition: &Definition) -> HashMap<&str, &Flag> {
    let flags = definition.flags.iter();
    flags.map(|flag| (flag.key.as_str(), flag)).collect()
}

pub(super) fn choose(
    definition: &Definition,
    environment: Option<&str>,
) -> Result<Option<EnvironmentIndex>, UnknownEnvironment> {
    let Some(name) = environment else {
        return Ok(None);
    };
    let chosen = definition.environment(name);
    chosen.map(Some).ok_or_else(|| UnknownEnvironment {
        given: name.into(),
        known: definition
            .environments
            .iter()
            .map(|environment| environment.name.as_str().into())
            .collect(),
    })
}

fn is_killed(definition: &Definition, chosen: Option<EnvironmentIndex>) -> bool {
    chosen
        .and_then(|index| definition.environments.get(index.get()))
        .is_some_and(|environment| environment.killed)
}

fn environment_is_killed(kills: &Kills, environment: Option<&str>) -> bool {
    environment.is_some_and(|name| kills.environments.contains(name))
}

pub(super) fn flag_is_killed(kills: &Kills, key: &str, environment: Option<&str>) -> bool {
    kills.flags.get(key).is_some_and(|kills| {
        kills.base || environment.is_some_and(|name| kills.environments.contains(name))
    })
}
