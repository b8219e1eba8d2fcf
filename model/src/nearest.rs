//! The known name that someone who mistyped a name may have meant.

/// The nearest of the known names, where one is near enough: by edit distance over names without their case and
/// separators, at most a third of the name's length, or as the beginning of one or of the other.
pub(crate) fn nearest<'n>(given: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let given = normalised(given);
    let limit = (given.chars().count() / 3).max(1);
    known
        .filter_map(|name| {
            let candidate = normalised(name);
            distance(&given, &candidate, limit).map(|distance| (distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

fn distance(given: &str, candidate: &str, limit: usize) -> Option<usize> {
    if candidate.len().abs_diff(given.len()) <= limit {
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
            ("", None),
        ] {
            assert_eq!(nearest(given, known.into_iter()), found, "{given}");
        }
    }
}
