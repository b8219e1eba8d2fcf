//! How a thread that follows a source is woken and stopped.

use core::time::Duration;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Rung when something may have changed, and to stop whoever waits for it. It never blocks who rings, however often it is rung.
#[derive(Debug, Default)]
pub(super) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
}

#[derive(Debug, Default)]
struct State {
    changed: bool,
    stopping: bool,
    stopped: bool,
}

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rung {
    /// Something may have changed.
    Changed,
    /// It is time to end.
    Stop,
    /// Nothing happened for as long as one wanted to wait.
    Silence,
}

impl Bell {
    /// Says that something may have changed.
    pub(super) fn changed(&self) {
        self.state().changed = true;
        self.rung.notify_all();
    }

    /// Waits until it rings, or until a moment.
    pub(super) fn wait_until(&self, moment: Instant) -> Rung {
        let mut state = self.state();
        loop {
            if state.stopping {
                return Rung::Stop;
            }
            if core::mem::take(&mut state.changed) {
                return Rung::Changed;
            }
            let left = moment.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Rung::Silence;
            }
            state = self.wait(state, left);
        }
    }

    /// Asks who waits to end.
    pub(super) fn stop(&self) {
        self.state().stopping = true;
        self.rung.notify_all();
    }

    /// Says that who waited has ended.
    pub(super) fn stopped(&self) {
        self.state().stopped = true;
        self.rung.notify_all();
    }

    /// Waits for the end, but no longer than this.
    pub(super) fn wait_for_end(&self, patience: Duration) {
        let end = Instant::now() + patience;
        let mut state = self.state();
        while !state.stopped {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.wait(state, left);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>, patience: Duration) -> MutexGuard<'s, State> {
        let waited = self.rung.wait_timeout(state, patience);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
