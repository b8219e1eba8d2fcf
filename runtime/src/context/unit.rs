//! The text that identifies a unit, or by which it is bucketed.

use core::fmt;

/// The text that identifies a unit, or by which it is bucketed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit<'a> {
    /// There is none.
    None,
    /// Text, never empty.
    Text(&'a str),
    /// A whole number, which stands for its decimal form.
    Integer(i64),
}

impl Unit<'_> {
    /// Hands the text over; an integer's is written on the stack. `None` where there is no text.
    #[inline]
    pub(crate) fn with_text<R>(self, read: impl FnOnce(&str) -> R) -> Option<R> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(read(text)),
            Self::Integer(integer) => Some(read(Decimal::new(integer).as_str())),
        }
    }
}

/// Units can be private, so only the kind is shown.
impl fmt::Debug for Unit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Text(_) => "Text(..)",
            Self::Integer(_) => "Integer(..)",
        })
    }
}

/// An integer's decimal form, without an allocation.
struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    fn new(integer: i64) -> Self {
        let mut digits = [b'-'; 20];
        let mut start = digits.len();
        let mut rest = integer.unsigned_abs();
        for place in digits.iter_mut().rev() {
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            start = start.saturating_sub(1);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if integer < 0 {
            // 64 bits have at most 19 digits, so the sign that the array is filled with is still there.
            start = start.saturating_sub(1);
        }
        Self { digits, start }
    }

    fn as_str(&self) -> &str {
        let digits = self.digits.get(self.start..).unwrap_or_default();
        core::str::from_utf8(digits).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use flagstone_model::{Timestamp, Version};

    use super::*;
    use crate::context::Slot;

    #[test]
    fn an_integer_is_a_unit_in_decimal() {
        for integer in [0, 7, -7, 10, 1_234_567_890, i64::MAX, i64::MIN] {
            let text = Slot::Integer(integer).unit().with_text(str::to_owned);
            assert_eq!(text, Some(integer.to_string()));
        }
    }

    #[test]
    fn only_texts_and_integers_are_units() {
        let version = "1.0".parse::<Version>().unwrap();
        for slot in [
            Slot::Missing,
            Slot::Text(""),
            Slot::Number(5.0),
            Slot::Boolean(true),
            Slot::Timestamp(Timestamp::from_milliseconds(0)),
            Slot::Version(&version),
            Slot::Texts((&["a"]).into()),
        ] {
            assert_eq!(slot.unit(), Unit::None, "{slot:?}");
        }
        assert_eq!(Slot::Text(" ").unit(), Unit::Text(" "));
    }
}
