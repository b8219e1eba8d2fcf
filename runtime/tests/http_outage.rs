//! Named test `dns_gone`, and what else happens to flags when their server is away.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flagstone::{Http, HttpReply, HttpRequest, Network, NetworkError, Origin, Start};

include!("flags/mod.rs");

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod directory;

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod http_server;

use directory::{Directory, document, wait_for};
use http_server::{Server, respond, until_closed};

/// Flags of its own for each process that a test plays, since only one handle of a set lives at a time.
macro_rules! own {
    ($($name:ident),*) => {
        $(mod $name {
            include!("flags/mod.rs");
        })*
    };
}
own!(process, cold, hung, stuck, unset);

const URL: &str = "https://flags.invalid/flags.yaml";
const NO_NAME: &str = "the name of its host doesn't resolve";

/// A network whose name service may be gone. No request leaves the machine.
#[derive(Debug, Clone, Default)]
struct Names {
    document: Arc<Mutex<Option<String>>>,
}

impl Names {
    fn serving(document: String) -> Self {
        let names = Self::default();
        *names.document.lock().unwrap() = Some(document);
        names
    }

    fn source(&self) -> Http {
        Http::new(URL).network(self.clone()).hurried(1_000)
    }
}

impl Network for Names {
    fn ask(&mut self, _: &HttpRequest) -> Result<HttpReply, NetworkError> {
        let document = self.document.lock().unwrap().clone();
        document.map(reply).ok_or(NetworkError::Name)
    }
}

fn reply(document: String) -> HttpReply {
    HttpReply {
        status: 200,
        headers: vec![("Content-Length".to_owned(), document.len().to_string())],
        body: Box::new(std::io::Cursor::new(document)),
        hang_up: Box::new(|| {}),
    }
}

/// Waits until the disk cache has the document with the dashboard on or off; it is written after the document took effect.
fn wait_for_cache(directory: &Directory, on: bool) {
    let part = format!(
        "new_dashboard:\n    serve: {}",
        if on { "on" } else { "off" }
    );
    let has_part = |file: std::fs::DirEntry| {
        let path = file.path();
        let is_cache = path
            .extension()
            .is_some_and(|extension| extension == "flagstone");
        let bytes = if is_cache {
            std::fs::read(path).unwrap_or_default()
        } else {
            Vec::new()
        };
        bytes
            .windows(part.len())
            .any(|bytes| bytes == part.as_bytes())
    };
    let end = Instant::now() + Duration::from_secs(20);
    let files = || {
        std::fs::read_dir(&directory.0)
            .unwrap()
            .filter_map(Result::ok)
    };
    while !files().any(has_part) {
        assert!(Instant::now() < end, "the cache wasn't written");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn dns_gone() {
    let directory = Directory::new();
    {
        // A process that runs while all is well. Each start is as one of a new process: it begins with the document in the program.
        use process::flags::{self, Flags};
        let live = flags::live()
            .source(Names::serving(document(true)).source())
            .cache(&directory.0)
            .policy(Start::Fresh(Duration::from_secs(20)))
            .start();
        let _live = live.expect("it starts");
        assert!(Flags::NEW_DASHBOARD.is_enabled());
        let status = flags::status();
        assert_eq!(status.origin, Origin::Source(URL.into()));
        assert_eq!(status.stale_since, None);
        wait_for_cache(&directory, true);
    }
    {
        // The next one starts from the cache, says so, and goes on trying.
        use process::flags::{self, Flags, Schema};
        let gone = Names::default();
        let live = flags::live()
            .source(gone.source())
            .cache(&directory.0)
            .start();
        let _live = live.expect("it starts");
        assert!(Flags::NEW_DASHBOARD.is_enabled());
        wait_for::<Schema>("a few failures", |status| status.retries > 3);
        let status = flags::status();
        assert_eq!(status.origin, Origin::Cache(URL.into()));
        assert!(
            status.stale_since.is_some() && status.is_ready(),
            "{status:#?}"
        );
        let failure = status.sources[0].last_error.as_ref().expect("a failure");
        assert!(failure.report.contains(NO_NAME), "{status:#?}");
        // When the name is back, so is the source.
        *gone.document.lock().unwrap() = Some(document(false));
        wait_for::<Schema>("the server", |_| !Flags::NEW_DASHBOARD.is_enabled());
        wait_for::<Schema>("freshness", |status| status.stale_since.is_none());
        wait_for_cache(&directory, false);
    }
    {
        // That one left the dashboard off in the cache; who may start from it does so at once.
        use process::flags::{self, Flags};
        let start = Instant::now();
        let live = flags::live()
            .source(Names::default().source())
            .cache(&directory.0)
            .policy(Start::CachedOr(Duration::from_mins(5)))
            .start();
        let _live = live.expect("it starts");
        assert!(start.elapsed() < Duration::from_mins(1));
        assert!(!Flags::NEW_DASHBOARD.is_enabled());
        assert!(matches!(flags::status().origin, Origin::Cache(_)));
    }
    {
        // Who wants it fresh is told why it isn't.
        use process::flags;
        let live = flags::live()
            .source(Names::default().source())
            .cache(&directory.0)
            .policy(Start::Fresh(Duration::from_millis(200)))
            .start();
        let error = live.map(drop).expect_err("nothing is fresh").to_string();
        assert!(error.contains(NO_NAME) && error.contains(URL), "{error}");
    }
    {
        // With nothing at all there is the document in the program.
        use cold::flags::{self, Flags, Schema};
        let empty = Directory::new();
        let live = flags::live()
            .source(Names::default().source())
            .cache(&empty.0)
            .start();
        let _live = live.expect("it starts");
        wait_for::<Schema>("a failure", |status| status.retries > 0);
        let status = flags::status();
        assert_eq!(status.origin, Origin::Embedded);
        assert!(
            status.stale_since.is_some() && status.is_ready(),
            "{status:#?}"
        );
        assert!(!Flags::NEW_DASHBOARD.is_enabled());
    }
}

#[test]
fn a_token_that_is_not_set_is_what_starting_fails_with() {
    use unset::flags::{self, Flags};
    for policy in [
        Start::Embedded,
        Start::Fresh(Duration::from_hours(1)),
        Start::CachedOr(Duration::from_hours(1)),
    ] {
        let source = Names::serving(document(true)).source();
        let live = flags::live()
            .source(source.bearer_from_env("FLAGSTONE_NO_SUCH_VARIABLE"))
            .policy(policy)
            .start();
        let error = live.map(drop).expect_err("no request is sent").to_string();
        let reason =
            "can't be followed: the environment variable FLAGSTONE_NO_SUCH_VARIABLE isn't set";
        assert!(error.contains(reason), "{error}");
        assert!(!Flags::NEW_DASHBOARD.is_enabled() && !flags::status().is_live);
    }
}

/// More than the 100 ms that are promised, for the machine may be busy.
const SOON: Duration = Duration::from_millis(300);

#[test]
fn dropping_the_handle_does_not_wait_for_a_server_that_hangs() {
    use hung::flags::{self, Flags};
    let server = Server::new(|_, stream| until_closed(stream));
    let source = Http::new(server.url("/")).silence_timeout(Duration::from_secs(2));
    let live = flags::live().source(source).start().expect("it starts");
    while server.asked().is_empty() {
        std::thread::yield_now();
    }
    let start = Instant::now();
    drop(live);
    assert!(start.elapsed() < SOON);

    // The next session is none of its business.
    let server = Server::new(|_, stream| respond(stream, "200 OK", "", document(true).as_bytes()));
    let live = flags::live().source(Http::new(server.url("/")));
    let _live = live
        .policy(Start::Fresh(Duration::from_secs(20)))
        .start()
        .expect("it starts");
    assert!(Flags::NEW_DASHBOARD.is_enabled());
}

/// A network that is stuck in resolving a name until the test lets it go.
#[derive(Debug)]
struct Stuck {
    asked: Sender<()>,
    released: Receiver<()>,
}

impl Network for Stuck {
    fn ask(&mut self, _: &HttpRequest) -> Result<HttpReply, NetworkError> {
        let _ = self.asked.send(());
        let _ = self.released.recv();
        Ok(reply(document(true)))
    }
}

#[test]
fn what_is_stuck_in_a_name_can_not_publish_any_more() {
    use stuck::flags::{self, Flags};
    let ((asked, is_asked), (release, released)) = (channel(), channel());
    let source = Http::new(URL).network(Stuck { asked, released });
    let live = flags::live().source(source).start().expect("it starts");
    is_asked.recv().expect("it asks");
    let start = Instant::now();
    drop(live);
    assert!(start.elapsed() < SOON);
    let _next = flags::live().start().expect("it starts");
    drop(release);
    // The source goes with its network when its thread has ended.
    assert!(is_asked.recv().is_err());
    assert!(!Flags::NEW_DASHBOARD.is_enabled());
    assert_eq!(flags::status().origin, Origin::Embedded);
}
