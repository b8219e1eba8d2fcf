//! Kills, found in whatever else is wrong with a document.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Content, Node, ScalarKind};

/// What a document kills. A kill always arrives: it takes effect from any well-formed document of version 1, even
/// where the flag it stands at, or everything else, is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kills {
    /// Environments with `killed: true`.
    pub environments: BTreeSet<Box<str>>,
    /// Flags with `killed: true` somewhere.
    pub flags: BTreeMap<Box<str>, FlagKills>,
}

/// Where one flag is killed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlagKills {
    /// In its base, and so everywhere.
    pub base: bool,
    /// In these overlays.
    pub environments: BTreeSet<Box<str>>,
}

impl Kills {
    /// Collects the kills of a document; none where it isn't of version 1.
    pub fn find(root: Node<'_>) -> Self {
        let mut kills = Self::default();
        if !is_version_1(root) {
            return kills;
        }
        for (name, environment) in named(entries(root, "environments")) {
            if is_killed(environment) {
                kills.environments.insert(name.into());
            }
        }
        for (key, flag) in named(entries(root, "flags")) {
            let found = FlagKills::find(flag);
            if found.base || !found.environments.is_empty() {
                let known = kills.flags.entry(key.into()).or_default();
                known.base |= found.base;
                known.environments.extend(found.environments);
            }
        }
        kills
    }

    /// Whether a flag is killed in an environment, by itself or by the environment.
    pub fn reaches(&self, flag: &str, environment: Option<&str>) -> bool {
        let by_environment =
            environment.is_some_and(|environment| self.environments.contains(environment));
        by_environment
            || self.flags.get(flag).is_some_and(|kills| {
                kills.base
                    || environment
                        .is_some_and(|environment| kills.environments.contains(environment))
            })
    }
}

impl FlagKills {
    /// Looks once through a flag's keys: nearly all flags of nearly all documents aren't killed.
    fn find(flag: Node<'_>) -> Self {
        let mut kills = Self::default();
        for (key, value) in named(core::iter::once(flag)) {
            match key {
                "killed" => kills.base |= is_true(value),
                "environments" => {
                    let overlays = named(core::iter::once(value));
                    let killed = overlays.filter(|(_, overlay)| is_killed(*overlay));
                    kills
                        .environments
                        .extend(killed.map(|(name, _)| name.into()));
                }
                _ => {}
            }
        }
        kills
    }
}

/// Whether a document says that it is of version 1.
pub(crate) fn is_version_1(root: Node<'_>) -> bool {
    entries(root, "version")
        .filter_map(Node::scalar)
        .any(|scalar| scalar.integer() == Some(1))
}

fn is_killed(node: Node<'_>) -> bool {
    entries(node, "killed").any(is_true)
}

fn is_true(node: Node<'_>) -> bool {
    node.scalar()
        .is_some_and(|scalar| scalar.kind == ScalarKind::Boolean(true))
}

/// The values of a key; a key that is there twice is a mistake, but its kill counts.
fn entries<'t>(node: Node<'t>, key: &'static str) -> impl Iterator<Item = Node<'t>> {
    named(core::iter::once(node))
        .filter(move |(name, _)| *name == key)
        .map(|(_, value)| value)
}

/// The entries of mappings whose keys are text, or were meant to be.
fn named<'t>(maps: impl Iterator<Item = Node<'t>>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    maps.filter_map(|node| match node.content() {
        Content::Map(entries) => Some(entries.iter()),
        _ => None,
    })
    .flatten()
    .filter_map(|(key, value)| Some((key.scalar()?.text, value)))
}
