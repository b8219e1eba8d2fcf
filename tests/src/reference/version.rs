//! Versions: one to four numbers and perhaps a pre-release.

use core::cmp::Ordering;

/// A version, ordered by the precedence of Semantic Versioning 2.0.0, section 11, over four numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    numbers: [u64; 4],
    stage: Stage,
}

/// A release comes after each of its pre-releases.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    PreRelease(Vec<Identifier>),
    Release,
}

/// Numbers come before words. Between lists that agree so far, the shorter comes first, as the order of `Vec` has it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(Digits),
    Word(String),
}

/// A number of any size, without leading zeros.
#[derive(Debug, PartialEq, Eq)]
struct Digits(String);

impl Version {
    /// Reads a version; none where the text is no version.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.split('+').next()?;
        let text = text.strip_prefix('v').unwrap_or(text);
        let (numbers_text, stage) = match text.split_once('-') {
            Some((numbers, identifiers)) => (numbers, Stage::PreRelease(read_all(identifiers)?)),
            None => (text, Stage::Release),
        };
        let mut components = Vec::new();
        for component in numbers_text.split('.') {
            components.push(read_number(component)?);
        }
        if components.len() > 4 {
            return None;
        }
        components.resize(4, 0);
        Some(Self {
            numbers: components.try_into().ok()?,
            stage,
        })
    }
}

fn read_number(text: &str) -> Option<u64> {
    // The standard library would take a sign.
    if !is_digits(text) {
        return None;
    }
    text.parse().ok()
}

fn read_all(identifiers: &str) -> Option<Vec<Identifier>> {
    identifiers.split('.').map(read_identifier).collect()
}

fn read_identifier(text: &str) -> Option<Identifier> {
    if text.is_empty() {
        return None;
    }
    Some(if is_digits(text) {
        Identifier::Number(Digits(text.trim_start_matches('0').to_owned()))
    } else {
        Identifier::Word(text.to_owned())
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Ord for Digits {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Digits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare() {
        for (left, order, right) in [
            ("1", Ordering::Equal, "v1.0.0.0+build"),
            ("01.002", Ordering::Equal, "1.2"),
            ("1.0.0-01", Ordering::Equal, "1-1"),
            ("1.9", Ordering::Less, "1.10"),
            ("1.0.0-alpha", Ordering::Less, "1.0.0-alpha.1"),
            ("1.0.0-alpha.1", Ordering::Less, "1.0.0-alpha.beta"),
            ("1.0.0-2", Ordering::Less, "1.0.0-18446744073709551616"),
            ("1.0.0-rc.1", Ordering::Less, "1.0.0"),
            ("1.0.0.1-a", Ordering::Greater, "1.0.0"),
            ("1.0.0--", Ordering::Less, "1.0.0-a"),
        ] {
            let (a, b) = (Version::read(left).unwrap(), Version::read(right).unwrap());
            assert_eq!(a.cmp(&b), order, "{left} to {right}");
        }
    }

    #[test]
    fn other_texts_are_no_versions() {
        for text in [
            "",
            "v",
            "V1",
            "1.",
            "1..2",
            "1.2.3.4.5",
            "1.x",
            "1-",
            "1-a..b",
            "1-+b",
            "+1",
            "-1",
            " 1",
            "18446744073709551616",
        ] {
            assert_eq!(Version::read(text), None, "{text}");
        }
    }
}
