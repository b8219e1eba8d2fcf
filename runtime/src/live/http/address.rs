//! Where a document is: a URL, taken apart as far as origins and redirects need it.

use core::fmt;

/// An `http` or `https` URL. Its credentials and its query are for the server alone.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    scheme: Scheme,
    userinfo: Option<String>,
    /// In lower case; an IPv6 address with its brackets.
    host: String,
    port: u16,
    /// Begins with a slash.
    path: String,
    query: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

/// Why a text is no address of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidUrl {
    /// It begins with neither `http://` nor `https://`.
    Scheme,
    /// There is no host, or one that can't be a name or an IP address.
    Host,
    /// What follows the host's colon is no port.
    Port,
    /// A space, a control character or one outside ASCII, which has to be written in percent.
    Character,
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "it begins with neither `https://` nor `http://`",
            Self::Host => "it names no host; write it as `https://flags.example/flags.yaml`",
            Self::Port => "what follows the colon after its host is no port from 1 to 65535",
            Self::Character => {
                "it has a space, a control character or a letter outside ASCII; write those in percent, as in `%20`"
            }
        })
    }
}

impl core::error::Error for InvalidUrl {}

impl Scheme {
    fn of(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("http") {
            Some(Self::Http)
        } else if text.eq_ignore_ascii_case("https") {
            Some(Self::Https)
        } else {
            None
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, InvalidUrl> {
        let (scheme, rest) = text.split_once("://").ok_or(InvalidUrl::Scheme)?;
        let scheme = Scheme::of(scheme).ok_or(InvalidUrl::Scheme)?;
        Self::after_scheme(scheme, rest)
    }

    /// Where a `Location` leads from here, by RFC 3986, section 5.
    pub(super) fn join(&self, location: &str) -> Result<Self, InvalidUrl> {
        if let Some(rest) = location.strip_prefix("//") {
            return Self::after_scheme(self.scheme, rest);
        }
        let is_absolute = location
            .split_once(':')
            .is_some_and(|(head, _)| !head.contains(['/', '?', '#']));
        if is_absolute {
            return Self::parse(location);
        }
        require_visible(location)?;
        let (path, query) = path_and_query(location);
        let path = match path {
            "" => self.path.clone(),
            rooted if rooted.starts_with('/') => without_dots(rooted),
            relative => {
                let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                without_dots(&format!("{folder}/{relative}"))
            }
        };
        // An empty reference is this document, query included.
        let query = match query {
            None if location.is_empty() => self.query.clone(),
            query => query.map(str::to_owned),
        };
        let address = self.clone();
        Ok(Self {
            path,
            query,
            ..address
        })
    }

    fn after_scheme(scheme: Scheme, rest: &str) -> Result<Self, InvalidUrl> {
        require_visible(rest)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (userinfo, host) = match authority.rsplit_once('@') {
            Some((userinfo, host)) => (Some(userinfo.to_owned()), host),
            None => (None, authority),
        };
        let (host, port) = host_and_port(host, scheme.port())?;
        let (path, query) = path_and_query(rest);
        Ok(Self {
            scheme,
            userinfo,
            host,
            port,
            path: without_dots(path),
            query: query.map(str::to_owned),
        })
    }

    /// Scheme, host and port: who may see credentials.
    pub(super) fn is_same_origin(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.host == other.host && self.port == other.port
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// The same place for someone who may not see the credentials.
    pub(super) fn without_credentials(self) -> Self {
        Self {
            userinfo: None,
            ..self
        }
    }

    /// The whole of it, as a request needs it; never to be shown.
    pub(super) fn url(&self) -> String {
        let mut url = format!("{}://", self.scheme.name());
        if let Some(userinfo) = &self.userinfo {
            url.push_str(userinfo);
            url.push('@');
        }
        url.push_str(&self.place());
        if let Some(query) = &self.query {
            url.push('?');
            url.push_str(query);
        }
        url
    }

    fn place(&self) -> String {
        let Self {
            host, port, path, ..
        } = self;
        if *port == self.scheme.port() {
            format!("{host}{path}")
        } else {
            format!("{host}:{port}{path}")
        }
    }
}

/// Without credentials and query: what reports, the status and logs show.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.name(), self.place())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

fn require_visible(text: &str) -> Result<(), InvalidUrl> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(InvalidUrl::Character)
    }
}

fn host_and_port(text: &str, default: u16) -> Result<(String, u16), InvalidUrl> {
    let after_address = text.rfind(']').map_or(0, |bracket| bracket + 1);
    let (host, port) = match text.get(after_address..).and_then(|rest| rest.find(':')) {
        Some(colon) => text.split_at(after_address + colon),
        None => (text, ""),
    };
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
    let is_ip = |inner: &str| {
        inner
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
    };
    let bracketed = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let is_right = match bracketed {
        Some(inner) => !inner.is_empty() && is_ip(inner),
        None => !host.is_empty() && host.bytes().all(is_host),
    };
    if !is_right {
        return Err(InvalidUrl::Host);
    }
    let port = match port.strip_prefix(':') {
        None | Some("") => default,
        Some(digits) => match digits.parse() {
            Ok(port) if port > 0 && !digits.starts_with('+') => port,
            _ => return Err(InvalidUrl::Port),
        },
    };
    Ok((host.to_ascii_lowercase(), port))
}

/// The fragment is nobody's business but the reader's.
fn path_and_query(text: &str) -> (&str, Option<&str>) {
    let text = text.split_once('#').map_or(text, |(text, _)| text);
    match text.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (text, None),
    }
}

/// A path without `.` and `..`, beginning with a slash.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
        // A folder stays one.
        if matches!(segment, "." | "..") && segments.peek().is_none() {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests;
