//! The known name that someone who mistyped a name may have meant.

/// The nearest of the known names, where one is near enough: by edit distance over names without their case and
/// separators, at most a third of the name's length, or as the beginning of one or of the other. Names of one or two
/// letters are near to nothing but themselves. Looking stops when the effort, in pairs of characters, is used up.
pub(crate) fn nearest<'n>(
    given: &str,
    known: impl Iterator<Item = &'n str>,
    effort_left: &mut usize,
) -> Option<&'n str> {
    let given = normalised(given);
    let length = given.chars().count();
    let limit = if length < 3 { 0 } else { length / 3 };
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let candidate = normalised(name);
        let effort = 10 + candidate.len() + distance_effort(&given, &candidate, limit);
        let Some(left) = effort_left.checked_sub(effort) else {
            *effort_left = 0;
            break;
        };
        *effort_left = left;
        let found = distance(&given, &candidate, limit).map(|distance| (distance, name));
        best = match (best, found) {
            (Some(best), Some(found)) => Some(best.min(found)),
            (best, found) => best.or(found),
        };
    }
    best.map(|(_, name)| name)
}

fn distance_effort(given: &str, candidate: &str, limit: usize) -> usize {
    if candidate.len().abs_diff(given.len()) <= limit {
        given.len() * candidate.len()
    } else {
        0
    }
}

fn distance(given: &str, candidate: &str, limit: usize) -> Option<usize> {
    if given == candidate {
        return Some(0);
    }
    if limit > 0 && candidate.len().abs_diff(given.len()) <= limit {
        let distance = strsim::osa_distance(given, candidate);
        if distance <= limit {
            return Some(distance);
        }
    }
    // A name cut short, or one with something added, ranks behind every typo.
    let is_part = given.len() >= 4 && candidate.starts_with(given)
        || candidate.len() >= 4 && given.starts_with(candidate);
    is_part.then(|| limit + candidate.len().abs_diff(given.len()))
}

fn normalised(name: &str) -> String {
    // No name of the language is longer; text that is stays cheap to compare.
    let name = name.chars().take(crate::limits::NAME_CHARACTERS);
    name.map(|c| {
        if matches!(c, '-' | '.' | ' ') {
            '_'
        } else {
            c.to_ascii_lowercase()
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_the_name_that_was_meant() {
        let known = [
            "new_dashboard",
            "ui.dark-mode",
            "type",
            "2fa",
            "split",
            "serve",
            "g",
        ];
        for (given, found) in [
            ("new_dashbord", Some("new_dashboard")),
            ("new-dashboard", Some("new_dashboard")),
            ("NEW_DASHBOARD", Some("new_dashboard")),
            ("new_dash", Some("new_dashboard")),
            ("ui.dark_mode", Some("ui.dark-mode")),
            ("tpye", Some("type")),
            ("spilt", Some("split")),
            ("zzz", None),
            ("f", None),
            ("G", Some("g")),
            ("2f", None),
            ("", None),
        ] {
            let mut effort = 1_000_000;
            let nearest = nearest(given, known.into_iter(), &mut effort);
            assert_eq!(nearest, found, "{given}");
        }
    }

    #[test]
    fn looking_stops_when_the_effort_is_used_up() {
        let known = ["new_dashboard", "new_checkout"];
        let mut effort = 250;
        assert_eq!(
            nearest("new_checkuot", known.into_iter(), &mut effort),
            None
        );
        assert_eq!(effort, 0);
    }
}
