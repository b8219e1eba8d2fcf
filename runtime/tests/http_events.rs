//! Streams of documents: server-sent events at the same URL.

#![expect(
    clippy::unwrap_used,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::io::Write;
use std::time::Duration;

use flagstone::Http;

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod http_server;

use http_server::{Running, Server, begin_stream, respond, until_closed};

/// 300 times as fast as in a program: streams are steady after 200 ms.
fn hurried(server: &Server) -> Http {
    Http::new(server.url("/flags.yaml"))
        .hurried(300)
        .silence_timeout(Duration::from_secs(5))
}

#[test]
fn a_stream_goes_on_where_it_broke() {
    let server = Server::new(|asked, stream| {
        begin_stream(stream);
        let events: &[&[u8]] = match asked.number {
            0 => &[
                b": hello\n\nid: 1\ndata: fi",
                b"rst\ndata: line\n\n",
                b"id: 2\ndata: half of the sec",
            ],
            1 => &[
                b"id: 2\r\nevent: document\r\ndata: second\r\n\r\n",
                b"event: other\nid: 3\ndata: none of ours\n\n",
            ],
            _ => &[b": still here\n\n"],
        };
        for event in events {
            let _ = stream.write_all(event);
        }
        if asked.number >= 2 {
            until_closed(stream);
        }
    });
    let running = Running::start(hurried(&server));
    let delivered = running.until("a heartbeat of the third stream", |delivered| {
        delivered.documents.len() == 2 && delivered.unchanged > 0
    });
    assert_eq!(delivered.documents, ["first\nline", "second"]);
    assert_eq!(delivered.reports, ["the stream of events ended"; 2]);
    drop(delivered);
    let asked = server.asked();
    let ids: Vec<_> = asked
        .iter()
        .map(|asked| asked.header("last-event-id"))
        .collect();
    assert_eq!(ids, [None, Some("1"), Some("3")]);
    assert!(asked.iter().all(http_server::Asked::wants_stream));
}

#[test]
fn a_stream_is_left_at_once_when_the_program_wants_something() {
    let server = Server::new(|_, stream| {
        begin_stream(stream);
        let _ = stream.write_all(b"id: 1\ndata: flags\n\n");
        until_closed(stream);
    });
    let running = Running::start(hurried(&server).silence_timeout(Duration::MAX));
    drop(running.until("the document", |delivered| delivered.documents.len() == 1));
    running.reload();
    let delivered = running.until("the document again", |delivered| {
        delivered.documents.len() == 2
    });
    // Hanging up is no failure.
    assert!(delivered.reports.is_empty(), "{:?}", delivered.reports);
    drop(delivered);
    // Who wants to see the document doesn't want what came after it.
    let asked = server.asked();
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("last-event-id").is_none())
    );
    // The promise for a handle is 100 ms; the machine may be busy.
    let took = running.stop();
    assert!(took < Duration::from_millis(500), "{took:?}");
}

#[test]
fn streams_that_break_are_followed_by_polling() {
    let server = Server::new(|asked, stream| {
        if asked.wants_stream() {
            begin_stream(stream);
            let _ = stream.write_all(b"data: stream\n\n");
        } else {
            respond(stream, "200 OK", "", b"poll");
        }
    });
    let running = Running::start(hurried(&server));
    let polls = |delivered: &http_server::Delivered| {
        delivered
            .documents
            .iter()
            .filter(|document| *document == "poll")
            .count()
    };
    drop(running.until("polling", |delivered| polls(delivered) >= 5));
    let asked = server.asked();
    let wanted: Vec<bool> = asked
        .iter()
        .take(4)
        .map(http_server::Asked::wants_stream)
        .collect();
    assert_eq!(wanted, [true, true, true, false]);
    // After a spell it tries the stream again.
    let streamed =
        |delivered: &http_server::Delivered| delivered.documents.len() - polls(delivered);
    drop(running.until("the stream again", |delivered| streamed(delivered) >= 4));
}

#[test]
fn a_stream_that_lasted_may_end() {
    let server = Server::new(|_, stream| {
        begin_stream(stream);
        let _ = stream.write_all(b"data: flags\n\n");
        // Steady is what lasts for 200 ms; the client may be late to begin.
        std::thread::sleep(Duration::from_millis(500));
    });
    let running = Running::start(hurried(&server));
    let delivered = running.until("three streams", |delivered| delivered.documents.len() == 3);
    assert!(delivered.reports.is_empty(), "{:?}", delivered.reports);
    assert!(server.asked().iter().all(http_server::Asked::wants_stream));
}

#[test]
fn who_wants_no_stream_asks_for_none() {
    let server = Server::new(|_, stream| respond(stream, "200 OK", "", b"flags"));
    let running = Running::start(hurried(&server).without_events());
    drop(running.until("the document", |delivered| !delivered.documents.is_empty()));
    assert!(server.asked().iter().all(|asked| !asked.wants_stream()));
}

/// How a stream goes wrong: what the server sends, and how the report begins.
type Row = (&'static str, &'static [u8], &'static str);

const WRONG: &[Row] = &[
    (
        "falls silent",
        b"data: flags\n\n",
        "the stream of events fell silent",
    ),
    (
        "is no gzip",
        b"Content-Encoding: gzip",
        "the stream of events broke",
    ),
    (
        "is packed otherwise",
        b"Content-Encoding: br",
        "the document is packed as `br`",
    ),
    (
        "has no end of a line",
        b"endless",
        "an event has more than 16777216 bytes",
    ),
];

#[test]
fn a_stream_that_goes_wrong_is_reported_and_tried_again() {
    for &(what, sent, expected) in WRONG {
        let server = Server::new(move |_, stream| {
            if let Some(coding) = sent.strip_prefix(b"Content-Encoding") {
                let head =
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding";
                let _ = stream.write_all(
                    &[head.as_slice(), coding, b"\r\n\r\ndata: not packed\n\n"].concat(),
                );
                return;
            }
            begin_stream(stream);
            if sent == b"endless" {
                while stream.write_all(&[b'x'; 0x2000]).is_ok() {}
            } else {
                let _ = stream.write_all(sent);
                until_closed(stream);
            }
        });
        // Slow enough for 200 ms not to be steady.
        let source = hurried(&server).hurried(20);
        let running = Running::start(source.silence_timeout(Duration::from_millis(200)));
        let delivered = running.until(what, |delivered| delivered.reports.len() >= 2);
        assert!(
            delivered.reports[0].starts_with(expected),
            "{what}: {:?}",
            delivered.reports
        );
    }
}
