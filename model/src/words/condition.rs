//! Conditions in words.

use core::fmt::Display;

use crate::definition::{
    AttributeIndex, AttributeTest, Comparison, Condition, Definition, FlagTest, OrderTest, Sample,
    SegmentRef, Test, TextTest, Texts, TextsTest,
};
use crate::{MicroPercent, Name};

use super::percent;

/// Says what a document's conditions mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speaker<'d> {
    definition: &'d Definition,
    /// Whether what has no order of its own is sorted, so that equal words mean the same.
    is_sorted: bool,
}

impl<'d> Speaker<'d> {
    /// Speaks for people, in the document's order.
    pub(crate) fn new(definition: &'d Definition) -> Self {
        Self {
            definition,
            is_sorted: false,
        }
    }

    /// Speaks for comparisons: two conditions have the same words where nothing but their order differs.
    pub(crate) fn for_comparison(definition: &'d Definition) -> Self {
        Self {
            definition,
            is_sorted: true,
        }
    }

    /// The condition: "in staff and plan is premium".
    pub(crate) fn condition(self, condition: &Condition) -> String {
        match condition {
            Condition::All(conditions) => self.joined(conditions, " and "),
            Condition::Any(conditions) => self.joined(conditions, " or "),
            Condition::Not(condition) => format!("not ({})", self.condition(condition)),
            Condition::Attribute(test) => self.attribute_test(test),
            Condition::Segment { of, .. } => {
                let names = of.iter().map(|of| self.segment(*of));
                format!("in {}", self.alternatives(names.collect()))
            }
            Condition::Sample(sample) => self.sample(sample),
            Condition::Flag(test) => self.flag_test(test),
            Condition::Now(test) => format!("now {} {}", sign(test.comparison), test.moment),
        }
    }

    /// The name of an attribute.
    pub(crate) fn attribute(self, index: AttributeIndex) -> &'d str {
        let attribute = self.definition.context.attribute(index);
        attribute.map_or("?", |attribute| attribute.name.as_str())
    }

    /// The name of the targeting key.
    pub(crate) fn targeting_key(self) -> &'d str {
        self.attribute(self.definition.context.targeting_key)
    }

    /// "`a` answers on or off".
    pub(crate) fn answers(self, flag: &Name, variants: &[Name]) -> String {
        let variants = variants.iter().map(|variant| variant.as_str().to_owned());
        format!("{flag} answers {}", self.alternatives(variants.collect()))
    }

    fn flag_test(self, test: &FlagTest) -> String {
        self.answers(&test.flag, &test.variants)
    }

    fn segment(self, segment: SegmentRef) -> String {
        match segment {
            SegmentRef::Everyone => "everyone".to_owned(),
            SegmentRef::Segment(index) => {
                let segment = self.definition.segment(index);
                segment.map_or_else(String::new, |segment| segment.name.to_string())
            }
        }
    }

    fn joined(self, conditions: &[Condition], with: &str) -> String {
        let is_one = conditions.len() == 1;
        let parts = conditions.iter().map(|condition| {
            let words = self.condition(condition);
            let is_group =
                matches!(condition, Condition::All(of) | Condition::Any(of) if of.len() > 1);
            if is_group && !is_one {
                format!("({words})")
            } else {
                words
            }
        });
        self.list(parts.collect()).join(with)
    }

    fn sample(self, sample: &Sample) -> String {
        let mut words = if sample.from == MicroPercent::ZERO {
            format!("in a sample of {}", percent(sample.to))
        } else {
            let (from, to) = (percent(sample.from), percent(sample.to));
            format!("in the sample from {from} to {to}")
        };
        if let Some(by) = sample.by {
            words.push_str(" by ");
            words.push_str(self.attribute(by));
        }
        if let Some(salt) = &sample.salt {
            words.push_str(" with the salt ");
            words.push_str(&text(salt));
        }
        words
    }

    fn attribute_test(self, test: &AttributeTest) -> String {
        let name = self.attribute(test.attribute);
        let said = match &test.test {
            Test::Exists(true) => "is known".to_owned(),
            Test::Exists(false) => "is unknown".to_owned(),
            Test::Text(test) => self.text_test(test),
            Test::Texts(TextsTest::Contains(texts)) => format!("has {}", self.texts(texts)),
            Test::Texts(TextsTest::NotContains(texts)) => {
                format!("is known and hasn't {}", self.texts(texts))
            }
            Test::Integer(test) => self.order_test(test),
            Test::Number(test) => self.order_test(test),
            Test::Version(test) => self.order_test(test),
            Test::Timestamp(test) => self.order_test(test),
            Test::Boolean(values) => {
                let values = values.iter().map(ToString::to_string);
                format!("is {}", self.alternatives(values.collect()))
            }
        };
        format!("{name} {said}")
    }

    fn text_test(self, test: &TextTest) -> String {
        match test {
            TextTest::In(texts) => format!("is {}", self.texts(texts)),
            TextTest::NotIn(texts) => format!("is known and not {}", self.texts(texts)),
            TextTest::Contains(texts) => format!("contains {}", self.texts(texts)),
            TextTest::NotContains(texts) => {
                format!("is known and doesn't contain {}", self.texts(texts))
            }
            TextTest::StartsWith(texts) => format!("starts with {}", self.texts(texts)),
            TextTest::EndsWith(texts) => format!("ends with {}", self.texts(texts)),
            TextTest::Matches(patterns) => {
                let patterns = patterns.iter().map(|pattern| format!("{pattern:?}"));
                format!("matches {}", self.alternatives(patterns.collect()))
            }
        }
    }

    fn order_test<T: Display>(self, test: &OrderTest<T>) -> String {
        let said = |operands: &[T]| {
            let operands = operands.iter().map(ToString::to_string);
            self.alternatives(operands.collect())
        };
        match test {
            OrderTest::In(operands) => format!("is {}", said(operands)),
            OrderTest::NotIn(operands) => format!("is known and not {}", said(operands)),
            OrderTest::Compare(comparison, operand) => format!("{} {operand}", sign(*comparison)),
        }
    }

    fn texts(self, texts: &Texts) -> String {
        self.alternatives(texts.iter().map(text).collect())
    }

    fn alternatives(self, words: Vec<String>) -> String {
        self.list(words).join(" or ")
    }

    fn list(self, mut words: Vec<String>) -> Vec<String> {
        if self.is_sorted {
            words.sort();
            words.dedup();
        }
        words
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => "≥",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "≤",
    }
}

/// Text of a document: as it is where it is a word, else in quotes, so that two texts never have the same words.
pub(crate) fn text(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-.@/+:#%".contains(c);
    if !text.is_empty() && text.chars().all(is_word) {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    /// The words of the condition of a flag's only rule.
    fn words(condition: &str) -> (String, String) {
        let document = format!(
            "version: 1
context:
  attributes:
    plan: string
    age: integer
    email: string
    version: semver
    roles: strings
    verified: boolean
    since: timestamp
segments: {{ staff: {{ members: [u-1] }}, beta: {{ members: [u-2] }} }}
flags:
  other: {{}}
  example: {{ rules: [{{ if: {condition}, serve: on }}] }}
"
        );
        let loaded = load("flags.yaml", document.as_bytes());
        let definition = loaded
            .definition()
            .unwrap_or_else(|| panic!("{condition}: {:?}", loaded.diagnostics()));
        let condition = &definition.flags[1].base.rules.as_deref().unwrap()[0].condition;
        (
            Speaker::new(definition).condition(condition),
            Speaker::for_comparison(definition).condition(condition),
        )
    }

    #[test]
    fn a_condition_is_said_in_words() {
        for (condition, said) in [
            ("{ plan: premium }", "plan is premium"),
            ("{ plan: [b, a] }", "plan is b or a"),
            ("{ plan: { not_in: [a] } }", "plan is known and not a"),
            ("{ plan: \"a b\" }", "plan is \"a b\""),
            ("{ age: { gte: 45, lt: 60 } }", "age ≥ 45 and age < 60"),
            (
                "{ email: { ends_with: \"@example.com\" } }",
                "email ends with @example.com",
            ),
            ("{ email: { matches: \"^a\" } }", "email matches /^a/"),
            ("{ version: { gte: \"2.10\" } }", "version ≥ 2.10.0"),
            ("{ roles: { contains: [a, b] } }", "roles has a or b"),
            (
                "{ roles: { not_contains: a } }",
                "roles is known and hasn't a",
            ),
            ("{ verified: true }", "verified is true"),
            ("{ plan: { exists: false } }", "plan is unknown"),
            ("{ segment: [staff, everyone] }", "in staff or everyone"),
            ("{ sample: 5% }", "in a sample of 5 %"),
            (
                "{ sample: { from: 5%, to: 10%, salt: s, by: plan } }",
                "in the sample from 5 % to 10 % by plan with the salt s",
            ),
            ("{ flag: { other: on } }", "other answers on"),
            (
                "{ now: { before: \"2026-01-01T00:00:00Z\" } }",
                "now < 2026-01-01T00:00:00Z",
            ),
            (
                "{ any: [{ plan: a }, { plan: b, age: 1 }] }",
                "plan is a or (plan is b and age is 1)",
            ),
            ("{ not: { plan: a } }", "not (plan is a)"),
        ] {
            assert_eq!(words(condition).0, said, "{condition}");
        }
    }

    #[test]
    fn words_for_comparison_know_no_order() {
        for (one, other) in [
            ("{ plan: [a, b] }", "{ plan: [b, a] }"),
            ("{ plan: a, age: 1 }", "{ age: 1, plan: a }"),
            ("[{ plan: a }, { age: 1 }]", "{ age: 1, plan: a }"),
            ("{ segment: [staff, beta] }", "{ segment: [beta, staff] }"),
        ] {
            assert_eq!(words(one).1, words(other).1, "{one}");
        }
        assert_ne!(words("{ plan: \"a or b\" }").1, words("{ plan: [a, b] }").1);
    }
}
