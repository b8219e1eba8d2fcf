//! When a file that changes is to be read: once its writer pauses, but soon in any case.

use core::time::Duration;

/// How long nothing may happen before a change is taken to be complete.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a change may wait however much goes on happening.
const PATIENCE: Duration = Duration::from_millis(250);

/// Collects changes until it is time to look. Its moments are those of [`Clock::elapsed`](crate::Clock::elapsed).
#[derive(Debug, Default)]
pub(super) struct Quiet {
    pending: Option<Pending>,
}

#[derive(Debug)]
struct Pending {
    first: Duration,
    last: Duration,
}

impl Quiet {
    /// Something changed.
    pub(super) fn changed(&mut self, now: Duration) {
        match &mut self.pending {
            Some(pending) => pending.last = now,
            None => {
                self.pending = Some(Pending {
                    first: now,
                    last: now,
                });
            }
        }
    }

    /// When it is time to look, where something changed.
    pub(super) fn due(&self) -> Option<Duration> {
        let pending = self.pending.as_ref()?;
        let (pause, patience) = (
            pending.last.saturating_add(PAUSE),
            pending.first.saturating_add(PATIENCE),
        );
        Some(pause.min(patience))
    }

    /// Whether it is time to look; if so, the changes so far are forgotten.
    pub(super) fn is_due(&mut self, now: Duration) -> bool {
        let is_due = self.due().is_some_and(|due| due <= now);
        if is_due {
            self.pending = None;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments, in milliseconds, at which it looks, where changes come at the given ones.
    fn looks(changes: &[u64]) -> Vec<u64> {
        let mut quiet = Quiet::default();
        (0..2000)
            .filter(|&at| {
                let now = Duration::from_millis(at);
                if changes.contains(&at) {
                    quiet.changed(now);
                }
                quiet.is_due(now)
            })
            .collect()
    }

    #[test]
    fn a_change_is_looked_at_when_its_writer_pauses_and_soon_in_any_case() {
        let every_20: Vec<u64> = (0..=600).step_by(20).collect();
        for (changes, expected) in [
            (vec![], vec![]),
            (vec![0], vec![50]),
            (vec![0, 30, 60], vec![110]),
            (vec![0, 51], vec![50, 101]),
            (every_20, vec![250, 510, 650]),
        ] {
            assert_eq!(looks(&changes), expected, "{changes:?}");
        }
    }
}
