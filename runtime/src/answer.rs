//! An answer with the reason for it.

use core::fmt;
use std::sync::Arc;

use crate::decision::{Decision, ErrorCode, Reason};
use crate::flag::{Flag, Schema};
use crate::set::InForce;
use crate::snapshot::Digest;
use crate::value::ValueKind;
use crate::variant::Variant;

/// What a flag answered, and why: [`Flag::evaluate`].
#[non_exhaustive]
pub struct Answer<V: Variant> {
    /// The variant.
    pub variant: V,
    /// What the variant holds.
    pub value: <V::Value as ValueKind>::Output,
    /// Which step of the evaluation decided. For a forced flag it is [`Reason::Override`].
    pub reason: Reason,
    /// The rule that decided, where one did.
    pub rule: Option<AnswerRule>,
    /// What was wrong, where something was.
    pub error: Option<ErrorCode>,
    /// The digest of the snapshot that answered.
    pub snapshot: Digest,
}

/// The rule that decided an [`Answer`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerRule {
    /// Its place in the flag's list, from 0.
    pub index: u32,
    /// Its name, where it has one.
    pub name: Option<Arc<str>>,
}

impl<V: Variant> Answer<V> {
    pub(crate) fn new<S: Schema>(flag: Flag<V, S>, in_force: &InForce, decision: Decision) -> Self {
        let (set, index) = (S::set(), flag.index());
        Self {
            variant: flag.of_ordinal(decision.variant),
            value: V::Value::read(set.held(in_force, index, decision.variant)),
            reason: decision.reason,
            rule: decision.rule.map(|rule| AnswerRule {
                index: rule.index,
                name: in_force.rule_name(index, rule),
            }),
            error: decision.error,
            snapshot: in_force.digest(),
        }
    }
}

impl<V: Variant> fmt::Debug for Answer<V>
where
    <V::Value as ValueKind>::Output: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("variant", &self.variant)
            .field("value", &self.value)
            .field("reason", &self.reason)
            .field("rule", &self.rule)
            .field("error", &self.error)
            .field("snapshot", &self.snapshot)
            .finish()
    }
}
