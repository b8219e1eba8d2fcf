//! Moments, in milliseconds, and days.

mod digits;

use core::fmt;

use jiff_core::civil;

use digits::Digits;

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Reading is strict RFC 3339: `T` and `Z` in either case, no space, no second 60; digits finer than a
/// millisecond are cut towards the past.
///
/// ```
/// use flagstone_model::Timestamp;
///
/// let moment: Timestamp = "2026-12-31T18:00:00.1239+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-12-31T17:00:00.123Z");
/// assert!("2026-12-31".parse::<Timestamp>().is_err(), "a day is no moment");
/// # Ok::<(), flagstone_model::InvalidTimestamp>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const MILLISECONDS_A_MINUTE: i64 = 60_000;
const MILLISECONDS_A_DAY: i64 = 86_400_000;

impl Timestamp {
    /// A number of milliseconds since 1970-01-01T00:00:00Z; negative before.
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// Reads a moment, or a day, which stands for its midnight in UTC. This is how attributes are read.
    ///
    /// # Errors
    ///
    /// [`InvalidTimestamp`] where the text is neither.
    pub fn from_time_or_date(text: &str) -> Result<Self, InvalidTimestamp> {
        if text.len() == 10 {
            return text
                .parse::<Date>()
                .map(Date::midnight)
                .map_err(|InvalidDate| InvalidTimestamp);
        }
        text.parse()
    }
}

impl core::str::FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let mut digits = Digits {
            rest: text.as_bytes(),
        };
        let day = digits.date()?;
        digits.one_of(b"Tt")?;
        let hour = digits.number(2, 23)?;
        digits.one_of(b":")?;
        let minute = digits.number(2, 59)?;
        digits.one_of(b":")?;
        let second = digits.number(2, 59)?;
        let millisecond = if digits.one_of(b".").is_ok() {
            digits.milliseconds()?
        } else {
            0
        };
        let offset_minutes = digits.offset()?;
        if !digits.rest.is_empty() {
            return Err(InvalidTimestamp);
        }
        let minutes = hour * 60 + minute - offset_minutes;
        Ok(Self(
            day.midnight().0 + minutes * MILLISECONDS_A_MINUTE + second * 1000 + millisecond,
        ))
    }
}

impl From<std::time::SystemTime> for Timestamp {
    /// Cuts finer digits towards the past; a time beyond 64 bits of milliseconds becomes the last one within.
    fn from(time: std::time::SystemTime) -> Self {
        match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(since) => Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            Err(before) => {
                let nanoseconds = before.duration().as_nanos();
                Self(
                    i64::try_from(nanoseconds.div_ceil(1_000_000))
                        .map_or(i64::MIN, |milliseconds| -milliseconds),
                )
            }
        }
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, with milliseconds only where there are some; the number itself where the year has more than four digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(MILLISECONDS_A_DAY);
        let of_day = self.0.rem_euclid(MILLISECONDS_A_DAY);
        let Some(date) = Date::from_days(days) else {
            return write!(f, "{} ms since 1970", self.0);
        };
        let (seconds, milliseconds) = (of_day / 1000, of_day % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}")?;
        if milliseconds != 0 {
            write!(f, ".{milliseconds:03}")?;
        }
        f.write_str("Z")
    }
}

/// A day of the Gregorian calendar, years 0000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day's first moment in UTC.
    pub fn midnight(self) -> Timestamp {
        Timestamp(i64::from(self.0.to_unix_epoch_day().day()) * MILLISECONDS_A_DAY)
    }

    fn from_days(days: i64) -> Option<Self> {
        let day = civil::UnixEpochDay::new(i32::try_from(days).ok()?).ok()?;
        let date = day.to_date();
        (date.year() >= 0).then_some(Self(date))
    }
}

impl core::str::FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut digits = Digits {
            rest: text.as_bytes(),
        };
        let date = digits.date().map_err(|InvalidTimestamp| InvalidDate)?;
        if digits.rest.is_empty() {
            Ok(date)
        } else {
            Err(InvalidDate)
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

/// A text that is no RFC 3339 moment with an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time in RFC 3339 with an offset, such as \"2026-12-31T18:00:00Z\"")
    }
}

impl core::error::Error for InvalidTimestamp {}

/// A text that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date, such as 2026-12-31")
    }
}

impl core::error::Error for InvalidDate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_to_the_millisecond() {
        for (text, milliseconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:00z", 0),
            ("1969-12-31T23:59:59.9999Z", -1),
            ("1970-01-01T00:00:00.0009Z", 0),
            ("1970-01-01T00:00:00.5Z", 500),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1970-01-01T00:00:00-00:30", 1_800_000),
            ("2024-02-29T12:00:00Z", 1_709_208_000_000),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59-23:59", 253_402_387_139_000),
        ] {
            assert_eq!(text.parse(), Ok(Timestamp(milliseconds)), "{text}");
        }
        for text in [
            "",
            "2026-01-01",
            "2026-01-01T00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00.Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "26-01-01T00:00:00Z",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+01",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00Z ",
            "+2026-01-01T00:00:00Z",
            "2026-1-01T00:00:00Z",
            "２026-01-01T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(InvalidTimestamp), "{text}");
        }
    }

    #[test]
    fn a_day_stands_for_its_midnight() {
        assert_eq!(
            Timestamp::from_time_or_date("1970-01-02"),
            Ok(Timestamp(MILLISECONDS_A_DAY))
        );
        assert_eq!(
            Timestamp::from_time_or_date("2026-02-30"),
            Err(InvalidTimestamp)
        );
    }

    #[test]
    fn moments_are_shown_as_they_are_read() {
        for text in [
            "1969-12-31T23:59:59.001Z",
            "2026-11-21T03:16:38Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        assert_eq!(
            Timestamp(i64::MAX).to_string(),
            "9223372036854775807 ms since 1970"
        );
    }

    #[test]
    fn the_system_time_is_cut_towards_the_past() {
        let before = std::time::UNIX_EPOCH - std::time::Duration::from_micros(1);
        assert_eq!(Timestamp::from(before), Timestamp(-1));
    }
}
