//! A canonical form of what is compiled, hashed: what answers alike has the same digest, on every machine.
//!
//! Spans, descriptions and the names of segments are left out, since no answer depends on them. Attributes stand by
//! name, since slots differ between programs; sets stand in order.

use flagstone_model::{AttributeType, Comparison, Name, Pattern, Texts, Version};

use super::distribution::{Gives, Rollout};
use super::{
    Canon, Condition, Distribution, Form, OrderSet, OrderTest, Ordered, Overrides, Reference,
    Sample, Segment, Test, TextTest, Variants,
};
use crate::bucket::{Seed, Threshold};
use crate::snapshot::{AttributeTable, TableEntry};
use crate::text_set::TextSet;

/// The digest of all that a flag's answers depend on, other flags' answers apart. It is written into `canon`, whatever is
/// in that.
pub(super) fn of_form(form: &Form, table: &AttributeTable, canon: &mut Canon) -> u128 {
    canon.clear();
    canon.text(&form.key);
    canon.variants(&form.variants);
    let mut scope = Scope {
        canon,
        table,
        references: form.references(),
        variants: Some(&form.variants),
    };
    scope.variant(form.baseline);
    scope.canon.flags(&[form.killed, form.enabled]);
    scope.canon.moment(form.starts_at());
    scope.canon.moment(form.ends_at());
    scope.overrides(form);
    scope.prerequisites(form);
    scope.canon.length(form.rules.len());
    for rule in &form.rules {
        scope.canon.optional_name(rule.name.as_ref());
        scope.condition(&rule.condition);
        scope.distribution(&rule.distribution);
    }
    scope.canon.flags(&[form.own.is_some()]);
    if let Some(own) = &form.own {
        scope.distribution(own);
    }
    scope.canon.digest()
}

/// The digest of all that a segment's answers depend on, flags' answers apart.
pub(super) fn of_segment(
    segment: &Segment,
    references: &[Reference],
    table: &AttributeTable,
) -> u128 {
    let mut scope = Scope {
        canon: &mut Canon::default(),
        table,
        references,
        variants: None,
    };
    scope.set(&segment.members);
    if !segment.members.is_empty() {
        scope.attribute(segment.unit);
    }
    scope.canon.flags(&[segment.condition.is_some()]);
    if let Some(condition) = &segment.condition {
        scope.condition(condition);
    }
    scope.canon.digest()
}

/// What a condition's or a distribution's numbers stand for.
struct Scope<'f> {
    canon: &'f mut Canon,
    table: &'f AttributeTable,
    references: &'f [Reference],
    variants: Option<&'f Variants>,
}

impl Scope<'_> {
    fn attribute(&mut self, slot: u32) {
        let attribute = self.table.get(slot as usize);
        self.canon.text(attribute.map_or("", TableEntry::name));
    }

    fn variant(&mut self, ordinal: u32) {
        let variant = self.variants.and_then(|variants| variants.get(ordinal));
        self.canon
            .text(variant.map_or("", |variant| variant.name.as_str()));
    }

    fn reference(&mut self, index: u32) {
        let Some(reference) = self.references.get(index as usize) else {
            return;
        };
        self.canon.text(reference.flag.as_str());
        let mut variants: Vec<_> = reference.variants.iter().map(Name::as_str).collect();
        variants.sort_unstable();
        variants.dedup();
        self.canon.length(variants.len());
        for variant in variants {
            self.canon.text(variant);
        }
    }

    fn prerequisites(&mut self, form: &Form) {
        let first = self.canon.waiting();
        for prerequisite in form.prerequisites() {
            let place = self.canon.place();
            self.reference(*prerequisite);
            let digest = self.canon.cut(place);
            self.canon.wait(digest);
        }
        self.canon.digests(first);
    }

    fn overrides(&mut self, form: &Form) {
        let overrides = form.overrides().into_iter();
        let mut overrides: Vec<_> = overrides.flat_map(Overrides::iter).collect();
        overrides.sort_unstable_by_key(|(unit, _)| *unit);
        self.canon.length(overrides.len());
        if !overrides.is_empty() {
            self.attribute(form.unit);
        }
        for (unit, given) in overrides {
            self.canon.text(unit);
            self.variant(given.variant);
            self.canon.moment(given.until);
        }
    }

    fn distribution(&mut self, distribution: &Distribution) {
        let share = match distribution {
            Distribution::Serve(variant) => {
                self.canon.tag(0);
                return self.variant(*variant);
            }
            Distribution::Share(share) => share,
        };
        self.canon.tag(1);
        self.attribute(share.by);
        self.seed(share.seed);
        self.rollout(&share.rollout);
        match &share.gives {
            Gives::One(variant) => {
                self.canon.tag(0);
                self.variant(*variant);
            }
            Gives::Split(split) => {
                self.canon.tag(1);
                self.seed(split.seed);
                for (below, variant) in split.arms.iter() {
                    self.threshold(below.map_or(Threshold::All, Threshold::Below));
                    self.variant(variant);
                }
            }
        }
    }

    fn rollout(&mut self, rollout: &Rollout) {
        match rollout {
            Rollout::Fixed(threshold) => {
                self.canon.tag(0);
                self.threshold(*threshold);
            }
            Rollout::Linear(linear) => {
                self.canon.tag(1);
                for percentage in [linear.from, linear.to] {
                    self.canon.number(percentage.millionths().into());
                }
                self.canon.moment(Some(linear.start));
                self.canon.moment(Some(linear.end));
            }
            Rollout::Steps(steps) => {
                self.canon.tag(2);
                self.canon.length(steps.len());
                for (at, threshold) in steps {
                    self.canon.moment(Some(*at));
                    self.threshold(*threshold);
                }
            }
        }
    }

    fn seed(&mut self, seed: Seed) {
        let (hash, seed) = seed.parts();
        self.canon.text(hash);
        self.canon.number(seed);
    }

    fn threshold(&mut self, threshold: Threshold) {
        match threshold {
            Threshold::Below(bound) => {
                self.canon.tag(0);
                self.canon.number(bound);
            }
            Threshold::All => self.canon.tag(1),
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(list) => self.conditions(0, list),
            Condition::Any(list) => self.conditions(1, list),
            Condition::Not(inner) => {
                self.canon.tag(2);
                self.condition(inner);
            }
            Condition::Attribute { slot, test } => {
                self.canon.tag(3);
                self.attribute(*slot);
                self.test(test);
            }
            Condition::Everyone => self.canon.tag(4),
            Condition::Segments(of) => {
                self.canon.tag(5);
                let first = self.canon.waiting();
                for segment in of {
                    self.canon.wait(segment.digest);
                }
                self.canon.digests(first);
            }
            Condition::Sample(sample) => self.sample(sample),
            Condition::Flag(reference) => {
                self.canon.tag(7);
                self.reference(*reference);
            }
            Condition::Now { comparison, moment } => {
                self.canon.tag(8);
                self.comparison(*comparison);
                self.canon.moment(Some(*moment));
            }
        }
    }

    /// Conditions in the order of their digests, since a mapping's order makes no difference.
    fn conditions(&mut self, tag: u8, list: &[Condition]) {
        let first = self.canon.waiting();
        for condition in list {
            let place = self.canon.place();
            self.condition(condition);
            let digest = self.canon.cut(place);
            self.canon.wait(digest);
        }
        self.canon.tag(tag);
        self.canon.digests(first);
    }

    fn sample(&mut self, sample: &Sample) {
        self.canon.tag(6);
        self.attribute(sample.by);
        self.seed(sample.seed);
        self.threshold(sample.from);
        self.threshold(sample.to);
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Exists(ty, exists) => {
                self.canon.tag(0);
                self.attribute_type(*ty);
                self.canon.flags(&[*exists]);
            }
            Test::Text(test) => {
                self.canon.tag(1);
                self.text_test(test);
            }
            Test::TextsContain(set) => {
                self.canon.tag(2);
                self.set(set);
            }
            Test::TextsLack(set) => {
                self.canon.tag(3);
                self.set(set);
            }
            Test::Integer(test) => {
                self.order_test(4, test, |canon, value| canon.number(value.cast_unsigned()));
            }
            Test::Number(test) => {
                self.order_test(5, test, |canon, value| canon.number(value.to_bits()));
            }
            Test::Version(test) => {
                self.order_test(6, test, |canon, value: &Version| {
                    canon.version(value.as_ref());
                });
            }
            Test::Timestamp(test) => {
                self.order_test(7, test, |canon, value| canon.moment(Some(*value)));
            }
            Test::Boolean { on_true, on_false } => {
                self.canon.tag(8);
                self.canon.flags(&[*on_true, *on_false]);
            }
        }
    }

    fn attribute_type(&mut self, ty: AttributeType) {
        self.canon.text(ty.name());
    }

    fn text_test(&mut self, test: &TextTest) {
        let (tag, texts): (u8, Vec<&str>) = match test {
            TextTest::In(set) => {
                self.canon.tag(0);
                return self.set(set);
            }
            TextTest::NotIn(set) => {
                self.canon.tag(1);
                return self.set(set);
            }
            TextTest::Contains(texts) => (2, sorted(texts)),
            TextTest::NotContains(texts) => (3, sorted(texts)),
            TextTest::StartsWith(texts) => (4, sorted(texts)),
            TextTest::EndsWith(texts) => (5, sorted(texts)),
            TextTest::Matches(patterns) => {
                let mut sources: Vec<_> = patterns.iter().map(Pattern::as_str).collect();
                sources.sort_unstable();
                (6, sources)
            }
        };
        self.canon.tag(tag);
        self.texts(&texts);
    }

    fn order_test<T: Ordered>(
        &mut self,
        tag: u8,
        test: &OrderTest<T>,
        write: impl Fn(&mut Canon, &T),
    ) {
        self.canon.tag(tag);
        let set: Option<&OrderSet<T>> = match test {
            OrderTest::In(set) => {
                self.canon.tag(0);
                Some(set)
            }
            OrderTest::NotIn(set) => {
                self.canon.tag(1);
                Some(set)
            }
            OrderTest::Compare(comparison, operand) => {
                self.comparison(*comparison);
                write(self.canon, operand);
                None
            }
        };
        if let Some(set) = set {
            self.canon.length(set.iter().len());
            for value in set.iter() {
                write(self.canon, value);
            }
        }
    }

    fn comparison(&mut self, comparison: Comparison) {
        self.canon.tag(match comparison {
            Comparison::Greater => 2,
            Comparison::GreaterOrEqual => 3,
            Comparison::Less => 4,
            Comparison::LessOrEqual => 5,
        });
    }

    fn set(&mut self, set: &TextSet) {
        self.canon.length(set.len());
        for text in set.sorted() {
            self.canon.text(text);
        }
    }

    fn texts(&mut self, texts: &[&str]) {
        self.canon.length(texts.len());
        for text in texts {
            self.canon.text(text);
        }
    }
}

fn sorted(texts: &Texts) -> Vec<&str> {
    let mut sorted: Vec<_> = texts.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}
