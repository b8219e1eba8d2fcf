//! How long a server asks to be left alone: the header `Retry-After`.

use core::time::Duration;

/// What `Retry-After` asks for: RFC 9110, section 10.2.3. `None` where it can't be read.
///
/// A date is compared with the server's own `date`, so that a clock that is wrong on either side doesn't matter, and
/// with `now`, in seconds since 1970, only where the server gave none.
pub(super) fn asked_for(value: &str, date: Option<&str>, now: i64) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are as good as for ever.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = seconds_since_1970(value)?;
    let now = date.and_then(seconds_since_1970).unwrap_or(now);
    let left = until.saturating_sub(now);
    Some(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
}

/// A date in one of the three forms of RFC 9110, section 5.6.7.
fn seconds_since_1970(text: &str) -> Option<i64> {
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = words.as_slice()
    else {
        return None;
    };
    let month = 1 + MONTHS.iter().position(|name| name == month)?;
    let days = days_since_1970(
        full_year(year)?,
        i64::try_from(month).ok()?,
        number(day, 31)?,
    );
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
    let second = number(parts.next()?, 60)?;
    if parts.next().is_some() {
        return None;
    }
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn number(digits: &str, most: i64) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| digits.parse().ok())??;
    (number <= most).then_some(number)
}

/// Two digits are of the century in which this form was in use or the next one.
fn full_year(digits: &str) -> Option<i64> {
    let year = number(digits, 9999)?;
    Some(match (digits.len(), year) {
        (2, 0..70) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    })
}

/// Days from 1 January 1970 in the Gregorian calendar; Howard Hinnant's `days_from_civil`, which counts years from March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_three_forms() {
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Tue, 29 Feb 2028 12:00:00 GMT", Some(1_835_438_400)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799)),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1994 25:49:37 GMT", None),
            ("Sun, 06 Nix 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", None),
            ("1994-11-06T08:49:37Z", None),
            ("", None),
        ] {
            assert_eq!(seconds_since_1970(text), seconds, "{text}");
        }
    }

    #[test]
    fn a_wait_is_seconds_or_the_time_up_to_a_date() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (value, server, now, seconds) in [
            ("0", None, 0, Some(0)),
            (" 120 ", None, 0, Some(120)),
            ("31536000", None, 0, Some(31_536_000)),
            ("99999999999999999999999", None, 0, Some(u64::MAX)),
            (date, None, 784_111_767, Some(10)),
            // The server's clock counts, not ours.
            (date, Some("Sun, 06 Nov 1994 08:49:07 GMT"), 0, Some(30)),
            (date, Some("nonsense"), 784_111_776, Some(1)),
            (date, None, 900_000_000, Some(0)),
            ("-1", None, 0, None),
            ("1.5", None, 0, None),
            ("soon", None, 0, None),
            ("", None, 0, None),
        ] {
            let asked = asked_for(value, server, now).map(|asked| asked.as_secs());
            assert_eq!(asked, seconds, "{value}");
        }
    }
}
