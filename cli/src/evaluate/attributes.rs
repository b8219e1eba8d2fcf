//! The attributes that are declared, and what is to be said of those that are given.

use std::collections::HashSet;

use flagstone::{AttributeTable, TableEntry, Timestamp};
use flagstone_model::{AttributeType, ContextSchema, VersionRef};

use super::context::Given;
use crate::nearest::{DidYouMean, nearest};

/// The attributes by slot, with their closed lists.
pub(crate) struct Attributes<'s> {
    pub(super) table: &'s AttributeTable,
    /// For each slot the values that rules may name.
    values: Vec<Option<&'s [Box<str>]>>,
}

impl<'s> Attributes<'s> {
    pub(crate) fn new(table: &'s AttributeTable, schema: &'s ContextSchema) -> Self {
        let values = table.iter().map(|entry| {
            let index = schema.find(entry.name())?;
            schema.attribute(index)?.values.as_deref()
        });
        Self {
            table,
            values: values.collect(),
        }
    }

    /// Warns where a value isn't of the attribute's type, or isn't in its closed list.
    pub(super) fn judge(&self, slot: usize, given: &Given<'_>, warnings: &mut Warnings) {
        let Some(entry) = self.table.get(slot) else {
            return;
        };
        if !is_of(entry.ty(), given) {
            warnings.mistyped(entry);
            return;
        }
        let values = self.values.get(slot).copied().flatten();
        if let (Some(values), Given::Text(text)) = (values, given)
            && !values.iter().any(|value| **value == **text)
        {
            warnings.unlisted(entry, text, values);
        }
    }
}

/// Whether a value is of a type; nothing is of every type.
fn is_of(ty: AttributeType, given: &Given<'_>) -> bool {
    use AttributeType as Type;
    match (ty, given) {
        (_, Given::Missing)
        | (Type::String, Given::Text(_))
        | (Type::Integer | Type::Number, Given::Integer(_))
        | (Type::Boolean, Given::Boolean(_))
        | (Type::Strings, Given::Texts(_) | Given::BorrowedTexts(_)) => true,
        (Type::Number, Given::Number(number)) => number.is_finite(),
        (Type::Timestamp, Given::Text(text)) => Timestamp::from_time_or_date(text).is_ok(),
        (Type::Semver, Given::Text(text)) => VersionRef::parse(text).is_ok(),
        _ => false,
    }
}

/// What there is to warn of, each name told once.
#[derive(Default)]
pub(super) struct Warnings {
    seen: HashSet<(Kind, Box<str>)>,
    fresh: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Undeclared,
    Mistyped,
    Unlisted,
}

impl Warnings {
    /// Someone who gives a thousand unknown names doesn't read warnings, and memory is to stay bounded.
    const MOST: usize = 1000;

    /// An attribute that isn't declared.
    pub(super) fn undeclared(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.add(Kind::Undeclared, name, || {
            // A name is shown as a literal would be, so that none can steer the terminal.
            let known = attributes.table.iter().map(TableEntry::name);
            let hint = DidYouMean(nearest(name, known));
            format!("the attribute {name:?} isn't declared, so it is ignored{hint}")
        });
    }

    /// A value of another type. It stays untold: it may be private.
    pub(super) fn mistyped(&mut self, entry: &TableEntry) {
        let name = entry.name();
        self.add(Kind::Mistyped, name, || match entry.ty() {
            AttributeType::Strings => {
                format!("the value of `{name}` is no list of texts, so the attribute is missing")
            }
            ty => {
                let ty = ty.name();
                format!("the value of `{name}` is no {ty}, so the attribute is missing")
            }
        });
    }

    /// A text outside the closed list of an attribute, which no rule can name.
    fn unlisted(&mut self, entry: &TableEntry, text: &str, values: &[Box<str>]) {
        self.add(Kind::Unlisted, entry.name(), || {
            let known = values.iter().map(|value| &**value);
            let meant = nearest(text, known).filter(|_| !entry.is_private());
            let hint = DidYouMean(meant);
            let name = entry.name();
            format!("the value of `{name}` isn't in the attribute's closed list{hint}")
        });
    }

    fn add(&mut self, kind: Kind, name: &str, words: impl FnOnce() -> String) {
        if self.seen.len() == Self::MOST || !self.seen.insert((kind, name.into())) {
            return;
        }
        self.fresh.push(words());
        if self.seen.len() == Self::MOST {
            self.fresh
                .push("further attributes are judged silently".into());
        }
    }

    /// The warnings that nobody has been told yet.
    pub(super) fn take(&mut self) -> impl Iterator<Item = String> + '_ {
        self.fresh.drain(..)
    }
}
