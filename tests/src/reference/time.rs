//! Times as RFC 3339 writes them, read to the millisecond.

/// The milliseconds since 1970-01-01T00:00:00Z of a time with an offset; none where the text is no such time.
///
/// ```
/// assert_eq!(flagstone_tests::milliseconds("1970-01-01T01:00:00.0019+01:00"), Some(1));
/// assert_eq!(flagstone_tests::milliseconds("1970-01-01"), None);
/// ```
pub fn milliseconds(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let (clock, rest) = rest.strip_prefix(['T', 't'])?.split_at_checked(8)?;
    let (fraction, offset) = split_fraction(rest)?;
    let [hour, minute, second] = fields(clock, ':')?;
    let hour = digits(hour, 2, 23)?;
    let minute = digits(minute, 2, 59)?;
    let second = digits(second, 2, 59)?;
    let minutes = hour * 60 + minute - offset_minutes(offset)?;
    Some(midnight(date)? + minutes * 60_000 + second * 1000 + fraction)
}

/// The same of a time or a day; a day stands for its midnight in UTC.
pub(super) fn milliseconds_of_time_or_date(text: &str) -> Option<i64> {
    milliseconds(text).or_else(|| midnight(text))
}

fn midnight(date: &str) -> Option<i64> {
    let [year, month, day] = fields(date, '-')?;
    let year = digits(year, 4, 9999)?;
    let month = digits(month, 2, 12)?;
    let day = digits(day, 2, 31)?;
    if month == 0 || day == 0 || day > days_of_month(year, month) {
        return None;
    }
    Some(days_since_1970(year, month, day) * 86_400_000)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts days from 1 March of the year 0, since a year that starts in March has its odd day last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days_before_month = (153 * month + 2) / 5;
    let from_march_0_to_1970 = 719_468;
    year * 365 + leap_days + days_before_month + day - 1 - from_march_0_to_1970
}

/// The milliseconds of `.123456`, finer digits cut, and what stands behind.
fn split_fraction(text: &str) -> Option<(i64, &str)> {
    let Some(text) = text.strip_prefix('.') else {
        return Some((0, text));
    };
    let end = text.find(|character: char| !character.is_ascii_digit())?;
    let (fraction, rest) = text.split_at_checked(end)?;
    if fraction.is_empty() {
        return None;
    }
    let padded = format!("{fraction}00");
    Some((digits(padded.get(..3)?, 3, 999)?, rest))
}

fn offset_minutes(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+')?),
    };
    let [hours, minutes] = fields(text, ':')?;
    Some(sign * (digits(hours, 2, 23)? * 60 + digits(minutes, 2, 59)?))
}

fn fields<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    let fields: Vec<&str> = text.split(separator).collect();
    fields.try_into().ok()
}

fn digits(text: &str, width: usize, max: i64) -> Option<i64> {
    let fits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| fits && *number <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_strictly() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("1970-01-01t00:00:00.5z", Some(500)),
            ("1969-12-31T23:59:59.9999Z", Some(-1)),
            ("1970-01-01T00:00:00-00:00", Some(0)),
            ("1970-01-01T00:00:00+23:59", Some(-86_340_000)),
            ("2000-02-29T00:00:00Z", Some(951_782_400_000)),
            ("2027-03-19T13:46:41+05:30", Some(1_805_444_201_000)),
            ("0000-03-01T00:00:00Z", Some(-62_162_035_200_000)),
            ("9999-12-31T23:59:59.999Z", Some(253_402_300_799_999)),
            ("1900-02-29T00:00:00Z", None),
            ("1970-01-01 00:00:00Z", None),
            ("1970-01-01T00:00:60Z", None),
            ("1970-01-01T24:00:00Z", None),
            ("1970-01-01T00:00:00", None),
            ("1970-01-01T00:00Z", None),
            ("1970-01-01T00:00:00.Z", None),
            ("1970-01-01T00:00:00,5Z", None),
            ("1970-01-01T00:00:00+0530", None),
            ("1970-01-01T00:00:00+24:00", None),
            ("1970-01-01T00:00:00Z ", None),
            ("1970-00-01T00:00:00Z", None),
            ("+970-01-01T00:00:00Z", None),
            ("1970-01-01", None),
        ] {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
    }

    #[test]
    fn days_stand_for_their_midnight() {
        for (text, expected) in [
            ("1970-01-02", Some(86_400_000)),
            ("1970-01-01T00:00:01Z", Some(1000)),
            ("0000-02-29", Some(-62_162_121_600_000)),
            ("2025-02-29", None),
            ("1970-1-2", None),
            ("19700102", None),
            ("", None),
        ] {
            assert_eq!(milliseconds_of_time_or_date(text), expected, "{text}");
        }
    }
}
