//! Numbers of a fixed number of digits, one after the other.

use jiff_core::civil;

use super::{Date, InvalidTimestamp};

/// What is left to read of a date or a moment.
pub(super) struct Digits<'a> {
    pub(super) rest: &'a [u8],
}

impl Digits<'_> {
    pub(super) fn date(&mut self) -> Result<Date, InvalidTimestamp> {
        let year = self.number(4, 9999)?;
        self.one_of(b"-")?;
        let month = self.number(2, 12)?;
        self.one_of(b"-")?;
        let day = self.number(2, 31)?;
        let narrow = |number: i64| i8::try_from(number).map_err(|_| InvalidTimestamp);
        let year = i16::try_from(year).map_err(|_| InvalidTimestamp)?;
        civil::Date::new(year, narrow(month)?, narrow(day)?)
            .map(Date)
            .map_err(|_| InvalidTimestamp)
    }

    /// A number of exactly `width` digits, at most `max`.
    pub(super) fn number(&mut self, width: usize, max: i64) -> Result<i64, InvalidTimestamp> {
        let (digits, rest) = self.rest.split_at_checked(width).ok_or(InvalidTimestamp)?;
        let mut number = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return Err(InvalidTimestamp);
            }
            number = number * 10 + i64::from(digit - b'0');
        }
        self.rest = rest;
        if number <= max {
            Ok(number)
        } else {
            Err(InvalidTimestamp)
        }
    }

    pub(super) fn one_of(&mut self, allowed: &[u8]) -> Result<u8, InvalidTimestamp> {
        match self.rest.split_first() {
            Some((first, rest)) if allowed.contains(first) => {
                self.rest = rest;
                Ok(*first)
            }
            _ => Err(InvalidTimestamp),
        }
    }

    /// One digit or more behind the point, of which the first three count.
    pub(super) fn milliseconds(&mut self) -> Result<i64, InvalidTimestamp> {
        let length = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.rest.split_at_checked(length).ok_or(InvalidTimestamp)?;
        if digits.is_empty() {
            return Err(InvalidTimestamp);
        }
        self.rest = rest;
        let first_three = digits.iter().chain(b"00").take(3);
        Ok(first_three.fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    /// The offset from UTC, in minutes.
    pub(super) fn offset(&mut self) -> Result<i64, InvalidTimestamp> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Ok(0),
        };
        let hours = self.number(2, 23)?;
        self.one_of(b":")?;
        Ok(sign * (hours * 60 + self.number(2, 59)?))
    }
}
