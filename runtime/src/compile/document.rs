//! A document beside the table of slots that its flags are compiled for.

use flagstone_model::{AttributeIndex, Definition, Name};

use super::Misfit;
use crate::snapshot::AttributeTable;

/// A document whose attributes have slots.
pub(super) struct Document<'d> {
    pub(super) definition: &'d Definition,
    pub(super) table: &'d AttributeTable,
    /// The slot of each attribute of the document.
    slots: Box<[u32]>,
    /// The slot of the targeting key.
    pub(super) unit: u32,
}

impl<'d> Document<'d> {
    pub(super) fn new(definition: &'d Definition, table: &'d AttributeTable) -> Self {
        let slot = |name: &Name| {
            let index = table.index(name.as_str());
            // A slot that no context has: the attribute is missing.
            index.map_or(u32::MAX, |index| u32::try_from(index).unwrap_or(u32::MAX))
        };
        let attributes = &definition.context.attributes;
        let slots: Box<[u32]> = attributes.iter().map(|entry| slot(&entry.name)).collect();
        let key = definition.context.targeting_key;
        let unit = slots.get(key.get()).copied().unwrap_or(u32::MAX);
        Self {
            definition,
            table,
            slots,
            unit,
        }
    }

    /// The slot of an attribute that is read as its type.
    ///
    /// # Errors
    ///
    /// [`Misfit::AttributeType`] where the program has the attribute with another type.
    pub(super) fn slot(&self, attribute: AttributeIndex) -> Result<u32, Misfit> {
        let slot = self.slots.get(attribute.get()).copied();
        let slot = slot.unwrap_or(u32::MAX);
        let declared = self.definition.context.attribute(attribute);
        let known = self.table.get(slot as usize);
        match declared.zip(known) {
            Some((declared, known)) if declared.ty != known.ty() => Err(Misfit::AttributeType {
                attribute: declared.name.to_arc(),
                document: declared.ty,
                program: known.ty(),
            }),
            _ => Ok(slot),
        }
    }
}
