//! Which attribute has which slot.

use std::sync::Arc;

use flagstone_model::{AttributeType, ContextSchema};
use serde_json::{Map, Value};

use super::Program;
use crate::context::JsonContext;
use crate::text_set::TextMap;

/// The attributes of a snapshot's context, each at the index of its slot: the program's first, in the program's order.
#[derive(Debug)]
pub struct AttributeTable {
    entries: Vec<TableEntry>,
    index: TextMap<u32>,
    /// How many of them a context of the program has.
    own: usize,
    targeting_key: Option<usize>,
}

/// One attribute of an [`AttributeTable`].
#[derive(Debug, Clone)]
pub struct TableEntry {
    name: Arc<str>,
    ty: AttributeType,
    is_private: bool,
}

impl TableEntry {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its values are.
    pub fn ty(&self) -> AttributeType {
        self.ty
    }

    /// Whether its value must stay out of what people read.
    pub fn is_private(&self) -> bool {
        self.is_private
    }

    pub(crate) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }
}

impl AttributeTable {
    /// The attributes of a document for itself.
    pub(super) fn of_document(context: &ContextSchema) -> Self {
        let mut table = Self::empty();
        table.extend(context);
        table.own = table.len();
        table
    }

    /// The attributes of a program, then those that only the document declares.
    pub(super) fn of_program(program: &Program, context: &ContextSchema) -> Self {
        let mut table = Self::empty();
        for attribute in program.attributes {
            table.push(TableEntry {
                name: attribute.name.into(),
                ty: attribute.ty,
                is_private: false,
            });
        }
        table.own = table.len();
        table.extend(context);
        table
    }

    /// This table with the attributes of a later document behind it, so that what was compiled for this one still fits.
    pub(super) fn extended(&self, context: &ContextSchema) -> Self {
        let mut table = Self::empty();
        for entry in &self.entries {
            table.push(entry.clone());
        }
        table.own = self.own;
        table.extend(context);
        table
    }

    fn empty() -> Self {
        Self {
            entries: Vec::new(),
            index: TextMap::default(),
            own: 0,
            targeting_key: None,
        }
    }

    fn extend(&mut self, context: &ContextSchema) {
        for attribute in &context.attributes {
            let entry = TableEntry {
                name: attribute.name.to_arc(),
                ty: attribute.ty,
                is_private: attribute.private,
            };
            let known = self.index(attribute.name.as_str());
            match known.and_then(|index| Some((index, self.entries.get_mut(index)?))) {
                // The program's type is what its contexts hold.
                Some((index, known)) if index < self.own => known.is_private |= entry.is_private,
                Some((_, known)) => *known = entry,
                None => self.push(entry),
            }
        }
        let key = context.attribute(context.targeting_key);
        self.targeting_key = key.and_then(|key| self.index(key.name.as_str()));
    }

    fn push(&mut self, entry: TableEntry) {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.index.insert((*entry.name).into(), index);
        self.entries.push(entry);
    }

    /// How many attributes there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The slot of an attribute; `None` where it isn't declared.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.index.get(name).map(|index| *index as usize)
    }

    /// The attribute of a slot.
    pub fn get(&self, index: usize) -> Option<&TableEntry> {
        self.entries.get(index)
    }

    /// The attributes in the order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = &TableEntry> {
        self.entries.iter()
    }

    /// The slot of the targeting key.
    pub fn targeting_key(&self) -> Option<usize> {
        self.targeting_key
    }

    /// Reads a JSON object as a context, borrowing its texts. Keys that aren't declared are ignored.
    pub fn json_context<'a>(&self, object: &'a Map<String, Value>) -> JsonContext<'a> {
        JsonContext::new(self, object)
    }

    /// Whether a slot is one that a context of the program doesn't have.
    pub(crate) fn is_foreign(&self, slot: usize) -> bool {
        (self.own..self.len()).contains(&slot)
    }
}
