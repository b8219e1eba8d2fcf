//! Kinds of misbehaviour again, by a real server: how many requests reach it, and that the source goes on.

#![expect(
    clippy::unwrap_used,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flagstone::Http;

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod http_server;

use http_server::{Asked, Running, Server, begin_stream, respond, until_closed};

type Row = (&'static str, fn(&Asked, &mut TcpStream), &'static str);

const KINDS: &[Row] = &[
    (
        "answers 500",
        |_, stream| respond(stream, "500 Oh", "", b""),
        "the server answered 500",
    ),
    (
        "answers 429",
        |_, stream| respond(stream, "429 Slow", "", b""),
        "the server answered 429",
    ),
    (
        "answers 429, Retry-After: 0",
        |_, stream| respond(stream, "429 Slow", "Retry-After: 0\r\n", b""),
        "the server answered 429",
    ),
    ("closes at once", |_, _| {}, "the connection broke"),
    (
        "hangs",
        |_, stream| until_closed(stream),
        "the server was silent for too long",
    ),
    (
        "trickles its document",
        |_, stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n");
            trickle(stream);
        },
        "the document took too long to arrive",
    ),
    (
        "trickles its head",
        |_, stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ");
            trickle(stream);
        },
        "the server was silent for too long",
    ),
    (
        "lies about its length",
        |_, stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nflags");
        },
        "the connection broke in the middle",
    ),
    (
        "redirects in circles",
        |_, stream| respond(stream, "302 Found", "Location: /\r\n", b""),
        "the server redirects",
    ),
    (
        "closes streams at once",
        |_, stream| begin_stream(stream),
        "the stream of events ended",
    ),
];

/// A byte at a time, each before the silence is too long.
fn trickle(stream: &mut TcpStream) {
    while stream.write_all(b"x").is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// 4 000 times as fast as in a program, so that the cap is 10 requests and one for each 3.75 ms.
#[test]
fn retry_storm_of_a_real_server() {
    for &(what, misbehave, expected) in KINDS {
        let server = Server::new(move |asked, stream| {
            // In the end it comes to its senses.
            if asked.number < 12 {
                misbehave(asked, stream);
            } else {
                respond(stream, "200 OK", "", b"flags");
            }
        });
        let start = Instant::now();
        let source = Http::new(server.url("/")).hurried(4_000);
        let running = Running::start(source.silence_timeout(Duration::from_millis(100)));
        let delivered = running.until(what, |delivered| !delivered.documents.is_empty());
        let asked = server.asked().len();
        let allowed = 10 + start.elapsed().as_micros() / 3_750 + 1;
        assert!(
            u128::try_from(asked).unwrap() <= allowed,
            "{what}: {asked} of {allowed}"
        );
        assert!(!delivered.reports.is_empty(), "{what}");
        for report in &delivered.reports {
            assert!(report.starts_with(expected), "{what}: {report}");
        }
    }
}

#[test]
fn retry_after_is_honoured() {
    for header in [
        "Retry-After: 300\r\n",
        "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:54:37 GMT\r\n",
    ] {
        let server = Server::new(move |asked, stream| match asked.number {
            0 => respond(stream, "503 Busy", header, b""),
            _ => respond(stream, "200 OK", "", b"flags"),
        });
        let running = Running::start(Http::new(server.url("/")).hurried(10_000));
        drop(running.until("the failure", |delivered| !delivered.reports.is_empty()));
        let start = Instant::now();
        drop(running.until("the document", |delivered| !delivered.documents.is_empty()));
        // Waits that a server asks for aren't hurried, but their cap is: an hour is 360 ms at this pace.
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(340), "{header}: {took:?}");
    }
}

#[test]
fn a_port_where_nobody_listens_is_a_failure_like_others() {
    let address = {
        let server = Server::new(|_, _| {});
        server.address
    };
    let running = Running::start(Http::new(format!("http://{address}/")).hurried(1_000));
    let delivered = running.until("failures", |delivered| delivered.reports.len() > 2);
    for report in &delivered.reports {
        assert!(
            report.starts_with("the connection broke: Connection refused"),
            "{report}"
        );
    }
}
