//! What of a flag has passed by a time.

use flagstone_model::{Flag, Timestamp, age};

/// What has passed: the day by which the flag was to be gone, the ends of overrides.
pub(super) fn of(flag: &Flag, at: Timestamp) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(date) = flag.about().remove_by {
        let day = 24 * 60 * 60 * 1000;
        let over = date.midnight().milliseconds().saturating_add(day);
        if at.milliseconds() >= over {
            let age = age(Timestamp::from_milliseconds(over), at);
            notes.push(format!("remove_by {date} has passed: {age}"));
        }
    }
    let overrides = flag
        .decidings()
        .flat_map(|deciding| deciding.rare().overrides.iter().flatten());
    let ended = overrides
        .filter(|entry| entry.until.is_some_and(|until| until <= at))
        .count();
    match ended {
        0 => {}
        1 => notes.push("1 override has ended".to_owned()),
        count => notes.push(format!("{count} overrides have ended")),
    }
    if let Some(note) = &flag.about().deprecated {
        notes.push(format!("deprecated: {note}"));
    }
    notes
}
