//! `std::sync::Arc` with the orderings that the standard library's source has. Loom's own synchronises when it is asked how many
//! there are, which the real one doesn't.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use loom::sync::atomic::{AtomicUsize, Ordering, fence};

use super::Strength;

/// A counted reference.
pub(crate) struct Counted<T, S = super::Real> {
    inner: Arc<Inner<T>>,
    strength: PhantomData<S>,
}

struct Inner<T> {
    count: AtomicUsize,
    value: T,
}

impl<T, S: Strength> Counted<T, S> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            inner: Arc::new(Inner {
                count: AtomicUsize::new(1),
                value,
            }),
            strength: PhantomData,
        }
    }

    /// The value where nobody else refers to it.
    pub(crate) fn get_mut(this: &mut Self) -> Option<&T> {
        let count = this.inner.count.load(S::ACQUIRE);
        (count == 1).then_some(&this.inner.value)
    }
}

impl<T, S> Clone for Counted<T, S> {
    fn clone(&self) -> Self {
        self.inner.count.fetch_add(1, Ordering::Relaxed);
        Self {
            inner: Arc::clone(&self.inner),
            strength: PhantomData,
        }
    }
}

impl<T, S> Drop for Counted<T, S> {
    fn drop(&mut self) {
        if self.inner.count.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
        }
    }
}

impl<T, S> Deref for Counted<T, S> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner.value
    }
}

impl<T: fmt::Debug, S> fmt::Debug for Counted<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.value.fmt(f)
    }
}
