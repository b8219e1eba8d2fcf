//! Times near the time of the questions, in all the ways in which they can be written.

use super::Random;

const DAY: i64 = 86_400_000;

/// How far a time is from the time of the questions, in milliseconds; what is near is likelier.
const DISTANCES: [i64; 16] = [
    -400 * DAY,
    -30 * DAY,
    -DAY,
    -3_600_000,
    -1000,
    -1,
    0,
    0,
    0,
    1,
    1000,
    3_600_000,
    DAY,
    30 * DAY,
    400 * DAY,
    4000 * DAY,
];

/// A time in milliseconds that is often just before, at, or just after `now`.
pub(super) fn near(random: &mut Random, now: i64) -> i64 {
    now + random.pick(&DISTANCES)
}

/// A time between 1950 and 2100, of full seconds as often as not.
pub(super) fn any(random: &mut Random) -> i64 {
    let day = i64::try_from(random.below(54_787)).unwrap_or(0) - 7305;
    let second = i64::try_from(random.below(86_400)).unwrap_or(0);
    let millisecond = if random.chance(50) {
        0
    } else {
        i64::try_from(random.below(1000)).unwrap_or(0)
    };
    day * DAY + second * 1000 + millisecond
}

/// The time in RFC 3339, with one of many offsets and as many digits as it needs, or more.
pub(super) fn written(random: &mut Random, milliseconds: i64) -> String {
    let (offset, minutes) = random.pick(&[
        ("Z", 0),
        ("Z", 0),
        ("Z", 0),
        ("z", 0),
        ("+00:00", 0),
        ("-00:00", 0),
        ("+05:30", 330),
        ("-05:00", -300),
        ("+23:59", 1439),
        ("-23:59", -1439),
    ]);
    let local = milliseconds + minutes * 60_000;
    let of_day = local.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60);
    let t = if random.chance(80) { 'T' } else { 't' };
    let fraction = fraction(random, of_day % 1000);
    let date = date(local);
    format!("{date}{t}{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

/// The day of a time, in UTC, as `2026-12-31`.
pub(super) fn date(milliseconds: i64) -> String {
    // Howard Hinnant's `civil_from_days`: years start in March, so that the leap day is a year's last.
    let days = milliseconds.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Digits behind the second; those beyond the millisecond are to be cut.
fn fraction(random: &mut Random, milliseconds: i64) -> String {
    if milliseconds == 0 && random.chance(60) {
        return String::new();
    }
    let finer = random.pick(&["", "", "0", "4", "999", "999999999999"]);
    match milliseconds % 100 {
        0 if finer.is_empty() => format!(".{}", milliseconds / 100),
        _ => format!(".{milliseconds:03}{finer}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for seed in 0..2000 {
            let mut random = Random::new(seed);
            let time = any(&mut random);
            let time = near(&mut random, time);
            let text = written(&mut random, time);
            assert_eq!(crate::milliseconds(&text), Some(time), "{text}");
        }
    }
}
