//! The smallest pieces of a condition, and what can't be asked of one subject at once.

use super::order::{self, Ordered};
use super::text;
use crate::definition::{
    AttributeIndex, AttributeTest, FlagTest, MomentTest, OrderTest, Sample, Segment, SegmentIndex,
    Test, TextTest, TextsTest,
};
use crate::{MicroPercent, Name, Timestamp};

/// The smallest piece of a condition.
#[derive(Debug, Clone, Copy)]
pub(super) enum Literal<'d> {
    Attribute(&'d AttributeTest),
    /// A segment's list names the unit.
    Member(SegmentIndex),
    Sample(Position<'d>),
    Flag(&'d FlagTest),
    Now(&'d MomentTest),
}

/// What a literal asks something of. Nothing is known about how subjects depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lint) enum Subject<'d> {
    Attribute(AttributeIndex),
    Members(SegmentIndex),
    Sample(By<'d>),
    Flag(&'d Name),
    Now,
}

/// Which positions a sample looks at. Those that differ here are taken to be independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lint) struct By<'d> {
    salt: Option<&'d str>,
    attribute: Option<AttributeIndex>,
    /// The segment whose salt and targeting key it is, where it isn't the flag's.
    segment: Option<&'d str>,
}

/// A sample that takes some and not all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position<'d> {
    by: By<'d>,
    from: MicroPercent,
    to: MicroPercent,
}

impl<'d> Position<'d> {
    /// The sample, or what it answers for everyone.
    pub(super) fn new(sample: &'d Sample, segment: Option<&'d Segment>) -> Result<Self, bool> {
        if sample.from >= sample.to {
            return Err(false);
        }
        if sample.from == MicroPercent::ZERO && sample.to == MicroPercent::HUNDRED {
            return Err(true);
        }
        let salt = sample.salt.as_deref();
        // With a salt and an attribute of its own it is the same everywhere.
        let is_own = salt.is_some() && sample.by.is_some();
        let segment = segment.filter(|_| !is_own);
        Ok(Self {
            by: By {
                salt,
                attribute: sample.by,
                segment: segment.map(|segment| segment.name.as_str()),
            },
            from: sample.from,
            to: sample.to,
        })
    }

    fn takes(&self, position: MicroPercent) -> bool {
        self.from <= position && position < self.to
    }
}

impl<'d> Literal<'d> {
    pub(super) fn subject(&self) -> Subject<'d> {
        match self {
            Self::Attribute(test) => Subject::Attribute(test.attribute),
            Self::Member(index) => Subject::Members(*index),
            Self::Sample(position) => Subject::Sample(position.by),
            Self::Flag(test) => Subject::Flag(&test.flag),
            Self::Now(_) => Subject::Now,
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Attribute(test) => match &test.test {
                Test::Text(
                    TextTest::In(list)
                    | TextTest::NotIn(list)
                    | TextTest::Contains(list)
                    | TextTest::NotContains(list)
                    | TextTest::StartsWith(list)
                    | TextTest::EndsWith(list),
                )
                | Test::Texts(TextsTest::Contains(list) | TextsTest::NotContains(list)) => {
                    list.len()
                }
                // A search costs far more than a comparison.
                Test::Text(TextTest::Matches(list)) => list.len().saturating_mul(100),
                Test::Integer(OrderTest::In(list) | OrderTest::NotIn(list)) => list.len(),
                Test::Number(OrderTest::In(list) | OrderTest::NotIn(list)) => list.len(),
                Test::Version(OrderTest::In(list) | OrderTest::NotIn(list)) => list.len(),
                Test::Timestamp(OrderTest::In(list) | OrderTest::NotIn(list)) => list.len(),
                _ => 1,
            },
            Self::Flag(test) => test.variants.len(),
            Self::Member(_) | Self::Sample(_) | Self::Now(_) => 1,
        }
    }
}

/// How many comparisons finding a contradiction may take.
pub(super) fn cost(literals: &[(Literal<'_>, bool)]) -> usize {
    let sizes = literals.iter().map(|(literal, _)| literal.size());
    let sum = sizes.fold(1, usize::saturating_add);
    sum.saturating_mul(sum)
}

/// Whether nothing fulfils what is asked of one subject.
pub(super) fn contradict(literals: &[(Literal<'_>, bool)]) -> bool {
    let mut tests = Vec::new();
    let mut samples = Vec::new();
    let mut flags = Vec::new();
    let mut moments = Vec::new();
    let mut members = Vec::new();
    for (literal, sign) in literals {
        match literal {
            Literal::Attribute(test) => tests.push((&test.test, *sign)),
            Literal::Sample(position) => samples.push((position, *sign)),
            Literal::Flag(test) => flags.push((*test, *sign)),
            Literal::Now(test) => {
                moments.push((OrderTest::Compare(test.comparison, test.moment), *sign));
            }
            Literal::Member(_) => members.push(*sign),
        }
    }
    let moments: Vec<(&OrderTest<Timestamp>, bool)> =
        moments.iter().map(|(test, sign)| (test, *sign)).collect();
    no_value_fits(&tests)
        || no_position_fits(&samples)
        || no_variant_fits(&flags)
        || !order::is_satisfiable(&moments)
        || members.contains(&true) && members.contains(&false)
}

fn no_value_fits(tests: &[(&Test, bool)]) -> bool {
    // A missing attribute makes every test false, but for `exists: false`.
    if tests
        .iter()
        .all(|(test, sign)| matches!(test, Test::Exists(false)) == *sign)
    {
        return false;
    }
    let must_be_missing =
        |(test, sign): &(&Test, bool)| matches!(test, Test::Exists(exists) if exists != sign);
    tests.iter().any(must_be_missing)
        || !order::is_satisfiable(&of_order::<i64>(tests))
        || !order::is_satisfiable(&of_order::<f64>(tests))
        || !order::is_satisfiable(&of_order::<crate::Version>(tests))
        || !order::is_satisfiable(&of_order::<Timestamp>(tests))
        || !has_boolean(tests)
        || text::no_text_fits(tests)
        || text::no_texts_fit(tests)
}

fn of_order<'t, T: Ordered>(tests: &[(&'t Test, bool)]) -> Vec<(&'t OrderTest<T>, bool)> {
    let tests = tests.iter();
    tests
        .filter_map(|(test, sign)| Some((T::of(test)?, *sign)))
        .collect()
}

fn has_boolean(tests: &[(&Test, bool)]) -> bool {
    [false, true].into_iter().any(|value| {
        tests.iter().all(|(test, sign)| match test {
            Test::Boolean(values) => values.contains(&value) == *sign,
            _ => true,
        })
    })
}

/// Without a text to bucket by no sample takes the unit. Whether one takes it changes at the samples' ends only.
fn no_position_fits(samples: &[(&Position<'_>, bool)]) -> bool {
    if samples.iter().all(|(_, sign)| !sign) {
        return false;
    }
    let ends = samples
        .iter()
        .flat_map(|(sample, _)| [sample.from, sample.to]);
    let mut positions = ends.chain([MicroPercent::ZERO]);
    !positions.any(|position| {
        position < MicroPercent::HUNDRED
            && samples
                .iter()
                .all(|(sample, sign)| sample.takes(position) == *sign)
    })
}

/// A flag answers one variant, which may be another than all that are named.
fn no_variant_fits(tests: &[(&FlagTest, bool)]) -> bool {
    let fits = |answer: Option<&Name>| {
        tests.iter().all(|(test, sign)| {
            answer.is_some_and(|answer| test.variants.contains(answer)) == *sign
        })
    };
    let named = tests.iter().flat_map(|(test, _)| &test.variants);
    !named.map(Some).chain([None]).any(fits)
}
