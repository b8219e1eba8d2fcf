//! Percentages in millionths of a percent.

use core::fmt;

/// A percentage from 0 % to 100 %, exact to a millionth of a percent.
///
/// ```
/// use flagstone_model::MicroPercent;
///
/// let quarter: MicroPercent = "25%".parse()?;
/// assert_eq!(quarter.millionths(), 25_000_000);
/// assert_eq!("33.333333%".parse::<MicroPercent>()?.to_string(), "33.333333%");
/// assert!("25".parse::<MicroPercent>().is_err(), "the sign is required");
/// # Ok::<(), flagstone_model::InvalidPercent>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroPercent(u32);

impl MicroPercent {
    /// 0 %: nobody.
    pub const ZERO: Self = Self(0);
    /// 100 %: everybody.
    pub const HUNDRED: Self = Self(100_000_000);

    /// A number of millionths of a percent, 0 to 100 000 000; `None` above.
    pub const fn from_millionths(millionths: u32) -> Option<Self> {
        if millionths <= Self::HUNDRED.0 {
            Some(Self(millionths))
        } else {
            None
        }
    }

    /// The percentage in millionths of a percent, 0 to 100 000 000.
    pub const fn millionths(self) -> u32 {
        self.0
    }
}

/// A text that is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidPercent {
    /// The percent sign is missing: `25` instead of `25%`.
    NoSign,
    /// More than six decimals.
    TooFine,
    /// More than 100 %.
    TooLarge,
    /// Not a plain decimal number with a percent sign.
    Malformed,
}

impl fmt::Display for InvalidPercent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSign => "a percentage needs its sign",
            Self::TooFine => "a percentage has at most six decimals",
            Self::TooLarge => "a percentage is at most 100%",
            Self::Malformed => "not a percentage",
        })
    }
}

impl core::error::Error for InvalidPercent {}

impl core::str::FromStr for MicroPercent {
    type Err = InvalidPercent;

    fn from_str(text: &str) -> Result<Self, InvalidPercent> {
        let Some(number) = text.strip_suffix('%') else {
            let is_number = !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.');
            return Err(if is_number {
                InvalidPercent::NoSign
            } else {
                InvalidPercent::Malformed
            });
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(decimals) {
            return Err(InvalidPercent::Malformed);
        }
        if decimals.len() > 6 {
            return Err(InvalidPercent::TooFine);
        }
        let whole: u32 = whole.parse().map_err(|_| InvalidPercent::TooLarge)?;
        // As many digits as six decimals have, with zeros for those that aren't written.
        let digits = decimals.bytes().chain(core::iter::repeat(b'0')).take(6);
        let decimals = digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        whole
            .checked_mul(1_000_000)
            .and_then(|millionths| millionths.checked_add(decimals))
            .and_then(Self::from_millionths)
            .ok_or(InvalidPercent::TooLarge)
    }
}

impl fmt::Display for MicroPercent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 1_000_000, self.0 % 1_000_000);
        if decimals == 0 {
            return write!(f, "{whole}%");
        }
        let decimals = format!("{decimals:06}");
        write!(f, "{whole}.{}%", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_to_the_millionth() {
        for (text, millionths) in [
            ("0%", 0),
            ("0.000001%", 1),
            ("12.5%", 12_500_000),
            ("007%", 7_000_000),
            ("99.999999%", 99_999_999),
            ("100%", 100_000_000),
            ("100.000000%", 100_000_000),
        ] {
            assert_eq!(
                text.parse::<MicroPercent>().map(MicroPercent::millionths),
                Ok(millionths),
                "{text}"
            );
        }
        for (text, error) in [
            ("25", InvalidPercent::NoSign),
            ("2.5", InvalidPercent::NoSign),
            ("0.0000001%", InvalidPercent::TooFine),
            ("100.000001%", InvalidPercent::TooLarge),
            ("99999999999%", InvalidPercent::TooLarge),
            ("-1%", InvalidPercent::Malformed),
            ("+1%", InvalidPercent::Malformed),
            (".5%", InvalidPercent::Malformed),
            ("5.%", InvalidPercent::Malformed),
            ("25 %", InvalidPercent::Malformed),
            ("1e1%", InvalidPercent::Malformed),
            ("%", InvalidPercent::Malformed),
            ("", InvalidPercent::Malformed),
        ] {
            assert_eq!(text.parse::<MicroPercent>(), Err(error), "{text}");
        }
    }
}
