//! Operators, each with its operand prepared.

use flagstone_model::{self as model, AttributeType};

use super::{OrderSet, OrderTest, Ordered, Test, TextTest};
use crate::text_set::TextSet;

/// Prepares an operator on an attribute of a type.
pub(super) fn compile_test(test: &model::Test, ty: AttributeType) -> Test {
    match test {
        model::Test::Exists(exists) => Test::Exists(ty, *exists),
        model::Test::Text(test) => Test::Text(text_test(test)),
        model::Test::Texts(model::TextsTest::Contains(texts)) => {
            Test::TextsContain(TextSet::new(texts))
        }
        model::Test::Texts(model::TextsTest::NotContains(texts)) => {
            Test::TextsLack(TextSet::new(texts))
        }
        model::Test::Integer(test) => Test::Integer(order_test(test)),
        model::Test::Number(test) => Test::Number(order_test(test)),
        model::Test::Version(test) => Test::Version(order_test(test)),
        model::Test::Timestamp(test) => Test::Timestamp(order_test(test)),
        model::Test::Boolean(fitting) => Test::Boolean {
            on_true: fitting.contains(&true),
            on_false: fitting.contains(&false),
        },
    }
}

fn text_test(test: &model::TextTest) -> TextTest {
    match test {
        model::TextTest::In(texts) => TextTest::In(TextSet::new(texts)),
        model::TextTest::NotIn(texts) => TextTest::NotIn(TextSet::new(texts)),
        model::TextTest::Contains(texts) => TextTest::Contains(texts.clone()),
        model::TextTest::NotContains(texts) => TextTest::NotContains(texts.clone()),
        model::TextTest::StartsWith(texts) => TextTest::StartsWith(texts.clone()),
        model::TextTest::EndsWith(texts) => TextTest::EndsWith(texts.clone()),
        model::TextTest::Matches(patterns) => TextTest::Matches(patterns.as_slice().into()),
    }
}

fn order_test<T: Ordered>(test: &model::OrderTest<T>) -> OrderTest<T> {
    match test {
        model::OrderTest::In(values) => OrderTest::In(OrderSet::new(values)),
        model::OrderTest::NotIn(values) => OrderTest::NotIn(OrderSet::new(values)),
        model::OrderTest::Compare(comparison, value) => {
            OrderTest::Compare(*comparison, value.clone())
        }
    }
}
