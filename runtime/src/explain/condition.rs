//! Conditions: what the document writes beside what the context said.
//!
//! What was seen is a tree with the shape of the condition, as far as evaluation looked.

use flagstone_model::{self as model, AttributeIndex, Condition, SegmentRef};

use super::explanation::{Check, Stand};
use super::record::{Seen, What};
use super::share::sampled;
use super::teller::{Teller, Telling, Text};
use super::words::{alternatives, line};

/// What a condition is told with.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) text: Text<'a>,
    /// The attribute to bucket by where a sample names none.
    by: Option<AttributeIndex>,
}

impl<'a> Scope<'a> {
    /// The conditions of a flag's rules.
    pub(super) fn of_flag(telling: Telling<'a>) -> Self {
        Self {
            text: telling.text,
            by: telling.effective.by,
        }
    }
}

impl Teller<'_> {
    /// A condition that was looked at.
    pub(super) fn check(&self, scope: Scope<'_>, condition: &Condition, seen: &Seen) -> Check {
        let mut check = Check {
            holds: matches!(seen.what, What::Condition(true)),
            entry: "…".into(),
            found: None,
            place: None,
            checks: Vec::new(),
            stand: None,
            flag: None,
        };
        self.inside(|| self.check_parts(scope, condition, seen, &mut check));
        check
    }

    fn check_parts(&self, scope: Scope<'_>, condition: &Condition, seen: &Seen, check: &mut Check) {
        match condition {
            Condition::All(list) => {
                check.entry = "all of".into();
                check.checks = self.checks(scope, list, &seen.parts);
            }
            Condition::Any(list) => {
                check.entry = "any of".into();
                check.checks = self.checks(scope, list, &seen.parts);
            }
            Condition::Not(inner) => {
                check.entry = "not".into();
                check.checks = self.checks(scope, core::slice::from_ref(inner), &seen.parts);
            }
            Condition::Attribute(test) => self.attribute_check(scope, test, check),
            Condition::Segment { of, span } => {
                check.entry = "segment: ".to_owned() + &segment_names(scope, of);
                check.place = scope.text.place(*span);
                check.checks = self.segments(scope, of, &seen.parts);
            }
            Condition::Sample(sample) => {
                let slot = self.slot(scope.text, sample.by.or(scope.by));
                check.entry = line(scope.text.slice(sample.span));
                check.place = scope.text.place(sample.span);
                check.stand = sampled(sample, &seen.parts);
                check.found = Some(self.sampling(slot, check.stand, check.holds));
            }
            Condition::Flag(test) => {
                let wanted = alternatives(test.variants.iter().map(model::Name::as_str));
                check.entry = format!("flag: {} answers {wanted}", test.flag);
                check.place = scope.text.place(test.span);
                self.asked(&seen.parts, check);
            }
            Condition::Now(test) => {
                check.entry = format!("now: {{ {} }}", line(scope.text.slice(test.span)));
                check.found = Some(format!("it is {}", self.at));
                check.place = scope.text.place(test.span);
            }
        }
    }

    /// The first of some conditions, as many as were looked at.
    fn checks(
        &self,
        scope: Scope<'_>,
        list: &[impl core::borrow::Borrow<Condition>],
        seen: &[Seen],
    ) -> Vec<Check> {
        let looked_at = list.iter().zip(seen);
        looked_at
            .map(|(condition, seen)| self.check(scope, condition.borrow(), seen))
            .collect()
    }

    fn attribute_check(&self, scope: Scope<'_>, test: &model::AttributeTest, check: &mut Check) {
        let slot = self.slot(scope.text, Some(test.attribute));
        let name = scope.text.definition.context.attribute(test.attribute);
        let name = name.map_or("", |attribute| attribute.name.as_str());
        let written = line(scope.text.slice(test.span));
        let (key, operand) = written.split_once(':').unwrap_or((&written, ""));
        let is_short = key.trim_matches(['"', '\'']) == name;
        check.entry = if !self.is_private(slot) {
            let operand = operand.trim_start();
            if is_short {
                format!("{name}: {operand}")
            } else {
                format!("{name}: {{ {key}: {operand} }}")
            }
        } else if is_short {
            format!("{name}: …")
        } else {
            format!("{name}: {{ {key}: … }}")
        };
        check.place = scope.text.place(test.span);
        check.found = Some(self.attribute(slot));
    }

    fn sampling(&self, slot: usize, stand: Option<Stand>, holds: bool) -> String {
        match (stand, self.unit(slot)) {
            (Some(stand), Some(unit)) => format!("{unit} {}", stand.words()),
            _ if holds => "it takes all".into(),
            (None, Some(_)) => "it takes nobody".into(),
            (_, None) => "there is no text to bucket by".into(),
        }
    }

    /// The segments that were looked at, each with what it consists of.
    fn segments(&self, scope: Scope<'_>, of: &[SegmentRef], seen: &[Seen]) -> Vec<Check> {
        let mut checks = Vec::new();
        let mut seen = seen.iter().peekable();
        for index in of {
            let SegmentRef::Segment(index) = index else {
                continue;
            };
            let Some(segment) = scope.text.definition.segment(*index) else {
                continue;
            };
            let Some(What::Member(is_member)) = seen.next().map(|seen| seen.what) else {
                break;
            };
            let condition = seen.next_if(|seen| matches!(seen.what, What::Condition(_)));
            checks.push(self.segment(scope, segment, is_member, condition));
        }
        checks
    }

    fn segment(
        &self,
        scope: Scope<'_>,
        segment: &model::Segment,
        is_member: bool,
        seen: Option<&Seen>,
    ) -> Check {
        let within = Scope { by: None, ..scope };
        let condition = segment.condition.as_ref().zip(seen);
        let by_condition = condition.map(|(condition, seen)| self.check(within, condition, seen));
        let unit = self.unit(self.slot(scope.text, None));
        let found = match unit {
            _ if segment.members.is_empty() => None,
            Some(unit) if is_member => Some(format!("{unit} is a member")),
            Some(unit) => Some(format!("{unit} is no member")),
            None => Some("there is no unit that could be a member".into()),
        };
        Check {
            holds: is_member || by_condition.as_ref().is_some_and(|check| check.holds),
            entry: format!("the segment {}", segment.name),
            found,
            place: scope.text.place(segment.span),
            checks: by_condition.into_iter().collect(),
            stand: None,
            flag: None,
        }
    }

    /// What another flag answered.
    pub(super) fn asked(&self, seen: &[Seen], check: &mut Check) {
        let Some(flag) = seen.first() else {
            check.found = Some("there is no such flag in force".into());
            return;
        };
        let flag = self.told(flag);
        let answer = flag.variant.as_deref().unwrap_or("nothing");
        check.found = Some(format!("it answers {answer}"));
        check.flag = Some(Box::new(flag));
    }
}

fn segment_names(scope: Scope<'_>, of: &[SegmentRef]) -> String {
    alternatives(of.iter().map(|of| match of {
        SegmentRef::Everyone => "everyone",
        SegmentRef::Segment(index) => {
            let segment = scope.text.definition.segment(*index);
            segment.map_or("", |segment| segment.name.as_str())
        }
    }))
}
