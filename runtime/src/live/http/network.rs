//! What carries a request to a server.

use core::fmt;
use core::time::Duration;
use std::io::{self, Read};

/// What carries requests: the real network in a program, a simulated one in a test.
///
/// One call is one request on the wire. Redirects are answers like others; who asks decides whether to follow them.
pub trait Network: fmt::Debug + Send + 'static {
    /// Sends a `GET` and waits for the head of the answer.
    ///
    /// # Errors
    ///
    /// Whatever keeps the head from arriving in full.
    fn ask(&mut self, request: &HttpRequest) -> Result<HttpReply, NetworkError>;
}

/// A `GET`.
///
/// Its `Debug` shows neither the URL nor a header's value, since either may be secret.
pub struct HttpRequest {
    /// The URL, credentials and query included.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The longest that reading the body may take, whatever is in it.
    pub longest: Duration,
}

impl HttpRequest {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        value_of(&self.headers, name)
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("HttpRequest")
            .field("headers", &names)
            .field("longest", &self.longest)
            .finish_non_exhaustive()
    }
}

/// The head of an answer, and its body to be read.
pub struct HttpReply {
    /// The status code.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body as it is on the wire: chunks put together, but nothing unpacked.
    pub body: Box<dyn Read + Send>,
    /// Breaks off the reading of the body, from another thread.
    pub hang_up: Box<dyn FnOnce() + Send>,
}

impl HttpReply {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        value_of(&self.headers, name)
    }
}

impl fmt::Debug for HttpReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpReply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn value_of<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut found = headers
        .iter()
        .filter(|(given, _)| given.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.as_str())
}

/// Why there was no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetworkError {
    /// The host's name doesn't resolve.
    Name,
    /// Resolving the name, connecting and agreeing on encryption took too long.
    Connect,
    /// The server was silent for too long, or took too long over the head of its answer.
    Silent,
    /// The server's certificate can't be trusted, or there is no way of encrypting that both sides know.
    Encryption(String),
    /// What came is no HTTP.
    Protocol(String),
    /// The connection couldn't be made, or broke.
    Broken(io::Error),
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("the name of its host doesn't resolve"),
            Self::Connect => f.write_str("connecting took too long"),
            Self::Silent => f.write_str("the server was silent for too long"),
            Self::Encryption(reason) => {
                write!(f, "no encrypted connection could be made: {reason}")
            }
            Self::Protocol(reason) => write!(f, "what came is no HTTP: {reason}"),
            Self::Broken(error) => write!(f, "the connection broke: {error}"),
        }
    }
}

impl core::error::Error for NetworkError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Broken(error) => Some(error),
            _ => None,
        }
    }
}
