//! Operators on attributes (section 4).

use core::cmp::Ordering;

use regex::Regex;
use serde_json::Value;

use super::attribute::Attribute;
use super::one_or_more;
use super::time::milliseconds_of_time_or_date;
use super::version::Version;

/// Whether an attribute fulfils an operator. A missing one fulfils `exists: false` and nothing else.
pub(super) fn holds(attribute: Option<&Attribute>, operator: &str, operand: &Value) -> bool {
    if operator == "exists" {
        return operand.as_bool() == Some(attribute.is_some());
    }
    let Some(attribute) = attribute else {
        return false;
    };
    let order = || compare(attribute, operand);
    match operator {
        "equals" => equals(attribute, operand),
        "not_equals" => !equals(attribute, operand),
        "in" => equals_one_of(attribute, operand),
        "not_in" => !equals_one_of(attribute, operand),
        "gt" | "after" => order().is_some_and(Ordering::is_gt),
        "gte" => order().is_some_and(Ordering::is_ge),
        "lt" | "before" => order().is_some_and(Ordering::is_lt),
        "lte" => order().is_some_and(Ordering::is_le),
        "contains" => one_fits(operand, |text| contains(attribute, text)),
        "not_contains" => !one_fits(operand, |text| contains(attribute, text)),
        "starts_with" => one_fits(operand, |text| {
            is_text(attribute, |it| it.starts_with(text))
        }),
        "ends_with" => one_fits(operand, |text| is_text(attribute, |it| it.ends_with(text))),
        "matches" => one_fits(operand, |text| matches(attribute, text)),
        _ => false,
    }
}

/// Whether an attribute equals what the short forms give: a scalar, or one of a list.
pub(super) fn equals_one_of(attribute: &Attribute, operand: &Value) -> bool {
    one_or_more(operand)
        .iter()
        .any(|operand| equals(attribute, operand))
}

fn equals(attribute: &Attribute, operand: &Value) -> bool {
    compare(attribute, operand) == Some(Ordering::Equal)
}

/// The order of the attribute to the operand, which is read as the attribute's type.
fn compare(attribute: &Attribute, operand: &Value) -> Option<Ordering> {
    match attribute {
        Attribute::Text(text) => Some(text.as_str().cmp(operand.as_str()?)),
        Attribute::Integer(integer) => Some(integer.cmp(&operand.as_i64()?)),
        Attribute::Number(number) => number.partial_cmp(&operand.as_f64()?),
        Attribute::Boolean(boolean) => Some(boolean.cmp(&operand.as_bool()?)),
        Attribute::Timestamp(moment) => {
            Some(moment.cmp(&milliseconds_of_time_or_date(operand.as_str()?)?))
        }
        Attribute::Version(version) => Some(version.cmp(&Version::read(operand.as_str()?)?)),
        Attribute::Texts(_) => None,
    }
}

fn one_fits(operand: &Value, fits: impl Fn(&str) -> bool) -> bool {
    one_or_more(operand)
        .iter()
        .filter_map(Value::as_str)
        .any(fits)
}

/// A part of a text, or an element of a list.
fn contains(attribute: &Attribute, part: &str) -> bool {
    match attribute {
        Attribute::Text(text) => text.contains(part),
        Attribute::Texts(elements) => elements.iter().any(|element| element == part),
        _ => false,
    }
}

fn is_text(attribute: &Attribute, fits: impl Fn(&str) -> bool) -> bool {
    matches!(attribute, Attribute::Text(text) if fits(text))
}

fn matches(attribute: &Attribute, pattern: &str) -> bool {
    is_text(attribute, |text| {
        Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
    })
}
