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
    pub fn find(root: &Node<'_>) -> Self {
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
            let overlays =
                named(entries(flag, "environments")).filter(|(_, overlay)| is_killed(overlay));
            let environments: BTreeSet<Box<str>> = overlays.map(|(name, _)| name.into()).collect();
            let base = is_killed(flag);
            if base || !environments.is_empty() {
                let known = kills.flags.entry(key.into()).or_default();
                known.base |= base;
                known.environments.extend(environments);
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

/// Whether a document says that it is of version 1.
pub(crate) fn is_version_1(root: &Node<'_>) -> bool {
    entries(root, "version").any(
        |value| matches!(&value.content, Content::Scalar(scalar) if scalar.integer() == Some(1)),
    )
}

fn is_killed(node: &Node<'_>) -> bool {
    entries(node, "killed")
        .any(|value| matches!(&value.content, Content::Scalar(scalar) if scalar.kind == ScalarKind::Boolean(true)))
}

/// The values of a key; a key that is there twice is a mistake, but its kill counts.
fn entries<'t, 's>(node: &'t Node<'s>, key: &'static str) -> impl Iterator<Item = &'t Node<'s>> {
    let entries = match &node.content {
        Content::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    entries
        .iter()
        .filter(
            move |(name, _)| matches!(&name.content, Content::Scalar(scalar) if scalar.text == key),
        )
        .map(|(_, value)| value)
}

/// The entries of mappings whose keys are text, or were meant to be.
fn named<'t, 's: 't>(
    maps: impl Iterator<Item = &'t Node<'s>>,
) -> impl Iterator<Item = (&'t str, &'t Node<'s>)> {
    maps.filter_map(|node| match &node.content {
        Content::Map(entries) => Some(entries),
        _ => None,
    })
    .flatten()
    .filter_map(|(key, value)| match &key.content {
        Content::Scalar(scalar) => Some((&*scalar.text, value)),
        _ => None,
    })
}
