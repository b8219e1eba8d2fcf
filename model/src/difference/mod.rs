//! What changes for whom when one document takes another's place: what each flag does in each environment, in words.

mod breaking;
mod change;
mod effective;
mod flags;
mod rules;
mod segments;

use std::collections::BTreeMap;

pub use change::{Change, Place, Severe, Subject};

use crate::definition::{Definition, EnvironmentIndex, Flag};
use crate::words::Speaker;

/// What changes when `new` takes the place of `old`, flag by flag in the order of `new`, what is gone last.
///
/// What is only written in another way is no change: another order, a base that an overlay spells out. What people
/// read of a flag, such as its description, isn't looked at.
///
/// ```
/// use flagstone_model::{difference, load};
///
/// let document = |rollout: &str| format!("version: 1
/// environments: {{ staging: {{}}, production: {{}} }}
/// flags: {{ new_dashboard: {{ serve: on, environments: {{ production: {{ rollout: {rollout} }} }} }} }}
/// ");
/// let (old, new) = (document("25%"), document("40%"));
/// let (old, new) = (load("old", old.as_bytes()), load("new", new.as_bytes()));
/// let changes = difference(old.definition().ok_or("right")?, new.definition().ok_or("right")?);
/// assert_eq!(changes.len(), 1);
/// assert_eq!(changes[0].to_string(), "`new_dashboard`: rollout 25 % → 40 % in production");
/// # Ok::<(), &str>(())
/// ```
pub fn difference(old: &Definition, new: &Definition) -> Vec<Change> {
    let pair = Pair {
        old,
        new,
        old_words: Speaker::for_comparison(old),
        new_words: Speaker::for_comparison(new),
    };
    let mut changes = breaking::context(&pair);
    changes.extend(segments::changes(&pair));
    changes.extend(flags::environments(&pair));
    changes.extend(flags::changes(&pair));
    changes
}

/// Two documents that are compared.
struct Pair<'d> {
    old: &'d Definition,
    new: &'d Definition,
    old_words: Speaker<'d>,
    new_words: Speaker<'d>,
}

impl<'d> Pair<'d> {
    /// Where both can be asked: without an environment, and in each that both declare.
    fn places(
        &self,
    ) -> Vec<(
        Option<&'d str>,
        Option<EnvironmentIndex>,
        Option<EnvironmentIndex>,
    )> {
        let shared = self.new.environments.iter().enumerate();
        let shared = shared.filter_map(|(index, environment)| {
            let name = environment.name.as_str();
            let old = self.old.environment(name)?;
            Some((Some(name), Some(old), Some(EnvironmentIndex::new(index))))
        });
        core::iter::once((None, None, None)).chain(shared).collect()
    }
}

/// The flags of a document by their keys.
fn by_key(definition: &Definition) -> BTreeMap<&str, &Flag> {
    let flags = definition.flags.iter();
    flags.map(|flag| (flag.key.as_str(), flag)).collect()
}

#[cfg(test)]
mod tests;
