//! Proofs that a condition never holds.
//!
//! A condition becomes alternatives, each a list of literals that must all hold; it never holds where each alternative
//! contradicts itself in what it asks of one subject: an attribute, the time, a sample, a segment's list, a flag.
//! Where a proof would take too long there is none, so what is said is right and what isn't said may be so too.

mod literal;
mod order;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{Condition, Definition, Segment, SegmentIndex, SegmentRef};
use literal::{By, Literal, Position, Subject};

/// Alternatives of one condition that are looked at.
const MOST_ALTERNATIVES: usize = 128;
/// Literals of one alternative that are looked at.
const MOST_LITERALS: usize = 64;
/// Conditions inside each other, through segments, that are looked at.
const MOST_DEPTH: usize = 200;
/// Steps that all proofs about one document may take: some tenths of a second.
const EFFORT: usize = 4_000_000;

/// Proves things about one document's conditions.
pub(super) struct Prover<'d> {
    definition: &'d Definition,
    effort_left: usize,
}

/// Why a condition never holds.
pub(super) struct Contradiction<'d> {
    /// What it contradicts itself about, where that is one thing.
    pub(super) about: Option<Subject<'d>>,
}

/// Whether it must hold or must not.
type Sign = bool;

/// One way to fulfil a condition: all of these.
type Alternative<'d> = Vec<(Literal<'d>, Sign)>;

/// That there is no proof, since it would take too long.
#[derive(Debug)]
pub(super) struct TooMuch;

/// Where a condition stands.
#[derive(Clone, Copy)]
struct Place<'d> {
    /// None in a flag.
    segment: Option<&'d Segment>,
    depth: usize,
}

const IN_FLAG: Place<'static> = Place {
    segment: None,
    depth: 0,
};

impl<'d> Prover<'d> {
    pub(super) fn new(definition: &'d Definition) -> Self {
        Self {
            definition,
            effort_left: EFFORT,
        }
    }

    /// That the condition of a rule never holds, proved.
    pub(super) fn never_holds(&mut self, condition: &'d Condition) -> Option<Contradiction<'d>> {
        let alternatives = self.alternatives(condition, true, IN_FLAG).ok()?;
        let mut about = BTreeSet::new();
        for alternative in &alternatives {
            let subject = self.contradiction(alternative)?;
            about.insert(subject);
        }
        let mut subjects = about.into_iter();
        let first = subjects.next();
        Some(Contradiction {
            about: first.filter(|_| subjects.next().is_none()),
        })
    }

    /// Whether each context for which one condition of a flag holds is one for which the other does, proved.
    pub(super) fn implies(&mut self, one: &'d Condition, other: &'d Condition) -> bool {
        self.excludes((one, true), (other, false))
    }

    /// Whether two conditions of a flag never hold together, proved.
    pub(super) fn are_disjoint(&mut self, one: &'d Condition, other: &'d Condition) -> bool {
        self.excludes((one, true), (other, true))
    }

    fn excludes(&mut self, one: (&'d Condition, Sign), other: (&'d Condition, Sign)) -> bool {
        let both = self
            .alternatives(one.0, one.1, IN_FLAG)
            .and_then(|one| Ok((one, self.alternatives(other.0, other.1, IN_FLAG)?)))
            .and_then(|(one, other)| self.both(one, &other));
        let Ok(both) = both else {
            return false;
        };
        both.iter()
            .all(|alternative| self.contradiction(alternative).is_some())
    }

    fn spend(&mut self, effort: usize) -> Result<(), TooMuch> {
        self.effort_left = self.effort_left.checked_sub(effort).ok_or(TooMuch)?;
        Ok(())
    }

    /// The ways in which a condition holds, or doesn't.
    fn alternatives(
        &mut self,
        condition: &'d Condition,
        sign: Sign,
        place: Place<'d>,
    ) -> Result<Vec<Alternative<'d>>, TooMuch> {
        self.spend(1)?;
        if place.depth > MOST_DEPTH {
            return Err(TooMuch);
        }
        let place = Place {
            depth: place.depth + 1,
            ..place
        };
        let literal = match condition {
            Condition::All(list) => return self.joined(list, sign, sign, place),
            Condition::Any(list) => return self.joined(list, !sign, sign, place),
            Condition::Not(inner) => return self.alternatives(inner, !sign, place),
            Condition::Segment { of, .. } => return self.segments(of, sign, place),
            Condition::Attribute(test) => Literal::Attribute(test),
            Condition::Flag(test) => Literal::Flag(test),
            Condition::Now(test) => Literal::Now(test),
            Condition::Sample(sample) => match Position::new(sample, place.segment) {
                Ok(position) => Literal::Sample(position),
                Err(constant) => return Ok(certain(constant == sign)),
            },
        };
        Ok(vec![vec![(literal, sign)]])
    }

    /// Conditions of which all must hold, or one.
    fn joined(
        &mut self,
        list: &'d [Condition],
        all: bool,
        sign: Sign,
        place: Place<'d>,
    ) -> Result<Vec<Alternative<'d>>, TooMuch> {
        let mut found = certain(all);
        for condition in list {
            let next = self.alternatives(condition, sign, place)?;
            found = if all {
                self.both(found, &next)?
            } else {
                either(found, next)?
            };
        }
        Ok(found)
    }

    fn segments(
        &mut self,
        of: &'d [SegmentRef],
        sign: Sign,
        place: Place<'d>,
    ) -> Result<Vec<Alternative<'d>>, TooMuch> {
        let mut found = certain(!sign);
        for reference in of {
            let next = match reference {
                SegmentRef::Everyone => certain(sign),
                SegmentRef::Segment(index) => self.segment(*index, sign, place)?,
            };
            found = if sign {
                either(found, next)?
            } else {
                self.both(found, &next)?
            };
        }
        Ok(found)
    }

    fn segment(
        &mut self,
        index: SegmentIndex,
        sign: Sign,
        place: Place<'d>,
    ) -> Result<Vec<Alternative<'d>>, TooMuch> {
        let segment = self.definition.segment(index).ok_or(TooMuch)?;
        let by_member = if segment.members.is_empty() {
            certain(!sign)
        } else {
            vec![vec![(Literal::Member(index), sign)]]
        };
        let inside = Place {
            segment: Some(segment),
            ..place
        };
        let by_condition = match &segment.condition {
            Some(condition) => self.alternatives(condition, sign, inside)?,
            None => certain(!sign),
        };
        if sign {
            either(by_member, by_condition)
        } else {
            self.both(by_member, &by_condition)
        }
    }

    /// Each way to fulfil the one joined with each way to fulfil the other, but for those that contradict themselves.
    fn both(
        &mut self,
        one: Vec<Alternative<'d>>,
        other: &[Alternative<'d>],
    ) -> Result<Vec<Alternative<'d>>, TooMuch> {
        if let [only] = other
            && only.is_empty()
        {
            return Ok(one);
        }
        let mut found = Vec::new();
        for left in &one {
            for right in other {
                self.spend(left.len() + right.len() + 1)?;
                let joined = [left.as_slice(), right.as_slice()].concat();
                if joined.len() > MOST_LITERALS || found.len() == MOST_ALTERNATIVES {
                    return Err(TooMuch);
                }
                found.push(joined);
            }
        }
        Ok(found)
    }

    /// What an alternative contradicts itself about.
    fn contradiction(&mut self, alternative: &[(Literal<'d>, Sign)]) -> Option<Subject<'d>> {
        let mut by_subject: BTreeMap<Subject<'d>, Alternative<'d>> = BTreeMap::new();
        for (literal, sign) in alternative {
            let subject = by_subject.entry(literal.subject());
            subject.or_default().push((*literal, *sign));
        }
        by_subject.into_iter().find_map(|(subject, literals)| {
            self.spend(literal::cost(&literals)).ok()?;
            literal::contradict(&literals).then_some(subject)
        })
    }
}

/// What holds always, or never.
fn certain<'d>(holds: bool) -> Vec<Alternative<'d>> {
    if holds { vec![Vec::new()] } else { Vec::new() }
}

fn either<'d>(
    mut one: Vec<Alternative<'d>>,
    other: Vec<Alternative<'d>>,
) -> Result<Vec<Alternative<'d>>, TooMuch> {
    one.extend(other);
    if one.len() > MOST_ALTERNATIVES {
        return Err(TooMuch);
    }
    Ok(one)
}

impl<'d> Subject<'d> {
    /// What people call it.
    pub(super) fn name(&self, definition: &'d Definition) -> String {
        match self {
            Self::Attribute(index) => {
                let attribute = definition.context.attribute(*index);
                format!(
                    "`{}`",
                    attribute.map_or("", |attribute| attribute.name.as_str())
                )
            }
            Self::Members(index) => {
                let segment = definition.segment(*index);
                format!(
                    "the segment `{}`",
                    segment.map_or("", |segment| segment.name.as_str())
                )
            }
            Self::Sample(By { .. }) => "the sample".into(),
            Self::Flag(flag) => format!("the flag `{flag}`"),
            Self::Now => "the time".into(),
        }
    }
}
