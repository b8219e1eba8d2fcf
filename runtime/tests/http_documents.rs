//! Documents from a web server: what is asked, and what is made of the answers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use flagstone::Http;

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod http_server;

use http_server::{Asked, Running, Server, respond};

/// A thousand times as fast as in a program: a look every 30 ms.
fn hurried(url: &str) -> Http {
    Http::new(url)
        .hurried(1_000)
        .silence_timeout(Duration::from_secs(5))
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    for (validator, condition, value) in [
        ("ETag", "If-None-Match", "W/\"a b\""),
        (
            "Last-Modified",
            "If-Modified-Since",
            "Sun, 06 Nov 1994 08:49:37 GMT",
        ),
    ] {
        // The first document holds for four looks, then there is another.
        let server = Server::new(move |asked, stream| {
            let newest = if asked.number < 4 { "first" } else { "second" };
            let validator_of = |name: &str| if name == "first" { value } else { "other" };
            if asked.header(condition) == Some(validator_of(newest)) {
                return respond(stream, "304 Not Modified", "", b"");
            }
            let header = format!("{validator}: {}\r\n", validator_of(newest));
            respond(stream, "200 OK", &header, newest.as_bytes());
        });
        let running = Running::start(hurried(&server.url("/flags.yaml")));
        let delivered = running.until("the second document", |delivered| {
            delivered.documents.len() == 2 && delivered.unchanged >= 6
        });
        assert_eq!(delivered.documents, ["first", "second"], "{validator}");
        assert!(delivered.reports.is_empty(), "{:?}", delivered.reports);
        drop(delivered);
        let asked = server.asked();
        assert_eq!(asked[0].header(condition), None);
        assert_eq!(asked[0].path, "/flags.yaml");
        assert!(
            asked[0]
                .header("user-agent")
                .unwrap()
                .starts_with("flagstone/")
        );
        // Who asks for a look gets the document whether it changed or not.
        let before = running.until("nothing", |_| true).documents.len();
        running.reload();
        drop(running.until("the reload", |delivered| delivered.documents.len() > before));
    }
}

#[test]
fn a_refused_document_is_not_called_fresh() {
    let server = Server::new(|asked, stream| match asked.header("if-none-match") {
        Some(_) if asked.number < 8 => respond(stream, "304 Not Modified", "", b""),
        _ if asked.number < 8 => respond(stream, "200 OK", "ETag: \"1\"\r\n", b"bad"),
        _ => respond(stream, "200 OK", "", b"mended"),
    });
    let running = Running::start(hurried(&server.url("/")));
    let delivered = running.until("the mended one", |delivered| delivered.documents.len() == 2);
    assert_eq!(
        (delivered.documents[0].as_str(), delivered.unchanged),
        ("bad", 0)
    );
}

/// gzip without packing, which is gzip too.
fn gzip(text: &[u8]) -> Vec<u8> {
    let mut checksum = !0_u32;
    for byte in text {
        checksum ^= u32::from(*byte);
        for _ in 0..8 {
            let polynomial = if checksum & 1 == 1 { 0xEDB8_8320 } else { 0 };
            checksum = (checksum >> 1) ^ polynomial;
        }
    }
    let length = u16::try_from(text.len()).unwrap();
    let mut packed = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(text);
    packed.extend((!checksum).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

fn chunked(stream: &mut TcpStream, headers: &str) {
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n{headers}\r\n"
    );
    let _ = stream.write_all(head.as_bytes());
}

/// The answers of a server, and what becomes of them: a document, or how the report begins.
type Row = (
    &'static str,
    fn(&mut TcpStream),
    Result<&'static str, &'static str>,
);

const ANSWERS: &[Row] = &[
    (
        "plain",
        |stream| respond(stream, "200 OK", "", b"flags"),
        Ok("flags"),
    ),
    (
        "packed",
        |stream| {
            respond(
                stream,
                "200 OK",
                "Content-Encoding: gzip\r\n",
                &gzip(b"flags"),
            );
        },
        Ok("flags"),
    ),
    (
        "in chunks",
        |stream| {
            chunked(stream, "");
            let _ = stream.write_all(b"3\r\nfla\r\n2;x=y\r\ngs\r\n0\r\n\r\n");
        },
        Ok("flags"),
    ),
    (
        "cut between two chunks",
        |stream| {
            chunked(stream, "");
            let _ = stream.write_all(b"3\r\nfla\r\n");
        },
        Err("the connection broke in the middle of the document"),
    ),
    (
        "announced longer than it is",
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nflags");
        },
        Err("the connection broke in the middle of the document"),
    ),
    (
        "without an end",
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nflags");
        },
        Err("nothing says where the document ends"),
    ),
    (
        "announced as too large",
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\nflags");
        },
        Err("the document has more than 16777216 bytes"),
    ),
    (
        "too large",
        |stream| {
            chunked(stream, "");
            let chunk = [b"10000\r\n".as_slice(), &[b'#'; 0x10000], b"\r\n"].concat();
            while stream.write_all(&chunk).is_ok() {}
        },
        Err("the document has more than 16777216 bytes"),
    ),
    (
        "packed and damaged",
        |stream| {
            let mut packed = gzip(b"flags");
            packed[16] ^= 1;
            respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &packed);
        },
        Err("the document can't be unpacked"),
    ),
    (
        "packed otherwise",
        |stream| respond(stream, "200 OK", "Content-Encoding: br\r\n", b"flags"),
        Err("the document is packed as `br`"),
    ),
    (
        "a web page",
        |stream| {
            respond(
                stream,
                "200 OK",
                "Content-Type: text/html; charset=utf-8\r\n",
                b"flags",
            );
        },
        Err("the server answered with a web page"),
    ),
    (
        "nothing",
        |stream| respond(stream, "204 No Content", "", b""),
        Err("the server answered 204"),
    ),
    (
        "a part",
        |stream| respond(stream, "206 Partial Content", "", b"flags"),
        Err("the server answered 206"),
    ),
    (
        "unknown",
        |stream| respond(stream, "404 Not Found", "", b"x"),
        Err("the server answered 404: there is no document"),
    ),
    (
        "unasked",
        |stream| respond(stream, "304 Not Modified", "", b""),
        Err("the server answered 304"),
    ),
    (
        "no HTTP",
        |stream| {
            let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
        },
        Err("what came is no HTTP"),
    ),
    (
        "a head without end",
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream
                .write_all(b"X-More: and more and more and more\r\n")
                .is_ok()
            {}
        },
        Err("what came is no HTTP"),
    ),
];

#[test]
fn an_answer_is_a_whole_document_or_a_failure_that_says_why() {
    for &(what, answer, expected) in ANSWERS {
        let server = Server::new(move |_, stream| answer(stream));
        let running = Running::start(hurried(&server.url("/")));
        let delivered = running.until(what, |delivered| {
            delivered.documents.len() + delivered.reports.len() > 0
        });
        match expected {
            Ok(document) => assert_eq!(delivered.documents[0], document, "{what}"),
            Err(report) => {
                assert!(
                    delivered.reports[0].starts_with(report),
                    "{what}: {:?}",
                    delivered.reports
                );
                assert!(delivered.documents.is_empty(), "{what}");
            }
        }
    }
}

#[test]
fn redirects_are_followed_to_a_bound_and_take_no_credentials_elsewhere() {
    let document = |asked: &Asked, stream: &mut TcpStream| {
        respond(stream, "200 OK", "", asked.path.as_bytes());
    };
    let elsewhere = Server::new(document);
    let away = elsewhere.url("/away");
    let server = Server::new(move |asked, stream| {
        let to = |location: &str| format!("Location: {location}\r\n");
        let hops = asked
            .path
            .strip_prefix("/hop")
            .and_then(|hops| hops.parse::<u32>().ok());
        match (asked.path.as_str(), hops) {
            ("/relative", _) => respond(stream, "301 Moved", &to("a/../here?x=1#y"), b""),
            ("/away", _) => respond(stream, "307 Temporary", &to(&away), b""),
            ("/nowhere", _) => respond(stream, "302 Found", "", b""),
            ("/file", _) => respond(stream, "302 Found", &to("file:///etc/passwd"), b""),
            (_, Some(0)) => document(asked, stream),
            (_, Some(hops)) => respond(
                stream,
                "308 Permanent",
                &to(&format!("/hop{}", hops - 1)),
                b"",
            ),
            _ => document(asked, stream),
        }
    });
    for (path, expected) in [
        ("/relative", Ok("/here?x=1")),
        ("/away", Ok("/away")),
        ("/hop5", Ok("/hop0")),
        ("/hop6", Err("the server redirects more than 5 times")),
        (
            "/nowhere",
            Err("the server redirects, and doesn't say where to"),
        ),
        ("/file", Err("the server redirects to no URL of a document")),
    ] {
        let before = server.asked().len();
        // Cargo sets the variable for tests.
        let source = hurried(&server.url(path)).bearer_from_env("CARGO_PKG_NAME");
        let source = source.header_from_env("X-Key", "CARGO_PKG_VERSION");
        source.check().unwrap();
        let running = Running::start(source);
        let delivered = running.until(path, |delivered| {
            delivered.documents.len() + delivered.reports.len() > 0
        });
        match expected {
            Ok(document) => assert_eq!(delivered.documents[0], document, "{path}"),
            Err(report) => assert!(
                delivered.reports[0].starts_with(report),
                "{:?}",
                delivered.reports
            ),
        }
        drop(delivered);
        for asked in &server.asked()[before..] {
            assert_eq!(
                asked.header("authorization"),
                Some("Bearer flagstone"),
                "{path}"
            );
            assert!(asked.header("x-key").is_some(), "{path}");
        }
    }
    for asked in elsewhere.asked() {
        assert_eq!(
            (asked.header("authorization"), asked.header("x-key")),
            (None, None)
        );
    }
}

#[test]
fn settings_out_of_bounds_are_taken_for_the_nearest() {
    let server = Server::new(|_, stream| respond(stream, "200 OK", "", b"flags"));
    for bound in [Duration::ZERO, Duration::MAX] {
        let source = Http::new(server.url("/")).poll_every(bound);
        let source = source.connect_timeout(bound).silence_timeout(bound);
        let running = Running::start(source);
        // A millisecond may be too short even on one machine; what counts is that it goes on.
        let happened = |delivered: &http_server::Delivered| {
            delivered.documents.len() + delivered.reports.len() > 0
        };
        drop(running.until("a look", happened));
    }
}

#[test]
fn a_user_in_the_url_is_sent_and_not_shown() {
    let server = Server::new(|_, stream| respond(stream, "500 Oh", "", b""));
    let url = format!("http://me:hush@{}/flags?token=hush", server.address);
    let source = hurried(&url);
    let shown = format!("{source:?} {}", flagstone::Source::name(&source));
    let running = Running::start(source);
    let delivered = running.until("the failure", |delivered| !delivered.reports.is_empty());
    let shown = format!("{shown} {:?}", delivered.reports);
    assert!(
        shown.contains("/flags") && !shown.contains("hush") && !shown.contains("token"),
        "{shown}"
    );
    let asked = &server.asked()[0];
    assert_eq!(asked.header("authorization"), Some("Basic bWU6aHVzaA=="));
    assert_eq!(asked.path, "/flags?token=hush");
}

#[test]
fn with_wrong_settings_nothing_is_asked() {
    let server = Server::new(|_, stream| respond(stream, "200 OK", "", b"flags"));
    let url = server.url("/");
    for (source, expected) in [
        (
            Http::new("flags.example"),
            "the URL of the flags is wrong: it begins with neither",
        ),
        (
            hurried(&url).bearer_from_env("FLAGSTONE_NO_SUCH"),
            "the environment variable FLAGSTONE_NO_SUCH isn't set",
        ),
        (
            hurried(&url).header_from_env("Host", "CARGO_PKG_NAME"),
            "`Host` is no header that can be added",
        ),
        (
            hurried(&url).roots("nothing"),
            "the root certificates can't be read: there is no certificate",
        ),
        (
            hurried(&url).roots("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
            "the root certificates can't be read",
        ),
    ] {
        let error = source.check().unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
        let running = Running::start(source);
        let delivered = running.until("the report", |delivered| !delivered.reports.is_empty());
        assert_eq!(delivered.reports, [error]);
    }
    assert!(server.asked().is_empty());
}
