//! The known name that someone who mistyped a name may have meant.

use std::fmt;

/// The nearest of the known names, where at most a third of the characters differ.
pub(crate) fn nearest<'n>(given: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (given.chars().count() / 3).max(1);
    known
        .filter(|name| name.len().abs_diff(given.len()) <= limit)
        .map(|name| (strsim::osa_distance(given, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The end of a sentence that offers a name, if there is one to offer.
pub(crate) struct DidYouMean<'n>(pub(crate) Option<&'n str>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_the_name_that_was_meant() {
        let known = ["production", "staging", "new_dashboard"];
        for (given, found) in [
            ("prodcution", Some("production")),
            ("stagin", Some("staging")),
            ("new-dashboard", Some("new_dashboard")),
            ("test", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, known.into_iter()), found, "{given}");
        }
    }
}
