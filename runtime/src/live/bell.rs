//! How a thread that follows a source is woken and stopped.

use core::time::Duration;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::clock::Clock;

/// Rung when something may have changed, and to stop whoever waits for it. It never blocks who rings, however often it is rung.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
}

#[derive(Debug, Default)]
struct State {
    life: Life,
    changed: bool,
    /// Somebody only wants the time to be looked at again.
    woken: bool,
    /// How often a look was asked for, how many of these whoever waits knows of, and how many it has answered.
    asked: u64,
    known: u64,
    answered: u64,
}

/// How far who waits has got.
#[derive(Debug, Default, PartialEq, Eq)]
enum Life {
    #[default]
    Running,
    /// It is to end.
    Stopping,
    /// It has ended.
    Stopped,
}

impl State {
    fn is_rung(&self) -> bool {
        self.life != Life::Running || self.changed || self.asked != self.known
    }
}

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rung {
    /// Something may have changed.
    Changed,
    /// A look is asked for.
    Asked,
    /// It is time to end.
    Stop,
    /// Nothing happened for as long as one wanted to wait.
    Silence,
}

impl Bell {
    /// Says that something may have changed.
    pub(crate) fn changed(&self) {
        self.ring(|state| state.changed = true);
    }

    /// Asks for a look; the number stands for this asking.
    pub(crate) fn ask(&self) -> u64 {
        self.ring(|state| {
            state.asked = state.asked.wrapping_add(1);
            state.asked
        })
    }

    /// Says that whoever waits has looked.
    pub(crate) fn answer(&self) {
        self.ring(|state| state.answered = state.known);
    }

    /// Asks who waits to end.
    pub(crate) fn stop(&self) {
        self.ring(|state| {
            if state.life == Life::Running {
                state.life = Life::Stopping;
            }
        });
    }

    /// Says that who waited has ended.
    pub(crate) fn stopped(&self) {
        self.ring(|state| state.life = Life::Stopped);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.state().life != Life::Running
    }

    /// Waits until it rings, or until a moment of the clock's [`elapsed`](Clock::elapsed).
    pub(crate) fn wait_until(self: &Arc<Self>, clock: &dyn Clock, moment: Duration) -> Rung {
        let alarm = Alarm(Arc::clone(self));
        loop {
            if let Some(rung) = self.heard() {
                return rung;
            }
            let left = moment.saturating_sub(clock.elapsed());
            if left.is_zero() {
                return Rung::Silence;
            }
            clock.wait(&alarm, left);
        }
    }

    /// Waits for an answer to an asking, or for the end, but no longer than this. Says whether there was one.
    pub(crate) fn wait_for_answer(&self, asking: u64, end: Instant) -> bool {
        self.wait_for(end, |state| {
            state.answered >= asking || state.life == Life::Stopped
        })
    }

    /// Waits for the end, but no longer than until a moment.
    pub(crate) fn wait_for_end(&self, end: Instant) {
        self.wait_for(end, |state| state.life == Life::Stopped);
    }

    fn heard(&self) -> Option<Rung> {
        let mut state = self.state();
        if state.life != Life::Running {
            return Some(Rung::Stop);
        }
        if state.asked != state.known {
            state.known = state.asked;
            return Some(Rung::Asked);
        }
        core::mem::take(&mut state.changed).then_some(Rung::Changed)
    }

    fn ring<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.state());
        self.rung.notify_all();
        result
    }

    fn wait_for(&self, end: Instant, happened: impl Fn(&State) -> bool) -> bool {
        let mut state = self.state();
        while !happened(&state) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.wait(state, left);
        }
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>, patience: Duration) -> MutexGuard<'s, State> {
        let waited = self.rung.wait_timeout(state, patience);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// The moment at which so much time will have gone by; one far away where the system can't count that much.
pub(crate) fn moment_after(time: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(time)
        .or_else(|| now.checked_add(Duration::from_hours(24 * 365)))
        .unwrap_or(now)
}

/// What a thread waits for, besides the time: see [`Clock::wait`](crate::Clock::wait).
#[derive(Debug, Clone)]
pub struct Alarm(Arc<Bell>);

impl Alarm {
    /// Blocks until it is rung or woken, but no longer than this, in real time.
    pub fn wait(&self, at_most: Duration) {
        let end = moment_after(at_most);
        let mut state = self.0.state();
        while !state.is_rung() && !core::mem::take(&mut state.woken) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.0.wait(state, left);
        }
    }

    /// Wakes who waits, to look at the time again. For clocks that are moved.
    pub fn wake(&self) {
        self.0.ring(|state| state.woken = true);
    }

    /// Whether it rings, so that who waits for it is about to go on.
    pub fn is_rung(&self) -> bool {
        self.0.state().is_rung()
    }
}
