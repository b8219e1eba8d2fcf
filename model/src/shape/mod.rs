//! The language's keys: where each may stand, in which order tools write them, and what it holds.
//!
//! This is the one table from which keys are put in order, missing ones are inserted, and the JSON Schema is made.

mod keys;

pub(crate) use keys::Key;

/// What a place in a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Document,
    Context,
    Attributes,
    Attribute,
    AttributeType,
    Segments,
    Segment,
    Environments,
    Environment,
    Flags,
    Flag,
    Overlays,
    Overlay,
    Retired,
    RetiredFlag,
    Overrides,
    Units,
    Override,
    Prerequisites,
    Rules,
    Rule,
    Condition,
    Sample,
    Rollout,
    Step,
    Split,
    Variants,
    Metadata,
    Kind,
    Expose,
    ValueType,
    /// A variant's name, which for booleans may be `true` or `false`.
    Variant,
    Version,
    Name,
    Text,
    Texts,
    Boolean,
    Date,
    Moment,
    Percent,
    RustName,
    Unit,
    Members,
    /// Anybody's.
    Anything,
}

impl Shape {
    /// The keys of the mapping, in groups, in the order in which tools write them; nothing where keys are names.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static Key> {
        keys::of(self).iter().flat_map(|group| group.iter())
    }

    /// Where in the order a key stands; keys that are names have none.
    pub(crate) fn rank(self, key: &str) -> Option<usize> {
        self.keys().position(|known| known.name == key)
    }

    /// What the value of a key holds.
    pub(crate) fn of_value(self, key: &str) -> Self {
        match self {
            Self::Attributes => Self::Attribute,
            Self::Segments => Self::Segment,
            Self::Environments => Self::Environment,
            Self::Flags => Self::Flag,
            Self::Overlays => Self::Overlay,
            Self::Retired => Self::RetiredFlag,
            Self::Overrides => Self::Units,
            Self::Condition => match key {
                "all" | "any" | "not" => Self::Condition,
                "sample" => Self::Sample,
                _ => Self::Anything,
            },
            _ => self
                .keys()
                .find(|known| known.name == key)
                .map_or(Self::Anything, |known| known.shape),
        }
    }

    /// What an element of the list holds.
    pub(crate) fn of_element(self) -> Self {
        match self {
            Self::Rules => Self::Rule,
            Self::Units => Self::Override,
            Self::Condition => Self::Condition,
            Self::Rollout => Self::Step,
            _ => Self::Anything,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use crate::{Code, load};

    #[test]
    fn every_key_is_one_that_the_checker_knows() {
        for (shape, place) in [
            (Shape::Document, "{}: 1"),
            (Shape::Context, "context: {{ {}: 1 }}"),
            (
                Shape::Attribute,
                "context: {{ attributes: {{ a: {{ {}: 1 }} }} }}",
            ),
            (Shape::Segment, "segments: {{ a: {{ {}: 1 }} }}"),
            (Shape::Environment, "environments: {{ a: {{ {}: 1 }} }}"),
            (Shape::Flag, "flags: {{ a: {{ {}: 1 }} }}"),
            (
                Shape::Overlay,
                "flags: {{ a: {{ environments: {{ b: {{ {}: 1 }} }} }} }}",
            ),
            (Shape::Rule, "flags: {{ a: {{ rules: [{{ {}: 1 }}] }} }}"),
            (
                Shape::Override,
                "flags: {{ a: {{ overrides: {{ on: [{{ {}: 1 }}] }} }} }}",
            ),
            (
                Shape::Sample,
                "segments: {{ a: {{ if: {{ sample: {{ {}: 1 }} }} }} }}",
            ),
            (Shape::RetiredFlag, "retired: {{ a: {{ {}: 1 }} }}"),
        ] {
            let codes = |key: &str| {
                let document = place
                    .replace("{{", "{")
                    .replace("}}", "}")
                    .replacen("{}", key, 1);
                let loaded = load("flags.yaml", document.as_bytes());
                loaded
                    .diagnostics()
                    .iter()
                    .map(|it| it.code)
                    .collect::<Vec<_>>()
            };
            assert!(codes("nonsense").contains(&Code::UnknownKey), "{place}");
            for key in shape.keys() {
                assert!(
                    !codes(key.name).contains(&Code::UnknownKey),
                    "{place}: {}",
                    key.name
                );
            }
        }
    }
}
