//! What has an order. The operands of all tests cut it into points and the gaps around them, and what a test says is the
//! same throughout a gap.

use core::cmp::Ordering;

use crate::definition::{OrderTest, Test};
use crate::{Timestamp, Version};

/// A type of attribute that has an order.
pub(super) trait Ordered: PartialOrd {
    /// The test, where it is one of this type.
    fn of(test: &Test) -> Option<&OrderTest<Self>>
    where
        Self: Sized;

    /// Whether there is certainly nothing between two values, or beyond one.
    fn is_nothing_between(_below: Option<&Self>, _above: Option<&Self>) -> bool {
        false
    }
}

impl Ordered for i64 {
    fn of(test: &Test) -> Option<&OrderTest<Self>> {
        match test {
            Test::Integer(test) => Some(test),
            _ => None,
        }
    }

    fn is_nothing_between(below: Option<&Self>, above: Option<&Self>) -> bool {
        match (below, above) {
            (None, Some(above)) => *above == Self::MIN,
            (Some(below), Some(above)) => below.checked_add(1) == Some(*above),
            (Some(below), None) => *below == Self::MAX,
            (None, None) => false,
        }
    }
}

impl Ordered for Timestamp {
    fn of(test: &Test) -> Option<&OrderTest<Self>> {
        match test {
            Test::Timestamp(test) => Some(test),
            _ => None,
        }
    }

    fn is_nothing_between(below: Option<&Self>, above: Option<&Self>) -> bool {
        let [below, above] =
            [below, above].map(|moment| moment.map(|moment| moment.milliseconds()));
        i64::is_nothing_between(below.as_ref(), above.as_ref())
    }
}

impl Ordered for f64 {
    fn of(test: &Test) -> Option<&OrderTest<Self>> {
        match test {
            Test::Number(test) => Some(test),
            _ => None,
        }
    }
}

impl Ordered for Version {
    fn of(test: &Test) -> Option<&OrderTest<Self>> {
        match test {
            Test::Version(test) => Some(test),
            _ => None,
        }
    }
}

/// Whether some value fulfils all the tests that must hold, and none of those that mustn't.
pub(super) fn is_satisfiable<T: Ordered>(tests: &[(&OrderTest<T>, bool)]) -> bool {
    let mut points: Vec<&T> = tests.iter().flat_map(|(test, _)| operands(test)).collect();
    points.sort_by(order);
    points.dedup_by(|left, right| order(left, right).is_eq());
    // The point `i` has the place `2i + 1`, and the gap below it `2i`.
    (0..=points.len() * 2).any(|place| {
        let below = place.checked_sub(1).and_then(|place| points.get(place / 2));
        let is_gap = place % 2 == 0;
        if is_gap && T::is_nothing_between(below.copied(), points.get(place / 2).copied()) {
            return false;
        }
        tests
            .iter()
            .all(|(test, sign)| holds(test, place, &points) == *sign)
    })
}

fn operands<T>(test: &OrderTest<T>) -> &[T] {
    match test {
        OrderTest::In(list) | OrderTest::NotIn(list) => list,
        OrderTest::Compare(_, operand) => core::slice::from_ref(operand),
    }
}

fn holds<T: Ordered>(test: &OrderTest<T>, place: usize, points: &[&T]) -> bool {
    let is_in = |list: &[T]| {
        let point = points.get(place / 2).filter(|_| place % 2 == 1);
        point.is_some_and(|point| list.iter().any(|operand| order(operand, point).is_eq()))
    };
    match test {
        OrderTest::In(list) => is_in(list),
        OrderTest::NotIn(list) => !is_in(list),
        OrderTest::Compare(comparison, operand) => {
            let index = points.binary_search_by(|point| order(*point, operand));
            index.is_ok_and(|index| comparison.holds(place.cmp(&(index * 2 + 1))))
        }
    }
}

/// Operands are finite, so there is an order; 0 and −0 are equal.
fn order<T: PartialOrd>(left: &T, right: &T) -> Ordering {
    left.partial_cmp(right).unwrap_or(Ordering::Equal)
}
