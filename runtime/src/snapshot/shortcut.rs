//! Answers that take no walk: nearly all flags answer everyone alike, or by nothing but a percentage.

use flagstone_model::Timestamp;

use super::Snapshot;
use super::entry::{Entry, State};
use crate::bucket::{Position, Seed};
use crate::compile::{self, Form};
use crate::context::{Slot, Slots};
use crate::decision::{Decision, ErrorCode};
use crate::evaluate::Now;

/// The texts of at most so many bytes are hashed without a call.
const SHORT: usize = 128;

/// A shorter way to a flag's answer than the walk, which gives the same.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shortcut {
    /// There is none.
    Walk,
    /// Nothing comes before the rules.
    Rules,
    /// No context and no later time changes the answer.
    Constant(Decision),
    /// A plain percentage decides, and nothing before it can.
    Percentage(Percentage),
}

/// A rollout by a percentage that isn't scheduled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Percentage {
    pub(crate) by: u32,
    /// What the taken get.
    pub(crate) taken: u32,
    /// What everyone else gets.
    pub(crate) left_out: u32,
    pub(crate) seed: Seed,
    /// The positions below it are taken.
    pub(crate) below: Position,
}

impl Shortcut {
    /// The ordinal of what a flag of a snapshot answers, whose shortcuts these are.
    #[inline]
    pub(crate) fn ordinal(
        shortcuts: &[Self],
        snapshot: &Snapshot,
        index: u32,
        context: &impl Slots,
        now: &impl Now,
    ) -> u32 {
        match shortcuts.get(index as usize) {
            Some(Self::Percentage(percentage)) => percentage.ordinal(context),
            Some(Self::Constant(decision)) => decision.variant,
            Some(Self::Rules) => snapshot.ordinal_by_rules(index, context, now),
            Some(Self::Walk) | None => snapshot.walked_ordinal(index, context, now),
        }
    }
}

impl Percentage {
    /// The percentage as words to publish; `None` where a number is too large for its part of a word.
    pub(crate) fn words(&self) -> Option<[u64; 3]> {
        let by = u16::try_from(self.by).ok()?;
        let taken = u16::try_from(self.taken).ok()?;
        let rest = u64::from(by) << 48 | u64::from(taken) << 32 | u64::from(self.left_out);
        Some([self.seed.to_word(), self.below.to_word(), rest])
    }

    /// The percentage of its words.
    #[inline]
    pub(crate) const fn of_words([seed, below, rest]: [u64; 3]) -> Self {
        Self {
            by: (rest >> 48) as u32,
            taken: (rest >> 32 & 0xFFFF) as u32,
            left_out: (rest & 0xFFFF_FFFF) as u32,
            seed: Seed::of_word(seed),
            below: Position::of_word(below),
        }
    }

    /// The ordinal that a context gets. Without a text to bucket by it is left out.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is nearly all that the commonest question does"
    )]
    pub(crate) fn ordinal(&self, context: &impl Slots) -> u32 {
        let takes = match context.slot(self.by as usize) {
            Slot::Text(text) if (1..=SHORT).contains(&text.len()) => {
                self.seed.position(text) < self.below
            }
            // The end, with what fits into registers, so that the way above keeps nothing on the stack.
            _ => {
                let ordinals = [self.left_out, self.taken];
                return of_another_unit(context, self.by, self.seed, self.below, ordinals);
            }
        };
        if takes { self.taken } else { self.left_out }
    }
}

/// The ordinal where the unit is no short text. Kept out of line: nearly all units are.
#[inline(never)]
fn of_another_unit(
    context: &impl Slots,
    by: u32,
    seed: Seed,
    below: Position,
    [left_out, taken]: [u32; 2],
) -> u32 {
    let unit = context.slot(by as usize).unit();
    match seed.position_of(unit) {
        Some(position) if position < below => taken,
        _ => left_out,
    }
}

impl Snapshot {
    /// The shortest way to a flag's answer, those of the flags that it asks being known.
    pub(super) fn find_shortcut(&self, flag: u32, now: Timestamp, known: &[Shortcut]) -> Shortcut {
        let Some(entry) = self.entry(flag) else {
            return Shortcut::Walk;
        };
        let error = match entry.state {
            State::InForce => {
                let constant =
                    compile::constant(&entry.form, self.kills(entry), now, &|reference| {
                        self.accepts_for_good(entry, reference, known)
                    });
                return match constant {
                    Some(decision) => Shortcut::Constant(decision),
                    None => shortcut(&entry.form),
                };
            }
            State::Gone => ErrorCode::FlagNotFound,
            State::Circle => ErrorCode::Circle,
        };
        Shortcut::Constant(Decision::error(entry.form.baseline, error))
    }

    fn accepts_for_good(&self, entry: &Entry, reference: u32, known: &[Shortcut]) -> Option<bool> {
        let Some(link) = self.link(entry, reference) else {
            return Some(false);
        };
        match known.get(link.flag as usize)? {
            Shortcut::Constant(decision) => Some(link.accepts(decision.variant)),
            _ => None,
        }
    }
}

/// The shortcut to a flag that is neither constant nor killed.
fn shortcut(form: &Form) -> Shortcut {
    let is_bare = form.overrides().is_none()
        && form.enabled
        && form.starts_at().is_none()
        && form.ends_at().is_none()
        && form.prerequisites().is_empty();
    if !is_bare {
        return Shortcut::Walk;
    }
    if !form.rules.is_empty() {
        return Shortcut::Rules;
    }
    percentage(form).map_or(Shortcut::Walk, Shortcut::Percentage)
}

/// The percentage of a flag that has no rules, where that is all there is to its distribution.
fn percentage(form: &Form) -> Option<Percentage> {
    let (share, below, taken) = form.own.as_ref()?.percentage()?;
    Some(Percentage {
        by: share.by,
        taken,
        left_out: form.baseline,
        seed: share.seed,
        below,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    const DOCUMENT: &str = "
version: 1
context: { targeting_key: user_id, attributes: { user_id: string, team: string } }
flags:
  constant: { serve: on }
  half: { rollout: 50% }
  half_by_team: { rollout: 50%, by: team }
  nobody: { rollout: 0% }
  overridden: { rollout: 50%, overrides: { on: [u-1] } }
  windowed: { rollout: 50%, starts_at: 1970-01-01T00:00:02Z }
  ruled: { rules: [{ if: { team: a }, serve: on }], rollout: 50% }
  ruled_share: { rules: [{ if: { team: b }, serve: off }, { if: { team: a }, rollout: 50% }] }
  needing: { prerequisites: { half: on }, rollout: 50% }
  needing_off: { prerequisites: { half_by_team: off }, serve: on }
  inverse: { baseline: on, serve: off }
  killed: { rollout: 50%, killed: true }
  disabled: { rollout: 50%, enabled: false }
  scheduled: { rollout: { from: 0%, to: 100%, start: 1970-01-01T00:00:00Z, end: 1970-01-01T00:00:04Z } }
  split: { variants: { a: x, b: y, c: z }, baseline: a, split: { b: 1, c: 1 } }
";

    #[test]
    fn the_past_is_walked_step_by_step() {
        let document = "
version: 1
flags:
  ended: { serve: on, ends_at: 1970-01-01T00:00:02Z }
  needing: { prerequisites: { ended: on }, serve: on }
  asking: { rules: [{ if: { flag: { ended: on } }, serve: on }] }
";
        let loaded = flagstone_model::load("flags.yaml", document.as_bytes());
        let compiled_at = Timestamp::from_milliseconds(5000);
        let snapshot = Snapshot::new(loaded.definition().unwrap(), None, compiled_at).unwrap();
        for (millisecond, variant) in [(0, "on"), (1999, "on"), (2000, "off"), (9000, "off")] {
            let at = Timestamp::from_milliseconds(millisecond);
            for key in ["ended", "needing", "asking"] {
                let answer = snapshot.evaluate_slots(key, &(), at);
                assert_eq!(answer.variant, Some(variant), "{key} at {millisecond}");
            }
        }
    }

    #[test]
    fn a_shortcut_leads_where_the_walk_does() {
        let loaded = flagstone_model::load("flags.yaml", DOCUMENT.as_bytes());
        let compiled_at = Timestamp::from_milliseconds(0);
        let snapshot = Snapshot::new(loaded.definition().unwrap(), None, compiled_at).unwrap();
        let shortcuts = snapshot.shortcuts();
        let count = |is: fn(&&Shortcut) -> bool| shortcuts.iter().filter(is).count();
        assert_eq!(
            count(|shortcut| matches!(shortcut, Shortcut::Percentage(_))),
            2
        );
        assert_eq!(count(|shortcut| matches!(shortcut, Shortcut::Rules)), 2);
        let integers = [i64::MIN, -1, 0, 17];
        let users: Vec<String> = (0..200).map(|user| format!("u-{user}")).collect();
        let mut contexts = vec![Context::<(), 2>::new(), Context::new().set(0, "")];
        contexts.extend(integers.map(|integer| Context::new().set(0, integer)));
        contexts.extend(users.iter().map(|user| Context::new().set(0, &**user)));
        contexts.extend(users.iter().map(|user| Context::new().set(1, &**user)));
        contexts.push(Context::new().set(0, "u-1").set(1, "a"));
        for (context, millisecond) in contexts.iter().zip([0, 1500, 2500, 5000].iter().cycle()) {
            let now = Timestamp::from_milliseconds(*millisecond);
            for (key, index) in snapshot.keys().zip(0..) {
                let walked = snapshot.evaluate_slots(key, context, now).variant;
                let ordinal = Shortcut::ordinal(&shortcuts, &snapshot, index, context, &now);
                let entry = snapshot.entry(index).unwrap();
                let found = entry.form.variants.get(ordinal).unwrap();
                assert_eq!(Some(found.name.as_str()), walked, "{key} {context:?} {now}");
            }
        }
    }
}
