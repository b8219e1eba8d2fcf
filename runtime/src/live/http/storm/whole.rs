//! The kinds of misbehaviour again, for clients with all that they have: a simulated network behind a simulated clock.

use core::time::Duration;
use std::io;
use std::sync::{Arc, Mutex};

use flagstone_model::Timestamp;

use super::{Counter, DAY, SECOND};
use crate::error::Error;
use crate::live::http::address::Address;
use crate::live::http::dice::Dice;
use crate::live::http::follow::Follower;
use crate::live::http::network::{HttpReply, HttpRequest, Network, NetworkError};
use crate::live::http::schedule::{Pace, Schedule};
use crate::live::http::settings::{Credentials, Target, Timeouts};
use crate::live::source::{Feed, Intake, Wake};

/// A simulated server behind a simulated clock, for whole clients.
#[derive(Debug, Clone)]
struct Simulated {
    state: Arc<Mutex<State>>,
    answer: Answering,
}

#[derive(Debug, Default)]
struct State {
    now: Duration,
    counter: Counter,
    reports: Vec<String>,
    offered: u64,
}

/// How long it takes to answer, and with what; by what is asked and how often something was asked before.
type Answering = fn(&HttpRequest, u64) -> (Duration, Result<HttpReply, NetworkError>);

impl Network for Simulated {
    fn ask(&mut self, request: &HttpRequest) -> Result<HttpReply, NetworkError> {
        let asked = {
            let mut state = self.state.lock().unwrap();
            let now = state.now;
            state.counter.request(now);
            state.counter.count - 1
        };
        let (takes, answer) = (self.answer)(request, asked);
        self.state.lock().unwrap().now += takes;
        answer
    }
}

impl Intake for Simulated {
    fn offer(&self, document: &[u8]) -> Result<(), Error> {
        self.state.lock().unwrap().offered += 1;
        assert_eq!(document, b"good");
        Ok(())
    }

    fn unchanged(&self) {}

    fn failed(&self, report: &str) {
        let mut state = self.state.lock().unwrap();
        if state.reports.last().is_none_or(|last| last != report) {
            state.reports.push(report.to_owned());
        }
    }

    fn wait(&self, _: Duration) -> Wake {
        Wake::Elapsed
    }

    fn is_stopped(&self) -> bool {
        false
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds(0)
    }
}

fn reply(status: u16, headers: &[(&str, &str)], body: impl io::Read + Send + 'static) -> HttpReply {
    let header = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    HttpReply {
        status,
        headers: headers.iter().map(header).collect(),
        body: Box::new(body),
        hang_up: Box::new(|| {}),
    }
}

/// A body that breaks in this way.
struct Breaks(io::ErrorKind);

impl io::Read for Breaks {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

fn status(status: u16, asked: &str) -> (Duration, Result<HttpReply, NetworkError>) {
    (
        SECOND,
        Ok(reply(status, &[("retry-after", asked)], io::empty())),
    )
}

/// A kind, the requests of a day at the most, and what is reported.
type Row = (&'static str, Answering, u64, &'static str);

const KINDS: &[Row] = &[
    (
        "answers 500",
        |_, _| status(500, ""),
        700,
        "the server answered 500",
    ),
    (
        "answers 429",
        |_, _| status(429, "x"),
        700,
        "the server answered 429",
    ),
    (
        "answers 429, Retry-After: 0",
        |_, _| status(429, "0"),
        700,
        "the server answered 429",
    ),
    (
        "answers 503, Retry-After: a year",
        |_, _| status(503, "31536000"),
        25,
        "the server answered 503",
    ),
    (
        "answers 401",
        |_, _| status(401, ""),
        700,
        "the server answered 401: it wants credentials",
    ),
    (
        "doesn't resolve",
        |_, _| (SECOND, Err(NetworkError::Name)),
        700,
        "the name of its host doesn't resolve",
    ),
    (
        "doesn't accept",
        |_, _| (SECOND * 5, Err(NetworkError::Connect)),
        700,
        "connecting took too long",
    ),
    (
        "closes at once",
        |_, _| {
            (
                SECOND,
                Err(NetworkError::Broken(io::ErrorKind::UnexpectedEof.into())),
            )
        },
        700,
        "the connection broke",
    ),
    (
        "hangs",
        |_, _| (SECOND * 30, Err(NetworkError::Silent)),
        600,
        "the server was silent for too long",
    ),
    (
        "trickles a byte a second",
        |_, _| {
            let body = Breaks(io::ErrorKind::TimedOut);
            (
                SECOND * 60,
                Ok(reply(200, &[("content-length", "4")], body)),
            )
        },
        500,
        "the server fell silent in the middle",
    ),
    (
        "lies about its length",
        |_, _| {
            let body = Breaks(io::ErrorKind::UnexpectedEof);
            (SECOND, Ok(reply(200, &[("content-length", "4")], body)))
        },
        700,
        "the connection broke in the middle",
    ),
    (
        "redirects in circles",
        |_, _| {
            (
                SECOND / 10,
                Ok(reply(302, &[("location", "/a")], io::empty())),
            )
        },
        6 * 700,
        "the server redirects",
    ),
    (
        "takes encryption away",
        |_, _| {
            (
                SECOND,
                Ok(reply(
                    302,
                    &[("location", "http://flags.invalid/")],
                    io::empty(),
                )),
            )
        },
        700,
        "the server redirects from https to http",
    ),
    (
        "says that it is a web page",
        |_, _| {
            (
                SECOND,
                Ok(reply(200, &[("content-type", "text/html")], io::empty())),
            )
        },
        700,
        "the server answered with a web page",
    ),
    (
        "closes streams at once",
        |_, _| {
            let kind = &[("content-type", "text/event-stream")];
            (SECOND, Ok(reply(200, kind, io::empty())))
        },
        700,
        "the stream of events ended",
    ),
    (
        "breaks every stream, and answers polls",
        |request, _| {
            if request.header("accept").unwrap().contains("event-stream") {
                let kind = &[("content-type", "text/event-stream; charset=utf-8")];
                return (SECOND, Ok(reply(200, kind, &b"data: good\n\n"[..])));
            }
            (
                SECOND,
                Ok(reply(200, &[("content-length", "4")], &b"good"[..])),
            )
        },
        3_500,
        "the stream of events ended",
    ),
    (
        "says 304 for ever",
        |request, asked| {
            assert_eq!(request.header("if-none-match").is_some(), asked > 0);
            if asked == 0 {
                let headers = &[("content-length", "4"), ("etag", "\"1\"")];
                return (SECOND, Ok(reply(200, headers, &b"good"[..])));
            }
            (SECOND, Ok(reply(304, &[], io::empty())))
        },
        2_900,
        "",
    ),
    (
        "says 304 without having said anything",
        |_, _| (SECOND, Ok(reply(304, &[], io::empty()))),
        700,
        "the server answered 304",
    ),
];

#[test]
fn retry_storm_of_whole_clients() {
    for &(name, answer, most, expected) in KINDS {
        let simulated = Simulated {
            state: Arc::default(),
            answer,
        };
        let mut client = client(simulated.clone());
        let feed = Feed::to(simulated.clone());
        let state = || simulated.state.lock().unwrap();
        while state().now < DAY {
            let wait = client.turn(&feed, &|| state().now);
            state().now += wait;
        }
        let state = state();
        let (count, reports) = (state.counter.count, &state.reports);
        assert!(count > 10 && count <= most, "{name}: {count}");
        assert!(
            reports.iter().all(|report| report.starts_with(expected)),
            "{name}: {reports:?}"
        );
        assert_eq!(reports.is_empty(), expected.is_empty(), "{name}");
    }
}

/// A network that panics once.
#[derive(Debug)]
struct Panics(bool);

impl Network for Panics {
    fn ask(&mut self, _: &HttpRequest) -> Result<HttpReply, NetworkError> {
        if core::mem::replace(&mut self.0, true) {
            return Err(NetworkError::Name);
        }
        panic!("as it is meant to")
    }
}

#[test]
fn a_panic_is_one_more_failure() {
    let feed_end = Simulated {
        state: Arc::default(),
        answer: |_, _| status(500, ""),
    };
    let mut client = client(Panics(false));
    let feed = Feed::to(feed_end.clone());
    for now in [SECOND, SECOND * 10] {
        let wait = client.turn(&feed, &|| now);
        assert!(wait >= SECOND && wait <= SECOND * 8, "{wait:?}");
    }
    let reports = &feed_end.state.lock().unwrap().reports;
    assert!(reports[0].starts_with("looking for the document panicked"));
    assert_eq!(reports[1], NetworkError::Name.to_string());
}

fn client(network: impl Network) -> Follower {
    let target = Target {
        address: Address::parse("https://flags.invalid/flags.yaml").unwrap(),
        credentials: Credentials::default(),
        timeouts: Timeouts {
            connect: SECOND * 5,
            silence: SECOND * 30,
        },
        events: true,
    };
    let schedule = Schedule::new(Pace::polling_every(SECOND * 30), Dice::new(7));
    Follower::new(target, Box::new(network), schedule)
}
