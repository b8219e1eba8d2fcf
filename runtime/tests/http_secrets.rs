//! What a program may keep to itself stays out of the log.

#![expect(
    clippy::unwrap_used,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::sync::Mutex;

use flagstone::Http;

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod http_server;

use http_server::{Running, Server, respond};

/// Keeps what is logged in this process, by whatever crate.
struct Keeper(Mutex<Vec<String>>);

static KEEPER: Keeper = Keeper(Mutex::new(Vec::new()));

impl log::Log for Keeper {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{}: {}", record.target(), record.args());
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

#[test]
fn secrets_are_in_no_log() {
    log::set_logger(&KEEPER).unwrap();
    log::set_max_level(log::LevelFilter::Debug);
    let server = Server::new(|asked, stream| match asked.number % 3 {
        0 => respond(stream, "302 Found", "Location: /next?token=hush\r\n", b""),
        1 => respond(stream, "500 Oh", "", b""),
        _ => respond(stream, "200 OK", "", b"flags"),
    });
    let url = format!("http://me:hush@{}/flags.yaml?token=hush", server.address);
    // Cargo sets the variable for tests.
    let source = Http::new(url)
        .hurried(1_000)
        .header_from_env("X-Key", "CARGO_PKG_NAME");
    let running = Running::start(source);
    drop(running.until("the document", |delivered| !delivered.documents.is_empty()));
    running.stop();
    let asked = server.asked();
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("x-key") == Some("flagstone"))
    );
    let lines = KEEPER.0.lock().unwrap();
    assert!(
        lines.iter().any(|line| line.starts_with("ureq")),
        "{lines:#?}"
    );
    for line in &*lines {
        let is_clean = !line.contains("hush") && !line.contains("\"flagstone\"");
        assert!(is_clean, "{line}");
    }
}
