//! What the program knows about a request, as evaluation reads it: by slot.

mod attributes;
mod owned;
mod slot;
mod texts;
mod unit;

use core::fmt;
use core::marker::PhantomData;

pub use attributes::{AttributeValue, Attributes, JsonContext};
pub use owned::OwnedContext;
pub use slot::{SemverArgument, Slot};
pub use texts::Texts;
pub use unit::Unit;

/// A context: one slot for each attribute, by the index that the attribute has in the program or in a snapshot's
/// [`AttributeTable`](crate::AttributeTable).
///
/// Slots hold values **as they were given**. Whether a value fits the attribute's type is asked by whoever reads it: the
/// text `"17"` in the slot of an `integer` is missing for `gte: 18`, and yet it is the unit where that attribute is
/// the targeting key.
pub trait Slots {
    /// The value of an attribute; [`Slot::Missing`] for an index that the context doesn't have.
    fn slot(&self, index: usize) -> Slot<'_>;
}

impl<T: Slots + ?Sized> Slots for &T {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        (**self).slot(index)
    }
}

/// The context that knows nothing.
impl Slots for () {
    #[inline]
    fn slot(&self, _: usize) -> Slot<'_> {
        Slot::Missing
    }
}

/// A borrowed context with `N` slots: what generated code wraps. Building one allocates nothing.
///
/// `S` marks the flag set that the context is for, so that another set's context is a type error.
pub struct Context<'a, S, const N: usize> {
    slots: [Slot<'a>; N],
    set: PhantomData<fn() -> S>,
}

impl<'a, S, const N: usize> Context<'a, S, N> {
    /// The context that knows nothing yet.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self {
            slots: [Slot::Missing; N],
            set: PhantomData,
        }
    }

    /// The context with a value in one more slot. An index that it doesn't have changes nothing.
    #[inline]
    #[must_use]
    pub fn set(mut self, index: usize, value: impl Into<Slot<'a>>) -> Self {
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = value.into();
        }
        self
    }
}

impl<S, const N: usize> Slots for Context<'_, S, N> {
    #[inline]
    fn slot(&self, index: usize) -> Slot<'_> {
        self.slots.get(index).copied().unwrap_or(Slot::Missing)
    }
}

impl<S, const N: usize> Clone for Context<'_, S, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const N: usize> Copy for Context<'_, S, N> {}

impl<S, const N: usize> Default for Context<'_, S, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, const N: usize> fmt::Debug for Context<'_, S, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&self.slots).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let context = Context::<(), 2>::new().set(0, "secret").set(1, 4711);
        assert_eq!(format!("{context:?}"), "Context([Text(..), Integer(..)])");
    }
}
