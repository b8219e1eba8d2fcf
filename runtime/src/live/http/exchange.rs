//! One look at the document: a request, and those that redirects ask for.

use core::fmt;
use core::time::Duration;

use super::address::{Address, InvalidUrl};
use super::body::{self, BodyError};
use super::network::{HttpReply, HttpRequest, Network, NetworkError};
use super::retry_after;
use super::schedule::Schedule;
use super::settings::Target;

/// Redirects that are followed in one look.
pub(super) const REDIRECTS: usize = 5;
/// A stream is opened anew after this time, so that nothing lasts for ever.
pub(super) const STREAM_LIFE: Duration = Duration::from_hours(1);
/// A longer validator isn't sent back.
const VALIDATOR_BYTES: usize = 1024;

const DOCUMENT: &str = "application/yaml, application/json;q=0.9, */*;q=0.5";
const STREAM_TOO: &str =
    "text/event-stream, application/yaml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// What a look found.
#[derive(Debug)]
pub(super) enum Answer {
    Document(Vec<u8>),
    /// Nothing new since the document that the validators belong to.
    Unchanged,
    Stream(HttpReply),
}

/// Why a look found nothing.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    /// How long the server asks to be left alone.
    pub(super) asked: Option<Duration>,
}

#[derive(Debug)]
pub(super) enum Problem {
    Network(NetworkError),
    Body(BodyError),
    Status(u16),
    WebPage,
    /// It says that the document didn't change, and we have none.
    UnknownDocument,
    NoLocation,
    Location(InvalidUrl),
    Unencrypted,
    TooManyRedirects,
    /// There were so many requests that a redirect isn't followed now.
    Allowance,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(error) => error.fmt(f),
            Self::Body(error) => error.fmt(f),
            Self::Status(status @ (401 | 403)) => write!(
                f,
                "the server answered {status}: it wants credentials, or others than it got"
            ),
            Self::Status(status @ (404 | 410)) => {
                write!(
                    f,
                    "the server answered {status}: there is no document at this URL"
                )
            }
            Self::Status(status) => write!(f, "the server answered {status}"),
            Self::WebPage => {
                f.write_str("the server answered with a web page instead of a document")
            }
            Self::UnknownDocument => {
                f.write_str("the server answered 304, though there is no document yet")
            }
            Self::NoLocation => f.write_str("the server redirects, and doesn't say where to"),
            Self::Location(invalid) => {
                write!(f, "the server redirects to no URL of a document: {invalid}")
            }
            Self::Unencrypted => f.write_str(
                "the server redirects from https to http, which would take the encryption away",
            ),
            Self::TooManyRedirects => write!(f, "the server redirects more than {REDIRECTS} times"),
            Self::Allowance => f.write_str("the server redirects so often that a pause is due"),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            asked: None,
        }
    }
}

/// What is known from earlier looks. Who forgets it gets the whole document, whether it changed or not.
#[derive(Debug, Default)]
pub(super) struct Known {
    etag: Option<String>,
    modified: Option<String>,
    pub(super) last_id: Option<String>,
}

impl Known {
    fn has_validators(&self) -> bool {
        self.etag.is_some() || self.modified.is_some()
    }

    fn remember_validators(&mut self, reply: &HttpReply) {
        let short = |name| {
            let value = reply.header(name).map(str::trim);
            let value = value.filter(|value| !value.is_empty() && value.len() <= VALIDATOR_BYTES);
            value.map(str::to_owned)
        };
        self.etag = short("etag");
        self.modified = short("last-modified");
    }
}

/// One look. `now` is the source's own time, `wall` is in seconds since 1970.
pub(super) fn look(
    target: &Target,
    known: &mut Known,
    schedule: &mut Schedule,
    network: &mut dyn Network,
    (now, wall): (Duration, i64),
) -> Result<Answer, Failure> {
    let wants_stream = target.events && schedule.wants_stream(now);
    let mut at = target.address.clone();
    let mut is_trusted = true;
    for hop in 0..=REDIRECTS {
        if hop > 0
            && let Err(wait) = schedule.spend(now)
        {
            let problem = Problem::Allowance;
            return Err(Failure {
                problem,
                asked: Some(wait),
            });
        }
        let request = request(target, known, &at, is_trusted, wants_stream);
        let reply = network.ask(&request).map_err(Problem::Network)?;
        if !is_redirect(reply.status) {
            return read(reply, known, target.timeouts.document(), wall);
        }
        let location = reply.header("location").ok_or(Problem::NoLocation)?;
        let next = at.join(location).map_err(Problem::Location)?;
        if at.is_encrypted() && !next.is_encrypted() {
            return Err(Problem::Unencrypted.into());
        }
        // Who was elsewhere once may have been sent back by a stranger, with a stranger's path.
        is_trusted = is_trusted && next.is_same_origin(&target.address);
        at = if is_trusted {
            next
        } else {
            next.without_credentials()
        };
    }
    Err(Problem::TooManyRedirects.into())
}

fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

fn request(
    target: &Target,
    known: &Known,
    at: &Address,
    is_trusted: bool,
    wants_stream: bool,
) -> HttpRequest {
    let accept = if wants_stream { STREAM_TOO } else { DOCUMENT };
    let fixed = [("Accept", Some(accept)), ("Accept-Encoding", Some("gzip"))];
    let last_id = known.last_id.as_deref().filter(|_| wants_stream);
    let from_before = [
        ("If-None-Match", known.etag.as_deref()),
        ("If-Modified-Since", known.modified.as_deref()),
        ("Last-Event-ID", last_id),
    ];
    let headers = fixed.into_iter().chain(from_before);
    let mut headers: Vec<_> = headers
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    if is_trusted {
        headers.extend(target.credentials.headers());
    }
    let longest = if wants_stream {
        STREAM_LIFE
    } else {
        target.timeouts.document()
    };
    HttpRequest {
        url: at.url(),
        headers,
        longest,
    }
}

fn read(
    reply: HttpReply,
    known: &mut Known,
    longest: Duration,
    wall: i64,
) -> Result<Answer, Failure> {
    match reply.status {
        200 | 203 => {}
        304 if known.has_validators() => return Ok(Answer::Unchanged),
        304 => return Err(Problem::UnknownDocument.into()),
        status => {
            let asked = reply.header("retry-after").filter(|_| status >= 400);
            let date = reply.header("date");
            return Err(Failure {
                problem: Problem::Status(status),
                asked: asked.and_then(|asked| retry_after::asked_for(asked, date, wall)),
            });
        }
    }
    match media_type(&reply).as_str() {
        "text/event-stream" => return Ok(Answer::Stream(reply)),
        "text/html" | "application/xhtml+xml" => return Err(Problem::WebPage.into()),
        _ => {}
    }
    let mut validators = Known::default();
    validators.remember_validators(&reply);
    let document = body::read_document(reply, longest).map_err(Problem::Body)?;
    // Not before the whole document is here.
    (known.etag, known.modified) = (validators.etag, validators.modified);
    Ok(Answer::Document(document))
}

fn media_type(reply: &HttpReply) -> String {
    let given = reply.header("content-type").unwrap_or_default();
    let given = given.split(';').next().unwrap_or_default();
    given.trim().to_ascii_lowercase()
}
