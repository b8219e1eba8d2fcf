//! Texts, and lists of texts.

use crate::definition::{Test, TextTest, Texts, TextsTest};

/// Whether no text fulfils all the tests that must hold, and none of those that mustn't.
pub(super) fn no_text_fits(tests: &[(&Test, bool)]) -> bool {
    let tests: Vec<(&TextTest, bool)> = tests
        .iter()
        .filter_map(|(test, sign)| match test {
            Test::Text(test) => Some((test, *sign)),
            _ => None,
        })
        .collect();
    let wanted: Vec<Atom<'_>> = tests.iter().filter_map(|test| atom(*test, true)).collect();
    let unwanted: Vec<Atom<'_>> = tests.iter().filter_map(|test| atom(*test, false)).collect();
    let lists = wanted.iter().filter_map(|atom| match atom {
        Atom::In(list) => Some(*list),
        _ => None,
    });
    match lists.min_by_key(|list| list.len()) {
        // Only the texts of a list can fit, so each is tried.
        Some(list) => !list.iter().any(|text| {
            wanted.iter().all(|atom| atom.holds(text))
                && !unwanted.iter().any(|atom| atom.holds(text))
        }),
        None => wanted
            .iter()
            .any(|wanted| unwanted.iter().any(|unwanted| wanted.implies(unwanted))),
    }
}

/// Whether no list of texts does.
pub(super) fn no_texts_fit(tests: &[(&Test, bool)]) -> bool {
    let atoms = |of: bool| {
        tests.iter().filter_map(move |(test, sign)| match test {
            Test::Texts(TextsTest::Contains(list)) if *sign == of => Some(list),
            Test::Texts(TextsTest::NotContains(list)) if *sign != of => Some(list),
            _ => None,
        })
    };
    let forbidden: Vec<&str> = atoms(false).flatten().collect();
    atoms(true).any(|list| list.iter().all(|text| forbidden.contains(&text)))
}

/// A test without its negation.
enum Atom<'d> {
    In(&'d Texts),
    Contains(&'d Texts),
    StartsWith(&'d Texts),
    EndsWith(&'d Texts),
    Matches(&'d [crate::Pattern]),
}

/// The atom of a test, where it must hold or where it mustn't, of a text that is there.
fn atom((test, sign): (&TextTest, bool), wanted: bool) -> Option<Atom<'_>> {
    let (atom, is_negated) = match test {
        TextTest::In(list) => (Atom::In(list), false),
        TextTest::NotIn(list) => (Atom::In(list), true),
        TextTest::Contains(list) => (Atom::Contains(list), false),
        TextTest::NotContains(list) => (Atom::Contains(list), true),
        TextTest::StartsWith(list) => (Atom::StartsWith(list), false),
        TextTest::EndsWith(list) => (Atom::EndsWith(list), false),
        TextTest::Matches(list) => (Atom::Matches(list), false),
    };
    ((sign != is_negated) == wanted).then_some(atom)
}

impl Atom<'_> {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::In(list) => list.iter().any(|one| one == text),
            Self::Contains(list) => list.iter().any(|part| text.contains(part)),
            Self::StartsWith(list) => list.iter().any(|start| text.starts_with(start)),
            Self::EndsWith(list) => list.iter().any(|end| text.ends_with(end)),
            Self::Matches(list) => list.iter().any(|pattern| pattern.is_match(text)),
        }
    }

    /// Whether each text that fulfils this one fulfils the other.
    fn implies(&self, other: &Self) -> bool {
        let each = |list: &Texts, other: &Texts, is_covered: fn(&str, &str) -> bool| {
            list.iter()
                .all(|one| other.iter().any(|other| is_covered(one, other)))
        };
        match (self, other) {
            (Self::In(list), other) => list.iter().all(|text| other.holds(text)),
            (
                Self::Contains(list) | Self::StartsWith(list) | Self::EndsWith(list),
                Self::Contains(other),
            ) => each(list, other, |one, other| one.contains(other)),
            (Self::StartsWith(list), Self::StartsWith(other)) => {
                each(list, other, |one, other| one.starts_with(other))
            }
            (Self::EndsWith(list), Self::EndsWith(other)) => {
                each(list, other, |one, other| one.ends_with(other))
            }
            (Self::Matches(list), Self::Matches(other)) => list
                .iter()
                .all(|one| other.iter().any(|other| one.as_str() == other.as_str())),
            _ => false,
        }
    }
}
