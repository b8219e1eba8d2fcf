//! Whoever looks on while a flag is evaluated.

use crate::bucket::{Position, Purpose, Threshold};
use crate::compile::Condition;
use crate::decision::Decision;

/// Looks on during a walk, and may stand in for a flag's answer. What explains an answer follows the same walk that
/// gives it; for the observer that does nothing, all of this compiles away.
pub(crate) trait Observer {
    /// An answer that stands in for a flag's own, by the flag's index: asked before each flag of the walk.
    #[inline]
    fn stand_in(&mut self, _flag: u32) -> Option<Decision> {
        None
    }

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

impl Observer for Silent {}
