//! What an [`Http`](super::Http) is told, and what can be wrong with it.

use core::fmt;
use core::time::Duration;

use super::address::{Address, InvalidUrl};

/// What is wrong with the settings of an [`Http`](crate::Http). No request is sent with such settings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpError {
    /// What was given to [`Http::new`](crate::Http::new) is no URL of a document.
    Url(InvalidUrl),
    /// An environment variable isn't set, or is empty.
    MissingVariable {
        /// The variable.
        variable: String,
    },
    /// An environment variable holds something that no header can carry.
    NotAHeader {
        /// The variable.
        variable: String,
    },
    /// That is no header's name, or the name of one that the source writes itself.
    HeaderName {
        /// The name.
        name: String,
    },
    /// The certificates couldn't be read.
    Roots {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(invalid) => write!(f, "the URL of the flags is wrong: {invalid}"),
            Self::MissingVariable { variable } => write!(
                f,
                "the environment variable {variable} isn't set, or is empty; it is to hold what the server knows this program by"
            ),
            Self::NotAHeader { variable } => write!(
                f,
                "the environment variable {variable} holds what no header can carry; take out spaces at its ends, line breaks and letters outside ASCII"
            ),
            Self::HeaderName { name } => write!(
                f,
                "`{name}` is no header that can be added; it has a character that no name has, or flagstone writes it itself"
            ),
            Self::Roots { reason } => write!(
                f,
                "the root certificates can't be read: {reason}; give one or more as PEM, each from `-----BEGIN CERTIFICATE-----` to its end"
            ),
        }
    }
}

impl core::error::Error for HttpError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Url(invalid) => Some(invalid),
            _ => None,
        }
    }
}

/// Headers that identify the program. Their values are secrets: they have no `Debug`.
#[derive(Clone, Default)]
pub(super) struct Credentials(Vec<(String, String)>);

/// Headers that a source writes itself.
const OWN: [&str; 10] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "if-modified-since",
    "if-none-match",
    "last-event-id",
    "transfer-encoding",
    "user-agent",
];

impl Credentials {
    /// Adds a header with what a variable holds, after a prefix; the latest of a name counts.
    pub(super) fn add(
        &mut self,
        name: &str,
        prefix: &str,
        variable: &str,
        value: Option<String>,
    ) -> Result<(), HttpError> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_own = OWN.iter().any(|own| own.eq_ignore_ascii_case(name));
        if name.is_empty() || !name.bytes().all(is_name) || is_own {
            let name = name.escape_debug().take(100).collect();
            return Err(HttpError::HeaderName { name });
        }
        let variable = variable.to_owned();
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Err(HttpError::MissingVariable { variable });
        };
        let is_visible = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        if value.trim() != value || !value.bytes().all(is_visible) {
            return Err(HttpError::NotAHeader { variable });
        }
        self.0
            .retain(|(given, _)| !given.eq_ignore_ascii_case(name));
        self.0.push((name.to_owned(), format!("{prefix}{value}")));
        Ok(())
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().cloned()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// What a connection needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeouts {
    /// For each of resolving the name, and connecting with encryption.
    pub(super) connect: Duration,
    /// For a peer that says nothing, and for the head of an answer.
    pub(super) silence: Duration,
}

impl Timeouts {
    /// The longest that a document may take to arrive.
    pub(super) fn document(&self) -> Duration {
        self.silence * 2
    }
}

/// All that a source goes by.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) address: Address,
    pub(super) credentials: Credentials,
    pub(super) timeouts: Timeouts,
    pub(super) events: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_taken_from_a_variable_or_the_error_names_it() {
        let missing = "the environment variable TOKEN isn't set, or is empty";
        let unfit = "the environment variable TOKEN holds what no header can carry";
        for (name, value, expected) in [
            ("Authorization", Some("hush"), "Authorization: Bearer hush"),
            (
                "X-Api_Key",
                Some("hush hush"),
                "X-Api_Key: Bearer hush hush",
            ),
            ("Authorization", None, missing),
            ("Authorization", Some(""), missing),
            ("Authorization", Some("hush\n"), unfit),
            ("Authorization", Some("hush\r\nX-Evil: 1"), unfit),
            ("Authorization", Some(" hush"), unfit),
            ("Authorization", Some("hüsh"), unfit),
            ("", Some("hush"), "`` is no header that can be added"),
            ("X Key", Some("hush"), "`X Key` is no header"),
            ("X:Key", Some("hush"), "`X:Key` is no header"),
            ("host", Some("hush"), "`host` is no header"),
            (
                "If-None-Match",
                Some("hush"),
                "`If-None-Match` is no header",
            ),
        ] {
            let mut credentials = Credentials::default();
            let added = credentials.add(name, "Bearer ", "TOKEN", value.map(str::to_owned));
            let said = match added {
                Ok(()) => {
                    let (name, value) = credentials.headers().next().unwrap();
                    format!("{name}: {value}")
                }
                Err(error) => error.to_string(),
            };
            assert!(said.starts_with(expected), "{name} {value:?}: {said}");
            assert!(said == expected || !said.contains("hush"), "{said}");
        }
    }

    #[test]
    fn the_latest_value_of_a_header_counts() {
        let mut credentials = Credentials::default();
        for value in ["a", "b"] {
            credentials
                .add("X-Key", "", "KEY", Some(value.to_owned()))
                .unwrap();
            credentials
                .add("x-key", "", "KEY", Some(value.to_owned()))
                .unwrap();
        }
        let headers: Vec<_> = credentials.headers().collect();
        assert_eq!(headers, [("x-key".to_owned(), "b".to_owned())]);
    }
}
