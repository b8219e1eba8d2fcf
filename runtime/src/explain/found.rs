//! What a context says of an attribute, without what is private.

use flagstone_model::AttributeType;

use super::teller::Teller;
use super::words::quoted;
use crate::context::Slot;
use crate::snapshot::TableEntry;

/// What stands for the value of a private attribute.
const PRIVATE: &str = "<private>";

impl Teller<'_> {
    /// "plan is "free"", "plan is missing".
    pub(super) fn attribute(&self, slot: usize) -> String {
        let Some(entry) = self.snapshot.schema().get(slot) else {
            return "it is missing, since this program's contexts don't have it".into();
        };
        let (name, given) = (entry.name(), self.context.slot(slot));
        if matches!(given, Slot::Missing) {
            return format!("{name} is missing");
        }
        match value(given, entry.ty()) {
            None => format!(
                "{name} is missing: what is given is no {}",
                entry.ty().name()
            ),
            Some(_) if entry.is_private() => format!("{name} is {PRIVATE}"),
            Some(value) => format!("{name} is {value}"),
        }
    }

    /// Whether an attribute's value must stay untold.
    pub(super) fn is_private(&self, slot: usize) -> bool {
        let entry = self.snapshot.schema().get(slot);
        entry.is_some_and(TableEntry::is_private)
    }

    /// What is bucketed, or overridden: `user_id "u-17"`; `None` where there is no text.
    pub(super) fn unit(&self, slot: usize) -> Option<String> {
        let text = self.context.slot(slot).unit().with_text(quoted)?;
        let entry = self.snapshot.schema().get(slot)?;
        let text = if entry.is_private() { PRIVATE } else { &text };
        Some(format!("{} {text}", entry.name()))
    }
}

/// The value of an attribute's type, in words; `None` where it isn't of that type.
fn value(given: Slot<'_>, ty: AttributeType) -> Option<String> {
    Some(match ty {
        AttributeType::String => quoted(given.text()?),
        AttributeType::Integer => given.integer()?.to_string(),
        AttributeType::Number => given.number()?.to_string(),
        AttributeType::Boolean => given.boolean()?.to_string(),
        AttributeType::Timestamp => given.timestamp()?.to_string(),
        AttributeType::Semver => match given {
            Slot::Text(text) => given.version().map(|_| quoted(text))?,
            _ => given.version()?.to_version().to_string(),
        },
        AttributeType::Strings => {
            let mut texts = Vec::new();
            // The search never succeeds, so it sees every element; of very many, the first are told.
            given.texts()?.any(|text| {
                texts.push(quoted(text));
                texts.len() > MOST_TEXTS
            });
            if texts.len() > MOST_TEXTS {
                texts.pop();
                texts.push("…".into());
            }
            format!("[{}]", texts.join(", "))
        }
    })
}

/// How many elements of a list are told.
const MOST_TEXTS: usize = 20;
