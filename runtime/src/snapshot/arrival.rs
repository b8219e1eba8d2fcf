//! What becomes of each flag when a document arrives.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use flagstone_model::{Checked, Definition, Flag, HoldsBack, Kills};

use super::fingerprint::{Fingerprint, Fingerprints};
use super::load::{by_key, flag_is_killed, problem};
use super::{EmbeddedFlag, Entry, Problem, Program, Since, Snapshot, State};
use crate::compile::{Compiler, Form, Misfit};

/// A document that arrives, and what it arrives at.
pub(super) struct Arriving<'a> {
    pub(super) checked: &'a Checked,
    pub(super) definition: &'a Definition,
    pub(super) program: &'a Program,
    pub(super) compiler: &'a Compiler<'a>,
    /// None where the document's text isn't at hand.
    pub(super) fingerprints: Option<Fingerprints<'a>>,
}

/// A document on its way to becoming a snapshot.
pub(super) struct Arrival<'p> {
    previous: &'p Snapshot,
    /// How many flags the program has.
    own: usize,
    /// The program's flags by index, then others.
    choices: Vec<Choice>,
}

/// What becomes of a flag.
struct Choice {
    key: Arc<str>,
    /// Its place in the next snapshot; none where neither this document nor an earlier one has a form of it.
    entry: Option<Entry>,
    /// Why the document's form wasn't taken.
    misfit: Option<Misfit>,
}

impl<'p> Arrival<'p> {
    /// Takes the forms of the document that the program can serve, and keeps the last good forms of other flags.
    pub(super) fn new(previous: &'p Snapshot, arriving: &Arriving<'_>) -> Self {
        let mut arrival = Self {
            previous,
            own: arriving.program.flags.len(),
            choices: Vec::new(),
        };
        arrival.choose(arriving);
        while arrival.take_back_unlinkable() {}
        arrival
    }

    fn choose(&mut self, arriving: &Arriving<'_>) {
        let Arriving {
            checked,
            definition,
            program,
            ..
        } = arriving;
        let declared = by_key(definition);
        let messages = messages(checked);
        let reason = |key: &str| Misfit::Refused(messages.get(key).cloned().unwrap_or_default());
        let known: HashSet<&str> = program.flags.iter().map(|flag| flag.key).collect();
        for (flag, embedded) in program.flags.iter().zip(&*self.previous.embedded) {
            let choice = match declared.get(flag.key) {
                _ if checked.refuses(flag.key) => self.keep(flag.key, reason(flag.key)),
                Some(declared) => self.take(arriving, declared, Some(flag)),
                None => Choice {
                    key: flag.key.into(),
                    entry: Some(Entry::gone(Arc::clone(embedded))),
                    misfit: None,
                },
            };
            self.choices.push(choice);
        }
        for flag in &definition.flags {
            let key = flag.key.as_str();
            if !known.contains(key) && !checked.refuses(key) {
                let choice = self.take(arriving, flag, None);
                self.choices.push(choice);
            }
        }
        for key in checked
            .refused()
            .filter(|key| !known.contains(key.as_str()))
        {
            let choice = self.keep(key.as_str(), reason(key.as_str()));
            self.choices.push(choice);
        }
    }

    /// The document's form of a flag, if the program can serve it.
    fn take(&self, arriving: &Arriving<'_>, flag: &Flag, program: Option<&EmbeddedFlag>) -> Choice {
        let fingerprints = arriving.fingerprints.as_ref();
        let made_of = fingerprints.map(|fingerprints| fingerprints.of(flag));
        let unchanged = made_of.and_then(|made_of| self.unchanged(flag, made_of));
        let form = unchanged.map_or_else(|| compile(arriving.compiler, flag, program), Ok);
        match form {
            Ok(form) => Choice {
                key: Arc::clone(&form.key),
                entry: Some(Entry {
                    made_of,
                    ..Entry::fresh(form)
                }),
                misfit: None,
            },
            Err(reason) => self.keep(flag.key.as_str(), reason),
        }
    }

    /// The last form of a flag, if the document's would be the same. What a reference to another flag means depends on that flag
    /// as well, so a form that has one is always made anew.
    fn unchanged(&self, flag: &Flag, made_of: Fingerprint) -> Option<Arc<Form>> {
        let index = self.previous.find(flag.key.as_str())?;
        let last = self.previous.entry(index)?;
        let is_same = last.made_of == Some(made_of) && last.form.references().is_empty();
        is_same.then(|| Arc::clone(&last.form))
    }

    /// The last good form of a flag, else the program's own.
    fn keep(&self, key: &str, reason: Misfit) -> Choice {
        let previous = self.previous;
        let last = previous.find(key).and_then(|index| {
            let last = previous.entry(index)?;
            let embedded = previous.embedded.get(index as usize);
            Some((last, embedded))
        });
        let entry = match last {
            Some((last, _)) if last.state != State::Gone => Some(Entry {
                state: State::InForce,
                is_kept: true,
                // What was new in the last snapshot is as it was there; what was kept then is older.
                since: last.since.clone().or_else(|| {
                    (!last.is_kept).then(|| {
                        Box::new(Since {
                            digest: previous.digest,
                            document: previous.document.clone().into(),
                        })
                    })
                }),
                ..last.clone()
            }),
            Some((_, Some(embedded))) => Some(Entry {
                state: if embedded.is_unknown() {
                    State::Gone
                } else {
                    State::InForce
                },
                is_kept: true,
                ..Entry::fresh(Arc::clone(embedded))
            }),
            _ => None,
        };
        Choice {
            key: key.into(),
            entry,
            misfit: Some(reason),
        }
    }

    /// Takes back the forms of the document that ask for something which isn't in force. That can make others
    /// unlinkable, so it is done until nothing changes; `false` says that nothing did.
    fn take_back_unlinkable(&mut self) -> bool {
        let index: HashMap<&str, usize> = self
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.form().is_some())
            .map(|(index, choice)| (&*choice.key, index))
            .collect();
        let foreign = self.foreign(&index);
        let mut unlinkable = Vec::new();
        for (place, choice) in self.choices.iter().enumerate() {
            let fresh = choice.form().filter(|_| choice.misfit.is_none());
            let misfit = fresh.and_then(|form| {
                let missing = self.missing_reference(form, &index);
                missing.or_else(|| {
                    let is_own = place < self.own;
                    is_own.then(|| foreign_reference(form, &foreign)).flatten()
                })
            });
            if let Some(misfit) = misfit {
                unlinkable.push((place, misfit));
            }
        }
        let changes = !unlinkable.is_empty();
        for (place, misfit) in unlinkable {
            let Some(key) = self
                .choices
                .get(place)
                .map(|choice| Arc::clone(&choice.key))
            else {
                continue;
            };
            let kept = self.keep(&key, misfit);
            if let Some(choice) = self.choices.get_mut(place) {
                *choice = kept;
            }
        }
        changes
    }

    fn missing_reference(&self, form: &Form, index: &HashMap<&str, usize>) -> Option<Misfit> {
        form.references().iter().find_map(|reference| {
            let target = index.get(reference.flag.as_str());
            let target = target.and_then(|place| self.choices.get(*place)?.form());
            let Some(target) = target else {
                return Some(Misfit::UnknownFlag {
                    flag: reference.flag.clone(),
                });
            };
            let missing = reference
                .variants
                .iter()
                .find(|variant| target.variants.ordinal(variant.as_str()).is_none());
            missing.map(|variant| Misfit::UnknownVariantOf {
                flag: reference.flag.clone(),
                variant: variant.clone(),
            })
        })
    }

    /// The flags that the program doesn't know and that read, themselves or through others, an attribute which its
    /// contexts don't have; each with that attribute.
    fn foreign(&self, index: &HashMap<&str, usize>) -> HashMap<Arc<str>, Arc<str>> {
        let mut foreign: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        let others = || self.choices.iter().skip(self.own);
        for choice in others() {
            let attribute = choice.form().and_then(|form| form.foreign().cloned());
            foreign.extend(attribute.map(|attribute| (Arc::clone(&choice.key), attribute)));
        }
        loop {
            let mut found = Vec::new();
            if foreign.is_empty() {
                return foreign;
            }
            for choice in others().filter(|choice| !foreign.contains_key(&choice.key)) {
                let references = choice.form().map(Form::references);
                let attribute = references.unwrap_or_default().iter().find_map(|reference| {
                    let key = reference.flag.as_str();
                    index.get(key).and_then(|_| foreign.get(key).cloned())
                });
                found.extend(attribute.map(|attribute| (Arc::clone(&choice.key), attribute)));
            }
            if found.is_empty() {
                return foreign;
            }
            foreign.extend(found);
        }
    }

    /// The entries of the next snapshot, and why some of them aren't the document's.
    pub(super) fn finish(self, kills: &Kills) -> (Vec<Entry>, Vec<Problem>) {
        let environment = self.previous.environment();
        let mut entries = Vec::with_capacity(self.choices.len());
        let mut problems = Vec::new();
        for choice in self.choices {
            if let Some(reason) = choice.misfit {
                let since = choice.entry.as_ref().and_then(Entry::since);
                problems.push(problem(&choice.key, since, reason));
            }
            entries.extend(choice.entry.map(|entry| Entry {
                killed: entry.killed || flag_is_killed(kills, &choice.key, environment),
                ..entry
            }));
        }
        (entries, problems)
    }
}

impl Choice {
    /// The form that is to be in force.
    fn form(&self) -> Option<&Form> {
        let entry = self.entry.as_ref()?;
        (entry.state != State::Gone).then_some(&*entry.form)
    }
}

/// The document's form of a flag, unless the program can't serve it.
fn compile(
    compiler: &Compiler<'_>,
    flag: &Flag,
    program: Option<&EmbeddedFlag>,
) -> Result<Arc<Form>, Misfit> {
    let form = compiler.flag(flag, program)?;
    let undecodable = form.variants.undecodable();
    undecodable.map_or_else(|| Ok(Arc::new(form)), Err)
}

fn foreign_reference(form: &Form, foreign: &HashMap<Arc<str>, Arc<str>>) -> Option<Misfit> {
    form.references().iter().find_map(|reference| {
        let attribute = foreign.get(reference.flag.as_str())?;
        Some(Misfit::UnknownAttributeOf {
            flag: reference.flag.clone(),
            attribute: Arc::clone(attribute),
        })
    })
}

/// The messages that hold back each flag.
fn messages(checked: &Checked) -> HashMap<&str, Vec<String>> {
    let mut messages: HashMap<&str, Vec<String>> = HashMap::new();
    for diagnostic in checked.diagnostics() {
        if let HoldsBack::Flags(keys) = &diagnostic.holds_back {
            for key in keys {
                let of_flag = messages.entry(key.as_str()).or_default();
                of_flag.push(diagnostic.message.clone());
            }
        }
    }
    messages
}
