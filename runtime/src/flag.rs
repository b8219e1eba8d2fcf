//! Flags as constants, and the questions that they answer.

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU8, Ordering};

use crate::answer::Answer;
use crate::ask;
use crate::context::{Context, Slots};
use crate::set::{ASK, FlagSet, PublishedRollout};
use crate::thread;
use crate::value::ValueKind;
use crate::variant::Variant;

/// The flags of one `flags.yaml`, as a type. The build script writes one, and every flag and context of that file is marked with it.
pub trait Schema: Sized + 'static {
    /// The set.
    fn set() -> &'static FlagSet;

    /// The byte that says what a flag answers to everyone, or [`ASK`].
    fn state(index: u32) -> &'static AtomicU8;

    /// What is published of a flag on which nothing but a percentage decides.
    fn rollout(index: u32) -> &'static PublishedRollout;
}

/// A context for the flags of one `flags.yaml`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the context that these flags are asked for",
    label = "not the context of this flag's `flags.yaml`",
    note = "each `flags.yaml` has a `Context` of its own, in the module with its `Flags`"
)]
pub trait ContextFor<S: Schema> {
    /// What the attributes are read from.
    type Slots: Slots;

    /// The attributes.
    fn slots(&self) -> &Self::Slots;
}

impl<S: Schema, C: ContextFor<S> + ?Sized> ContextFor<S> for &C {
    type Slots = C::Slots;

    #[inline]
    fn slots(&self) -> &C::Slots {
        (**self).slots()
    }
}

impl<S: Schema, const N: usize> ContextFor<S> for Context<'_, S, N> {
    type Slots = Self;

    #[inline]
    fn slots(&self) -> &Self {
        self
    }
}

/// A flag that answers `V`. The constants in the generated `Flags` are of this type; copying one is free.
///
/// Questions are asked of the scope that the thread is in (see [`Scope`](crate::Scope)), or, by the methods that end in `_for`, about
/// the context that they are given. Asking takes no lock, allocates nothing and never fails; whatever becomes of files and
/// networks, there is an answer. Where a flag needs a context and there is no scope, it answers as for an empty context,
/// which [`Status`](crate::Status) counts.
///
/// `S` marks the `flags.yaml` that the flag stands in, so that asking with another one's context is a compile error.
pub struct Flag<V, S> {
    index: u32,
    marker: PhantomData<fn() -> (V, S)>,
}

impl<V, S> Flag<V, S> {
    /// The flag at a place of the generated table. Only generated code calls it.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self {
            index,
            marker: PhantomData,
        }
    }

    pub(crate) const fn index(self) -> u32 {
        self.index
    }
}

impl<S: Schema> Flag<bool, S> {
    /// Whether the flag is on, in the scope that the thread is in.
    #[inline]
    pub fn is_enabled(self) -> bool {
        // Each way ends here, so that a gate keeps nothing on the stack for the ways that are rarely taken.
        if !thread::is_plain_for(self.index) {
            return ask::is_enabled_in_scope(S::set(), self.index);
        }
        let state = S::state(self.index).load(Ordering::Relaxed);
        // One comparison tells the three apart, since `ASK` has the sign's bit.
        match state.cast_signed() {
            0 => false,
            1.. => true,
            _ => ask::is_enabled_for_nobody(S::set(), self.index),
        }
    }

    /// Whether the flag is on for a context.
    #[inline]
    pub fn is_enabled_for<C: ContextFor<S> + ?Sized>(self, context: &C) -> bool {
        self.ordinal_for(context) == 1
    }
}

impl<V: Variant, S: Schema> Flag<V, S> {
    /// The variant that the flag answers in the scope that the thread is in.
    #[inline]
    pub fn variant(self) -> V {
        self.of_ordinal(self.ordinal())
    }

    /// The variant that the flag answers for a context.
    #[inline]
    pub fn variant_for<C: ContextFor<S> + ?Sized>(self, context: &C) -> V {
        self.of_ordinal(self.ordinal_for(context))
    }

    /// What the variant holds that the flag answers in the scope that the thread is in.
    pub fn value(self) -> <V::Value as ValueKind>::Output {
        let set = S::set();
        ask::with_ordinal(set, self.index, None::<&()>, |in_force, ordinal| {
            V::Value::read(set.held(in_force, self.index, ordinal))
        })
    }

    /// What the variant holds that the flag answers for a context.
    pub fn value_for<C: ContextFor<S> + ?Sized>(
        self,
        context: &C,
    ) -> <V::Value as ValueKind>::Output {
        let set = S::set();
        let context = Some(context.slots());
        ask::with_ordinal(set, self.index, context, |in_force, ordinal| {
            V::Value::read(set.held(in_force, self.index, ordinal))
        })
    }

    /// The answer in the scope that the thread is in, with the reason for it.
    pub fn evaluate(self) -> Answer<V> {
        ask::with_answer(S::set(), self.index, None::<&()>, |in_force, decision| {
            Answer::new(self, in_force, decision)
        })
    }

    /// The answer for a context, with the reason for it.
    pub fn evaluate_for<C: ContextFor<S> + ?Sized>(self, context: &C) -> Answer<V> {
        let context = Some(context.slots());
        ask::with_answer(S::set(), self.index, context, |in_force, decision| {
            Answer::new(self, in_force, decision)
        })
    }

    /// The flag's key in `flags.yaml`.
    pub fn key(self) -> &'static str {
        S::set().key(self.index)
    }

    /// Forces what the flag answers on this thread, in a scope or not, for as long as the guard lives. For tests.
    ///
    /// Other threads never see it, so tests that force flags can run at the same time; a test whose questions are asked on several
    /// threads forces the flag in its scope instead ([`Scope::with`](crate::Scope::with)). Where guards force the same flag, the youngest
    /// one alive wins, in whatever order they are dropped. What flags answer that depend on this one doesn't change.
    pub fn override_here(self, variant: V) -> OverrideGuard {
        OverrideGuard {
            id: thread::force(S::set(), self.index, variant.ordinal()),
            not_send: PhantomData,
        }
    }

    #[inline]
    fn ordinal(self) -> u32 {
        if !thread::is_plain_for(self.index) {
            return ask::ordinal_in_scope(S::set(), self.index);
        }
        match S::state(self.index).load(Ordering::Relaxed) {
            ASK => ask::ordinal_of_nobody(S::set(), self.index),
            ordinal => u32::from(ordinal),
        }
    }

    #[inline]
    fn ordinal_for<C: ContextFor<S> + ?Sized>(self, context: &C) -> u32 {
        if !thread::is_plain_for(self.index) {
            return ask::ordinal_in_scope_for(S::set(), self.index, context.slots());
        }
        match S::state(self.index).load(Ordering::Relaxed) {
            ASK => ask::ordinal_for(
                S::rollout(self.index),
                S::set(),
                self.index,
                context.slots(),
            ),
            ordinal => u32::from(ordinal),
        }
    }

    /// The variant of an ordinal. Snapshots hold only ordinals that the program knows, so the rest is never reached.
    #[inline]
    pub(crate) fn of_ordinal(self, ordinal: u32) -> V {
        V::from_ordinal(ordinal)
            .or_else(|| V::from_ordinal(S::set().baseline(self.index)))
            .unwrap_or(V::FIRST)
    }
}

impl<V, S> Clone for Flag<V, S> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, S> Copy for Flag<V, S> {}

impl<V, S> PartialEq for Flag<V, S> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<V, S> Eq for Flag<V, S> {}

impl<V, S: Schema> fmt::Debug for Flag<V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Flag")
            .field(&S::set().key(self.index))
            .finish()
    }
}

/// While it lives, a flag is forced on the thread that made it: see [`Flag::override_here`].
#[must_use = "the flag is forced only while the guard lives; bind it to a name, as in `let _on = …`"]
#[derive(Debug)]
pub struct OverrideGuard {
    id: u64,
    /// The guard must be dropped on the thread that it was made on.
    not_send: PhantomData<*const ()>,
}

impl Drop for OverrideGuard {
    fn drop(&mut self) {
        thread::unforce(self.id);
    }
}
