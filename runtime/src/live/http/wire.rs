//! The real network.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io::{self, Read};
use std::sync::Arc;

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, BodyReader, Error, Proxy, Timeout, http};

use super::network::{HttpReply, HttpRequest, Network, NetworkError};
use super::settings::{HttpError, Timeouts};

/// `ureq`, which needs no runtime and blocks the source's own thread.
///
/// It follows no redirect and unpacks nothing: both are done here, where they are bounded.
#[derive(Debug)]
pub(super) struct Wire {
    timeouts: Timeouts,
    tls: TlsConfig,
    proxy: Option<Proxy>,
    line: Option<Line>,
}

/// An agent with its connections.
#[derive(Debug)]
struct Line {
    agent: Agent,
    longest: Duration,
    hung_up: Arc<AtomicBool>,
}

impl Wire {
    pub(super) fn new(timeouts: Timeouts, roots: Option<RootCerts>, proxy: Option<Proxy>) -> Self {
        let tls = roots.map_or_else(TlsConfig::default, |roots| {
            TlsConfig::builder().root_certs(roots).build()
        });
        Self {
            timeouts,
            tls,
            proxy,
            line: None,
        }
    }

    /// An agent whose bodies may take so long. What hangs up ends its agent with all that it does.
    fn line(&mut self, longest: Duration) -> &Line {
        let is_fit = |line: &Line| line.longest == longest && !line.hung_up.load(Ordering::Acquire);
        let line = self.line.take().filter(is_fit).unwrap_or_else(|| Line {
            agent: self.agent(longest),
            longest,
            hung_up: Arc::default(),
        });
        self.line.insert(line)
    }

    fn agent(&self, longest: Duration) -> Agent {
        let Timeouts { connect, silence } = self.timeouts;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(self.proxy.clone())
            .tls_config(self.tls.clone())
            .user_agent(concat!("flagstone/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(Some(connect))
            .timeout_connect(Some(connect))
            .timeout_send_request(Some(silence))
            .timeout_recv_response(Some(silence))
            .timeout_recv_body(Some(longest))
            .timeout_per_read(Some(silence))
            .build();
        config.new_agent()
    }
}

impl Network for Wire {
    fn ask(&mut self, request: &HttpRequest) -> Result<HttpReply, NetworkError> {
        let line = self.line(request.longest);
        let mut asking = line.agent.get(&request.url);
        for (name, value) in &request.headers {
            asking = asking.header(name, value);
        }
        let (head, body) = asking.call().map_err(told)?.into_parts();
        let (agent, hung_up) = (line.agent.clone(), Arc::clone(&line.hung_up));
        Ok(HttpReply {
            status: head.status.as_u16(),
            headers: headers(&head.headers),
            body: Box::new(Bytes(body.into_with_config().limit(u64::MAX).reader())),
            hang_up: Box::new(move || {
                hung_up.store(true, Ordering::Release);
                agent.shutdown();
            }),
        })
    }
}

/// Those whose values are text, as all are that are read here.
fn headers(given: &http::HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    given.iter().filter_map(text).collect()
}

/// A body whose errors say by their kind that it took too long.
struct Bytes(BodyReader<'static>);

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0
            .read(buffer)
            .map_err(|error| match Error::from(error) {
                Error::Timeout(_) => io::ErrorKind::TimedOut.into(),
                Error::Io(error) => error,
                other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
            })
    }
}

/// Never with a URL or a header's value, which may be secret.
fn told(error: Error) -> NetworkError {
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => NetworkError::Connect,
        Error::Timeout(_) => NetworkError::Silent,
        Error::HostNotFound => NetworkError::Name,
        Error::Io(error) => {
            let text = error.to_string();
            if text.starts_with("failed to lookup address information") {
                NetworkError::Name
            } else if error.kind() == io::ErrorKind::InvalidData {
                NetworkError::Encryption(text)
            } else {
                NetworkError::Broken(error)
            }
        }
        Error::Tls(reason) => NetworkError::Encryption(reason.to_owned()),
        error @ (Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired) => {
            NetworkError::Encryption(error.to_string())
        }
        error @ (Error::Protocol(_) | Error::LargeResponseHeader(..)) => {
            NetworkError::Protocol(error.to_string())
        }
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            NetworkError::Broken(io::Error::other("the proxy refused"))
        }
        _ => NetworkError::Protocol("it couldn't be asked for".to_owned()),
    }
}

/// The certificates of a PEM file.
pub(super) fn roots(pem: &[u8]) -> Result<RootCerts, HttpError> {
    let wrong = |reason: &str| HttpError::Roots {
        reason: reason.to_owned(),
    };
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(wrong("a part of them is no PEM")),
        }
    }
    if certificates.is_empty() {
        return Err(wrong("there is no certificate in them"));
    }
    Ok(RootCerts::from(certificates))
}
