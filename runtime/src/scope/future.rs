//! Futures that carry a scope.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;

use pin_project_lite::pin_project;

use super::Opened;
use crate::thread::{Entered, in_scope};

pin_project! {
    /// A future in a scope, made by [`Scope::in_scope`](crate::Scope::in_scope) or [`FutureExt::in_current_scope`].
    #[must_use = "a future does nothing until it is polled"]
    pub struct InScope<F> {
        // Between polls the scope is here; during a poll it is in the thread.
        scope: Option<Arc<Opened>>,
        // Emptied when this is dropped, so that the future's own destructors run in the scope.
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for InScope<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _entered = Entered::new(this.scope);
            this.future.set(None);
        }
    }
}

impl<F> InScope<F> {
    pub(super) fn new(scope: Option<Arc<Opened>>, future: F) -> Self {
        Self {
            scope,
            future: Some(future),
        }
    }
}

impl<F: Future> Future for InScope<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered::new(this.scope);
        match this.future.as_pin_mut() {
            Some(future) => future.poll(context),
            // Only `drop` empties it.
            None => Poll::Pending,
        }
    }
}

impl<F> core::fmt::Debug for InScope<F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("InScope")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Gives futures the scope of whoever spawns them.
pub trait FutureExt: Future + Sized {
    /// The future, in the scope that this call is made in, wherever it is polled.
    ///
    /// Where the call is in no scope, the future stays as it is.
    fn in_current_scope(self) -> InScope<Self> {
        InScope::new(in_scope(Arc::clone), self)
    }
}

impl<F: Future> FutureExt for F {}
