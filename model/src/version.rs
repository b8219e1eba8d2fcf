//! Versions, read as leniently as applications write them.

use core::cmp::Ordering;
use core::fmt;

/// A version that owns its text.
///
/// Reading is lenient: an optional lower-case `v`, one to four numeric components (absent ones are 0), then a
/// pre-release behind `-`; everything from `+` on is ignored. Precedence is `SemVer`'s, over four components.
///
/// ```
/// use flagstone_model::Version;
///
/// let version: Version = "v2.10".parse()?;
/// assert!(version > "2.9.9.1".parse()?);
/// assert!(version > "2.10.0-rc.1".parse()?);
/// assert_eq!(version, "2.10.0.0+build7".parse()?);
/// # Ok::<(), flagstone_model::InvalidVersion>(())
/// ```
#[derive(Debug, Clone)]
pub struct Version {
    numbers: [u64; 4],
    pre_release: Box<str>,
}

impl Version {
    /// The version as borrowed parts, for comparisons.
    #[inline]
    pub fn as_ref(&self) -> VersionRef<'_> {
        VersionRef {
            numbers: self.numbers,
            pre_release: &self.pre_release,
        }
    }
}

/// A version whose pre-release borrows the text it was read from: reading one allocates nothing.
#[derive(Debug, Clone, Copy)]
pub struct VersionRef<'a> {
    numbers: [u64; 4],
    /// Empty for a release.
    pre_release: &'a str,
}

impl<'a> VersionRef<'a> {
    /// Reads a version.
    ///
    /// # Errors
    ///
    /// [`InvalidVersion`] where a component is no number of 64 bits, where there are none or more than four, or where
    /// an identifier of the pre-release is empty.
    pub fn parse(text: &'a str) -> Result<Self, InvalidVersion> {
        let bytes = text.strip_prefix('v').unwrap_or(text).as_bytes();
        let mut components = Components::default();
        let mut rest = bytes;
        // One look at each byte: versions that come as text are read for every question about them.
        while let Some((byte, behind)) = rest.split_first() {
            match byte {
                b'0'..=b'9' => components.digit(byte - b'0')?,
                b'.' => components.end()?,
                b'-' | b'+' => break,
                _ => return Err(InvalidVersion),
            }
            rest = behind;
        }
        components.end()?;
        let behind = text.len() - rest.len();
        Ok(Self {
            numbers: components.numbers,
            pre_release: pre_release(text.get(behind..).unwrap_or(""))?,
        })
    }

    /// Its numeric components; those that aren't written are zero.
    pub fn numbers(self) -> [u64; 4] {
        self.numbers
    }

    /// What stands behind the `-`; empty for a release.
    pub fn pre_release(self) -> &'a str {
        self.pre_release
    }

    /// The version with text of its own.
    pub fn to_version(self) -> Version {
        Version {
            numbers: self.numbers,
            pre_release: self.pre_release.into(),
        }
    }
}

/// The numeric components of a version that is being read.
#[derive(Default)]
struct Components {
    numbers: [u64; 4],
    count: usize,
    current: u64,
    has_digit: bool,
}

impl Components {
    fn digit(&mut self, digit: u8) -> Result<(), InvalidVersion> {
        let shifted = self.current.checked_mul(10).ok_or(InvalidVersion)?;
        self.current = shifted.checked_add(digit.into()).ok_or(InvalidVersion)?;
        self.has_digit = true;
        Ok(())
    }

    /// Ends a component, which has a digit at least, and of which there are four at most.
    fn end(&mut self) -> Result<(), InvalidVersion> {
        let place = self.numbers.get_mut(self.count).ok_or(InvalidVersion)?;
        if !self.has_digit {
            return Err(InvalidVersion);
        }
        *place = self.current;
        self.count += 1;
        self.current = 0;
        self.has_digit = false;
        Ok(())
    }
}

/// The pre-release of what is behind the components: nothing, `-pre.release`, `+build`, or both.
fn pre_release(behind: &str) -> Result<&str, InvalidVersion> {
    let text = behind.split('+').next().unwrap_or("");
    let Some(text) = text.strip_prefix('-') else {
        return Ok("");
    };
    if text.split('.').any(str::is_empty) {
        return Err(InvalidVersion);
    }
    Ok(text)
}

impl core::str::FromStr for Version {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        VersionRef::parse(text).map(VersionRef::to_version)
    }
}

impl Ord for VersionRef<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match self.numbers.cmp(&other.numbers) {
            Ordering::Equal if self.pre_release.is_empty() && other.pre_release.is_empty() => {
                Ordering::Equal
            }
            Ordering::Equal => compare_pre_releases(self.pre_release, other.pre_release),
            unequal => unequal,
        }
    }
}

/// The rules of section 11 of `SemVer` 2.0.0. A release is above each of its pre-releases.
fn compare_pre_releases(left: &str, right: &str) -> Ordering {
    match (left.is_empty(), right.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut left, mut right) = (left.split('.'), right.split('.'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match compare_identifiers(a, b) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

fn compare_identifiers(left: &str, right: &str) -> Ordering {
    let is_numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (is_numeric(left), is_numeric(right)) {
        (true, true) => {
            let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
            left.len().cmp(&right.len()).then_with(|| left.cmp(right))
        }
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => left.cmp(right),
    }
}

impl PartialOrd for VersionRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for VersionRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for VersionRef<'_> {}

impl Ord for Version {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ref().cmp(&other.as_ref())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl Eq for Version {}

impl fmt::Display for VersionRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch, fourth] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        if fourth != 0 {
            write!(f, ".{fourth}")?;
        }
        if !self.pre_release.is_empty() {
            write!(f, "-{}", self.pre_release)?;
        }
        Ok(())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

/// A text that is no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidVersion;

impl fmt::Display for InvalidVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a version: expected one to four numbers and perhaps a pre-release, such as \"2.10.0-rc.1\"")
    }
}

impl core::error::Error for InvalidVersion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_ascend_in_this_order() {
        let ascending = [
            "0",
            "1.0.0-0",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-18446744073709551616",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.0.1-a",
            "1.0.0.1",
            "1.2",
            "1.10",
            "2.0.0",
            "5.10.0.1234",
            "18446744073709551615",
        ];
        for (i, left) in ascending.iter().enumerate() {
            for (j, right) in ascending.iter().enumerate() {
                let (a, b) = (
                    VersionRef::parse(left).unwrap(),
                    VersionRef::parse(right).unwrap(),
                );
                assert_eq!(a.cmp(&b), i.cmp(&j), "{left} to {right}");
            }
        }
    }

    #[test]
    fn leniency_ends_where_the_meaning_would() {
        for (text, shown) in [
            ("v1", "1.0.0"),
            ("01.002", "1.2.0"),
            ("1.2.3.4", "1.2.3.4"),
            ("1+x-y", "1.0.0"),
            ("1-rc+7", "1.0.0-rc"),
            ("1--", "1.0.0--"),
            ("1.0.0-01", "1.0.0-01"),
        ] {
            assert_eq!(
                text.parse::<Version>()
                    .map(|version| version.to_string())
                    .as_deref(),
                Ok(shown),
                "{text}"
            );
        }
        for text in [
            "",
            "v",
            "V1",
            "vv1",
            "1.",
            ".1",
            "1..2",
            "1.2.3.4.5",
            "1.x",
            "1-",
            "1-a..b",
            "1-.a",
            "1-a.",
            "+1",
            " 1",
            "1 ",
            "-1",
            "18446744073709551616",
            "1.0.0-+b",
        ] {
            assert_eq!(text.parse::<Version>(), Err(InvalidVersion), "{text}");
        }
    }
}
