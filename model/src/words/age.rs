//! How long ago something was, or how far off it is.

use crate::Timestamp;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How far a moment is from another, in the largest whole unit: "3 days ago", "in 2 hours", "now" within a minute.
///
/// ```
/// use flagstone_model::{Timestamp, age};
///
/// let now: Timestamp = "2026-06-10T12:00:00Z".parse()?;
/// assert_eq!(age("2026-06-07T11:00:00Z".parse()?, now), "3 days ago");
/// assert_eq!(age("2026-06-10T13:00:00Z".parse()?, now), "in 1 hour");
/// # Ok::<(), flagstone_model::InvalidTimestamp>(())
/// ```
pub fn age(moment: Timestamp, now: Timestamp) -> String {
    let distance = now.milliseconds().saturating_sub(moment.milliseconds());
    let (count, unit) = match distance.saturating_abs() {
        length @ DAY.. => (length / DAY, "day"),
        length @ HOUR.. => (length / HOUR, "hour"),
        length @ MINUTE.. => (length / MINUTE, "minute"),
        _ => return "now".to_owned(),
    };
    let plural = if count == 1 { "" } else { "s" };
    if distance < 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_whole_unit_is_named() {
        for (distance, words) in [
            (0, "now"),
            (59_999, "now"),
            (-59_999, "now"),
            (MINUTE, "1 minute ago"),
            (-2 * MINUTE, "in 2 minutes"),
            (HOUR - 1, "59 minutes ago"),
            (-HOUR, "in 1 hour"),
            (DAY - 1, "23 hours ago"),
            (400 * DAY, "400 days ago"),
        ] {
            let now = Timestamp::from_milliseconds(0);
            assert_eq!(
                age(Timestamp::from_milliseconds(-distance), now),
                words,
                "{distance}"
            );
        }
        let (first, last) = (
            Timestamp::from_milliseconds(i64::MIN),
            Timestamp::from_milliseconds(i64::MAX),
        );
        assert_eq!(age(first, last), "106751991167 days ago");
    }
}
