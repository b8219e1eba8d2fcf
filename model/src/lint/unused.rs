//! What is declared and not used.

use std::collections::HashSet;

use super::Finder;
use crate::Code;
use crate::definition::{
    AttributeIndex, Condition, Definition, EnvironmentIndex, SegmentIndex, SegmentRef,
};

pub(super) fn check(finder: &mut Finder<'_>) {
    let definition = finder.definition;
    let used = Used::of(definition);
    for (segment, index) in definition.segments.iter().zip(0..) {
        if !used.segments.contains(&SegmentIndex::new(index)) {
            let message = format!("nothing uses the segment `{}`", segment.name);
            finder.warn(Code::UnusedSegment, segment.span, message, "take it out");
        }
    }
    for (attribute, index) in definition.context.attributes.iter().zip(0..) {
        if !used.attributes.contains(&AttributeIndex::new(index)) {
            let message = format!(
                "no rule, segment or bucket reads the attribute `{}`",
                attribute.name
            );
            let help = "if no program sets it, take it out";
            finder.warn(Code::UnusedAttribute, attribute.span, message, help);
        }
    }
    for (environment, index) in definition.environments.iter().zip(0..) {
        if !environment.killed && !used.environments.contains(&EnvironmentIndex::new(index)) {
            let message = format!(
                "every flag is in `{}` as it is without it",
                environment.name
            );
            let help = "if no program chooses it, take it out";
            finder.warn(Code::UnusedEnvironment, environment.span, message, help);
        }
    }
}

struct Used {
    segments: HashSet<SegmentIndex>,
    attributes: HashSet<AttributeIndex>,
    environments: HashSet<EnvironmentIndex>,
}

impl Used {
    fn of(definition: &Definition) -> Self {
        let mut used = Self {
            segments: HashSet::new(),
            attributes: HashSet::from([definition.context.targeting_key]),
            environments: HashSet::new(),
        };
        for flag in &definition.flags {
            flag.each_condition(&mut |condition| used.condition(condition));
            used.attributes
                .extend(flag.decidings().filter_map(|deciding| deciding.rare().by));
            let overlays = flag.overlays.iter();
            used.environments.extend(overlays.map(|(index, _)| *index));
        }
        for segment in &definition.segments {
            if let Some(condition) = &segment.condition {
                used.condition(condition);
            }
        }
        used
    }

    fn condition(&mut self, condition: &Condition) {
        condition.each(&mut |condition| match condition {
            Condition::Attribute(test) => _ = self.attributes.insert(test.attribute),
            Condition::Sample(sample) => self.attributes.extend(sample.by),
            Condition::Segment { of, .. } => {
                self.segments.extend(of.iter().filter_map(|of| match of {
                    SegmentRef::Everyone => None,
                    SegmentRef::Segment(index) => Some(*index),
                }));
            }
            Condition::All(_)
            | Condition::Any(_)
            | Condition::Not(_)
            | Condition::Flag(_)
            | Condition::Now(_) => {}
        });
    }
}
