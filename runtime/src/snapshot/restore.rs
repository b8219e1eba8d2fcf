//! Coming back to a state that was in force before the program was started.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use flagstone_model::{Checked, FlagKills, Kills, Timestamp, load};

use super::load::{by_key, choose};
use super::{Digest, Document, Entry, Loading, Origin, Parts, Program, Since, Snapshot, State};
use crate::compile::Compiler;

/// The flags that keep their forms from one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) document: Arc<Document>,
    pub(crate) flags: Vec<KeptFlag>,
}

/// A flag that keeps an older form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptFlag {
    pub(crate) key: Box<str>,
    /// The last snapshot in which the form was new.
    pub(crate) since: Digest,
}

impl Snapshot {
    /// The documents that kept forms come from, the oldest first.
    pub(crate) fn kept(&self) -> Vec<Kept> {
        let mut kept: BTreeMap<u64, Kept> = BTreeMap::new();
        for entry in &self.entries {
            let Some(since) = entry.since.as_ref().filter(|_| entry.state != State::Gone) else {
                continue;
            };
            let Origin::Document(document) = &since.document else {
                continue;
            };
            let of_document = kept.entry(document.serial).or_insert_with(|| Kept {
                document: Arc::clone(document),
                flags: Vec::new(),
            });
            of_document.flags.push(KeptFlag {
                key: (*entry.form.key).into(),
                since: since.digest,
            });
        }
        kept.into_values().collect()
    }

    /// What documents killed that could not move the flags otherwise, as if one document did so in this environment.
    pub(crate) fn kills_of_documents(&self) -> Kills {
        let killed = self.entries.iter().filter(|entry| entry.killed);
        let everywhere = FlagKills {
            base: true,
            ..FlagKills::default()
        };
        let environment = self.environment.as_deref().filter(|_| self.is_killed);
        Kills {
            environments: environment.map(Box::from).into_iter().collect(),
            flags: killed
                .map(|entry| (Box::from(&*entry.form.key), everywhere.clone()))
                .collect(),
        }
    }

    /// The flags that keep an older form and that documents killed.
    pub(crate) fn killed_and_kept(&self) -> impl Iterator<Item = &str> {
        let entries = self.entries.iter();
        let entries = entries.filter(|entry| entry.killed && entry.is_kept);
        entries.map(|entry| &*entry.form.key)
    }

    /// The snapshot of a document's program with the forms that were kept from older documents, for a document to arrive at. A form
    /// that this program can't take any more stays the program's own.
    pub(crate) fn with_kept(&self, kept: &[Kept], program: &Program, now: Timestamp) -> Self {
        let mut base = self.forgetting();
        for kept in kept {
            let loaded = load(&kept.document.name, &kept.document.bytes);
            if let Ok(checked) = &loaded.outcome {
                base.restore(kept, checked, program);
            }
        }
        Self::assemble(base, now)
    }

    /// The entries of this snapshot, as if they had always been there.
    fn forgetting(&self) -> Parts {
        let entries = self.entries.iter().map(|entry| Entry {
            is_kept: true,
            since: None,
            ..entry.clone()
        });
        Parts {
            entries: entries.collect(),
            table: Arc::clone(&self.table),
            environment: self.environment.clone(),
            is_killed: self.is_killed,
            embedded: Arc::clone(&self.embedded),
            document: None,
        }
    }

    /// This snapshot, restored: the document that was in force arrives at it, then what was killed is killed.
    pub(crate) fn restored(
        &self,
        current: Option<(&Checked, Arc<Document>)>,
        kills: &Kills,
        program: &Program,
        now: Timestamp,
    ) -> Option<Loading> {
        let Some((checked, document)) = current else {
            return Some(Loading {
                snapshot: self.with_kills(kills, now),
                problems: Vec::new(),
                refused: None,
            });
        };
        let loading = self.next(checked, Some(document), program, now);
        loading.refused.is_none().then(|| Loading {
            snapshot: loading.snapshot.with_kills(kills, now),
            ..loading
        })
    }
}

impl Parts {
    /// Puts the forms that were kept from a document in their places.
    fn restore(&mut self, kept: &Kept, checked: &Checked, program: &Program) {
        let environment = self.environment.as_deref();
        let (Some(definition), false) = (checked.right_part(), checked.holds_back_document())
        else {
            return;
        };
        let Ok(chosen) = choose(definition, environment) else {
            return;
        };
        let table = Arc::new(self.table.extended(&definition.context));
        let compiler = Compiler::new(definition, chosen, &table);
        let declared = by_key(definition);
        let places: HashMap<&str, usize> = program
            .flags
            .iter()
            .zip(0..)
            .map(|(flag, place)| (flag.key, place))
            .collect();
        for flag in &kept.flags {
            let Some(declaration) = declared.get(&*flag.key) else {
                continue;
            };
            let own = places.get(&*flag.key).copied();
            let form = compiler.flag(declaration, own.and_then(|own| program.flags.get(own)));
            let Some(form) = form
                .ok()
                .filter(|form| form.variants.undecodable().is_none())
            else {
                continue;
            };
            let entry = Entry {
                is_kept: true,
                since: Some(Box::new(Since {
                    digest: flag.since,
                    document: Origin::Document(Arc::clone(&kept.document)),
                })),
                ..Entry::fresh(Arc::new(form))
            };
            match own.and_then(|own| self.entries.get_mut(own)) {
                Some(place) => *place = entry,
                None => self.entries.push(entry),
            }
        }
        drop(compiler);
        self.table = table;
    }
}
