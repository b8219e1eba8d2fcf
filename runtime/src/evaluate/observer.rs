//! Whoever looks on while a flag is evaluated.

use crate::bucket::{Position, Purpose, Threshold};
use crate::compile::Condition;
use crate::decision::Decision;

/// Looks on during a walk, and may stand in for a flag's answer. What explains an answer follows the same walk that
/// gives it; for the observer that does nothing, all of this compiles away.
///
/// What is seen is nested: between the question for a flag and its answer, or between looking at a condition and what
/// it is found to be, lies all that this depends on.
pub(crate) trait Observer {
    /// Whether it wants to see the steps of the walk. Where it doesn't, shorter ways to the same answers are taken.
    const LOOKS: bool = true;

    /// An answer that stands in for a flag's own, by the flag's index: asked before each flag of the walk.
    #[inline]
    fn stand_in(&mut self, _flag: u32) -> Option<Decision> {
        None
    }

    /// A condition is about to be looked at; what it is found to be follows.
    #[inline]
    fn looks_at(&mut self, _condition: &Condition) {}

    /// A segment's list has been searched for the unit. Where it isn't there, the segment's condition follows.
    #[inline]
    fn searched(&mut self, _is_member: bool) {}

    /// A flag has been answered: the one that was asked about, or one on which it depends.
    #[inline]
    fn decided(&mut self, _flag: u32, _decision: Decision) {}

    /// A condition has been found to hold or not; its parts came before it.
    #[inline]
    fn found(&mut self, _condition: &Condition, _holds: bool) {}

    /// A unit's position has been compared with a threshold.
    #[inline]
    fn bucketed(&mut self, _purpose: Purpose, _position: Position, _threshold: Threshold) {}
}

/// Nobody looks on.
pub(crate) struct Silent;

impl Observer for Silent {
    const LOOKS: bool = false;
}

#[cfg(test)]
mod tests {
    use flagstone_model::Timestamp;

    use super::*;
    use crate::decision::Reason;
    use crate::evaluate::Walk;
    use crate::snapshot::Snapshot;

    /// Writes down what it sees, and answers for one flag.
    #[derive(Default)]
    struct Notes {
        seen: Vec<String>,
        stands_in_for: Option<u32>,
    }

    impl Observer for &mut Notes {
        fn stand_in(&mut self, flag: u32) -> Option<Decision> {
            (self.stands_in_for == Some(flag)).then(|| Decision::new(0, Reason::Override))
        }

        fn decided(&mut self, flag: u32, decision: Decision) {
            self.seen.push(format!("{flag} {}", decision.reason));
        }

        fn found(&mut self, condition: &Condition, holds: bool) {
            let kind = match condition {
                Condition::All(_) => "all",
                Condition::Flag(_) => "flag",
                Condition::Everyone => "everyone",
                _ => "other",
            };
            self.seen.push(format!("{kind} {holds}"));
        }

        fn bucketed(&mut self, purpose: Purpose, _: Position, _: Threshold) {
            self.seen.push(format!("{purpose:?}"));
        }
    }

    #[test]
    fn an_observer_sees_the_walk_and_can_stand_in() {
        let document = "
version: 1
flags:
  f: { rules: [{ if: [{ flag: { other: on } }, { segment: everyone }], rollout: 99.9999% }] }
  other: { serve: on }
";
        let loaded = flagstone_model::load("flags.yaml", document.as_bytes());
        let now = Timestamp::from_milliseconds(0);
        let snapshot = Snapshot::new(loaded.definition().unwrap(), None, now).unwrap();
        let context = crate::context::Context::<(), 1>::new().set(0, "u-1");
        for (stands_in_for, expected) in [
            (
                None,
                &[
                    "1 static",
                    "flag true",
                    "everyone true",
                    "all true",
                    "Rollout",
                    "0 rule",
                ][..],
            ),
            (
                Some(1),
                &["1 override", "flag false", "all false", "0 default"],
            ),
            (Some(0), &["0 override"]),
        ] {
            let mut notes = Notes {
                stands_in_for,
                ..Notes::default()
            };
            let entry = snapshot.entry(0).unwrap();
            Walk::new(&snapshot, &context, &now, &mut notes).decide(0, entry);
            assert_eq!(notes.seen, expected);
        }
    }
}
