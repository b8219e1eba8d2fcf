//! The name that somebody who wrote another one probably meant.

/// How well a name fits what was written; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// So many letters changed, dropped, added or swapped.
    Typo(usize),
    /// One is the beginning of the other; so many letters are left.
    Beginning(usize),
    /// One contains the other; so many letters are left.
    Part(usize),
}

/// What is shorter than this is part of too many names to mean one of them.
const SHORTEST_PART: usize = 3;

/// The name nearest to what was written, or none that is near; of equally near ones the first.
///
/// Case doesn't count, and `-`, `_` and `.` count as one. A third of the letters may be wrong; beyond that a name still
/// fits of which the other is the beginning or a part.
pub(crate) fn nearest<'n>(
    written: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let written = normal(written);
    names
        .into_iter()
        .filter_map(|name| Some((fit(&written, &normal(name))?, name)))
        .min_by_key(|(fit, _)| *fit)
        .map(|(_, name)| name)
}

/// The end of a message about an unknown name: the nearest one, if there is one.
pub(crate) fn hint<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(written, names).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

fn fit(written: &str, name: &str) -> Option<Fit> {
    let distance = strsim::damerau_levenshtein(written, name);
    let (short, long) = if written.len() < name.len() {
        (written, name)
    } else {
        (name, written)
    };
    if distance <= long.chars().count() / 3 {
        return Some(Fit::Typo(distance));
    }
    let left = long.len().saturating_sub(short.len());
    if short.len() < SHORTEST_PART {
        None
    } else if long.starts_with(short) {
        Some(Fit::Beginning(left))
    } else if long.contains(short) {
        Some(Fit::Part(left))
    } else {
        None
    }
}

fn normal(name: &str) -> String {
    name.chars()
        .map(|character| match character {
            '-' | '.' | ' ' | '/' => '_',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = [
            "new_dashboard",
            "ui.dark-mode",
            "2fa",
            "button_color",
            "search_limits",
        ];
        for (written, expected) in [
            ("new_dashbord", Some("new_dashboard")),
            ("new_dahsboard", Some("new_dashboard")),
            ("NEW-DASHBOARD", Some("new_dashboard")),
            ("new_dash", Some("new_dashboard")),
            ("new_dashboard_for_everyone", Some("new_dashboard")),
            ("ui_dark_mode", Some("ui.dark-mode")),
            ("color", Some("button_color")),
            ("limits", Some("search_limits")),
            ("2f", Some("2fa")),
            ("zzz", None),
            ("", None),
            ("e", None),
        ] {
            assert_eq!(nearest(written, names), expected, "{written}");
        }
    }

    #[test]
    fn of_equally_near_names_the_first_is_taken() {
        assert_eq!(nearest("tab", ["tap", "tub"]), Some("tap"));
    }
}
