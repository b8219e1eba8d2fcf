//! Documents from a web server.

mod address;
mod body;
mod dice;
mod events;
mod exchange;
mod follow;
mod network;
mod retry_after;
mod schedule;
mod settings;
#[cfg(test)]
mod storm;
mod stream;
mod wire;

use core::fmt;
use core::time::Duration;

use address::Address;
pub use address::InvalidUrl;
use dice::Dice;
use follow::Follower;
pub use network::{HttpReply, HttpRequest, Network, NetworkError};
use schedule::{Pace, Schedule};
pub use settings::HttpError;
use settings::{Credentials, Target, Timeouts};
use wire::Wire;

use super::source::{Feed, Source, Wake};

/// Timeouts beyond these are taken for the nearest of them.
const SHORTEST_TIMEOUT: Duration = Duration::from_millis(1);
const LONGEST_TIMEOUT: Duration = Duration::from_hours(1);

/// A document at a URL, in JSON or YAML: looked at every 30 s, or streamed by a server that offers events.
///
/// Whatever the server does, no more than 10 requests are sent at once and one for each 15 s after that (or for each
/// half of [`poll_every`](Self::poll_every), if that is shorter), redirects counted; failures are followed by waits with full jitter
/// that grow to 5 minutes, and `Retry-After` is honoured up to an hour. A document has 16 MiB at the most, packed and unpacked.
///
/// ```no_run
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
/// use std::time::Duration;
///
/// use flagstone::Http;
///
/// fn main() -> Result<(), flagstone::Error> {
///     let server = Http::new("https://flags.example/flags.yaml")
///         .bearer_from_env("FLAGS_TOKEN")
///         .poll_every(Duration::from_secs(10));
///     // The file is for when the server was never reached.
///     let _live = flags::live().source(server).file("flags.yaml").start()?;
///     Ok(())
/// }
/// ```
///
/// What a server has to do for streams, and every figure: `docs/http-source.md` in the repository.
#[must_use = "nothing is followed before it is given to `.source(…)` and started"]
pub struct Http {
    address: Option<Address>,
    credentials: Credentials,
    timeouts: Timeouts,
    poll: Duration,
    events: bool,
    hurry: u32,
    roots: Option<ureq::tls::RootCerts>,
    proxy: Option<ureq::Proxy>,
    network: Option<Box<dyn Network>>,
    /// What is wrong with all that; the first counts.
    wrong: Option<HttpError>,
}

impl Http {
    /// Follows the document at a URL, which begins with `https://` or, where encryption isn't needed, `http://`.
    ///
    /// A user and a password in it (`https://user:password@…`) are sent as HTTP's basic authentication. They and the
    /// query are left out wherever the URL is shown.
    pub fn new(url: impl AsRef<str>) -> Self {
        let address = Address::parse(url.as_ref());
        Self {
            wrong: address
                .as_ref()
                .err()
                .map(|&invalid| HttpError::Url(invalid)),
            address: address.ok(),
            credentials: Credentials::default(),
            timeouts: Timeouts {
                connect: Duration::from_secs(5),
                silence: Duration::from_secs(30),
            },
            poll: Duration::from_secs(30),
            events: true,
            hurry: 1,
            roots: None,
            proxy: None,
            network: None,
        }
    }

    /// How often to look, give or take a tenth; every 30 s if not said otherwise, at the most every second and at the
    /// least once a day.
    pub fn poll_every(mut self, interval: Duration) -> Self {
        self.poll = interval;
        self
    }

    /// How long resolving the server's name may take, and how long connecting may, encryption included; 5 s each if not
    /// said otherwise. From 1 ms to an hour.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout.clamp(SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        self
    }

    /// How long the server may say nothing, and how long the head of an answer may take in all; 30 s if not said otherwise.
    /// A whole document may take twice as long, however steadily it trickles. From 1 ms to an hour.
    pub fn silence_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.silence = timeout.clamp(SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        self
    }

    /// Asks for documents only, and never for a stream of events.
    pub fn without_events(mut self) -> Self {
        self.events = false;
        self
    }

    /// Sends `Authorization: Bearer …` with what an environment variable holds now.
    ///
    /// It is sent to this URL's scheme, host and port alone, whatever a redirect says, and shown nowhere. A variable that isn't
    /// set is an error of `start()`, which [`check`](Self::check) finds too.
    pub fn bearer_from_env(self, variable: &str) -> Self {
        self.with_header("Authorization", "Bearer ", variable)
    }

    /// Sends a header with what an environment variable holds now, as [`bearer_from_env`](Self::bearer_from_env) does.
    pub fn header_from_env(self, name: &str, variable: &str) -> Self {
        self.with_header(name, "", variable)
    }

    fn with_header(mut self, name: &str, prefix: &str, variable: &str) -> Self {
        let value = std::env::var_os(variable);
        // What is no Unicode is no header either.
        let value = value.map(|value| value.to_string_lossy().into_owned());
        let added = self.credentials.add(name, prefix, variable, value);
        self.note(added)
    }

    /// Trusts these certificates, in PEM, instead of those that Mozilla trusts: for servers with a root of their own.
    pub fn roots(mut self, pem: impl AsRef<[u8]>) -> Self {
        match wire::roots(pem.as_ref()) {
            Ok(roots) => {
                self.roots = Some(roots);
                self
            }
            Err(error) => self.note(Err(error)),
        }
    }

    /// Goes through the proxy that `ALL_PROXY`, `HTTPS_PROXY` or `HTTP_PROXY` names now, but for hosts in `NO_PROXY`.
    /// Without this call no proxy is used.
    pub fn proxy_from_env(mut self) -> Self {
        self.proxy = ureq::Proxy::try_from_env();
        self
    }

    /// Whether a request can be sent with these settings. If not, `start()` fails with [`Error::Source`](crate::Error::Source).
    ///
    /// ```
    /// use flagstone::Http;
    ///
    /// let error = Http::new("https://flags.example").bearer_from_env("NO_SUCH_VARIABLE").check().unwrap_err();
    /// assert!(error.to_string().starts_with("the environment variable NO_SUCH_VARIABLE isn't set"));
    /// ```
    ///
    /// # Errors
    ///
    /// What is wrong with them, the first thing first.
    pub fn check(&self) -> Result<(), HttpError> {
        self.wrong.clone().map_or(Ok(()), Err)
    }

    /// Sends requests over another network than the real one. For tests.
    pub fn network(mut self, network: impl Network) -> Self {
        self.network = Some(Box::new(network));
        self
    }

    /// Goes so many times as fast: every wait and every cap, but no timeout. For tests.
    #[doc(hidden)]
    pub fn hurried(mut self, times: u32) -> Self {
        self.hurry = times;
        self
    }

    fn note(mut self, result: Result<(), HttpError>) -> Self {
        self.wrong = self.wrong.or(result.err());
        self
    }

    fn follower(&mut self) -> Result<Follower, HttpError> {
        self.check()?;
        let invalid = HttpError::Url(InvalidUrl::Scheme);
        let target = Target {
            address: self.address.clone().ok_or(invalid)?,
            credentials: self.credentials.clone(),
            timeouts: self.timeouts,
            events: self.events,
        };
        let wire = || {
            Box::new(Wire::new(
                self.timeouts,
                self.roots.clone(),
                self.proxy.clone(),
            ))
        };
        let network = self.network.take().unwrap_or_else(|| wire());
        let pace = Pace::polling_every(self.poll).hurried(self.hurry);
        Ok(Follower::new(
            target,
            network,
            Schedule::new(pace, Dice::thrown()),
        ))
    }
}

impl Source for Http {
    fn name(&self) -> String {
        let shown = self.address.as_ref().map(Address::to_string);
        shown.unwrap_or_else(|| "a URL that is none".to_owned())
    }

    fn check(&self) -> Result<(), Box<dyn core::error::Error + Send + Sync>> {
        Ok(Self::check(self)?)
    }

    fn follow(&mut self, feed: &Feed) {
        match self.follower() {
            Ok(mut follower) => follower.run(feed),
            Err(error) => {
                feed.failed(&error.to_string());
                while feed.wait(Duration::from_hours(1)) != Wake::Stop {}
            }
        }
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.credentials.names().collect();
        f.debug_struct("Http")
            .field("url", &self.address)
            .field("headers", &headers)
            .field("poll", &self.poll)
            .field("events", &self.events)
            .field("wrong", &self.wrong)
            .finish_non_exhaustive()
    }
}
