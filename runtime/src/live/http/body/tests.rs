use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const LONG: Duration = Duration::from_mins(1);

fn reply(headers: &[(&str, &str)], body: impl Read + Send + 'static) -> HttpReply {
    let header = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    HttpReply {
        status: 200,
        headers: headers.iter().map(header).collect(),
        body: Box::new(body),
        hang_up: Box::new(|| {}),
    }
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// What reading comes to: the number of bytes, or the error's first words.
fn outcome(reply: HttpReply, longest: Duration) -> String {
    match read_document(reply, longest) {
        Ok(document) => document.len().to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_body_is_read_whole_or_refused_with_the_reason() {
    let length = ("content-length", "5");
    let gzip = ("content-encoding", "gzip");
    let packed = packed(b"hello");
    let cut = packed[..packed.len() - 1].to_vec();
    let mut bad = packed.clone();
    bad[packed.len() - 5] ^= 1;
    let twice = [packed.clone(), packed.clone()].concat();
    for (headers, body, expected) in [
        (vec![length], b"hello".to_vec(), "5"),
        (
            vec![("transfer-encoding", "Chunked")],
            b"hello".to_vec(),
            "5",
        ),
        (
            vec![length, ("content-encoding", "identity")],
            b"hello".to_vec(),
            "5",
        ),
        (vec![gzip], packed.clone(), "5"),
        (vec![("Content-Encoding", "X-GZIP")], twice, "10"),
        (vec![gzip], cut, "the connection broke"),
        (vec![gzip], bad, "the document can't be unpacked"),
        (
            vec![gzip, length],
            b"version: 1, not packed".to_vec(),
            "the document can't be unpacked",
        ),
        (
            vec![length, ("content-encoding", "br")],
            b"hello".to_vec(),
            "the document is packed as `br`",
        ),
        (
            vec![],
            b"hello".to_vec(),
            "nothing says where the document ends",
        ),
        (
            vec![("content-length", "x")],
            b"hello".to_vec(),
            "nothing says",
        ),
    ] {
        let headers_text = format!("{headers:?}");
        let outcome = outcome(reply(&headers, io::Cursor::new(body)), LONG);
        assert!(outcome.starts_with(expected), "{headers_text}: {outcome}");
    }
}

#[test]
fn the_limit_holds_both_ways() {
    let exactly = DOCUMENT_BYTES as u64;
    let chunked = [("transfer-encoding", "chunked")];
    let bytes = |count| io::repeat(b'#').take(count);
    assert_eq!(
        outcome(reply(&chunked, bytes(exactly)), LONG),
        exactly.to_string()
    );
    let too_large = "the document has more than 16777216 bytes";
    for (what, reply) in [
        ("one too many", reply(&chunked, bytes(exactly + 1))),
        ("without end", reply(&chunked, io::repeat(b'#'))),
        (
            "announced",
            reply(&[("content-length", "16777217")], bytes(exactly + 1)),
        ),
        // Announced so, and nothing is read.
        (
            "huge",
            reply(&[("content-length", "18446744073709551615")], Never),
        ),
        (
            "a bomb",
            reply(
                &[("content-encoding", "gzip")],
                io::Cursor::new(packed(&vec![b' '; DOCUMENT_BYTES + 1])),
            ),
        ),
        (
            "packed without end",
            reply(&[("content-encoding", "gzip")], Forever::new()),
        ),
    ] {
        let outcome = outcome(reply, LONG);
        assert!(outcome.starts_with(too_large), "{what}: {outcome}");
    }
}

/// A body that must not be read.
struct Never;

impl Read for Never {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("it was read")
    }
}

/// A gzip stream of empty blocks, which never comes to a byte.
struct Forever(Box<dyn Read + Send>);

impl Forever {
    fn new() -> Self {
        let header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
        Self(Box::new(io::Cursor::new(header).chain(EmptyBlocks(0))))
    }
}

impl Read for Forever {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

struct EmptyBlocks(usize);

impl Read for EmptyBlocks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = [0, 0, 0, 0xFF, 0xFF][self.0 % 5];
            self.0 += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn what_trickles_or_falls_silent_ends_in_time() {
    let longest = Duration::from_millis(20);
    let start = Instant::now();
    for (what, body, expected) in [
        (
            "a byte at a time",
            Box::new(Trickle(b"#")) as Box<dyn Read + Send>,
            "the document took too long",
        ),
        ("silence", Box::new(Silence), "the server fell silent"),
    ] {
        let outcome = outcome(reply(&[("content-length", "9999")], body), longest);
        assert!(outcome.starts_with(expected), "{what}: {outcome}");
    }
    // Empty blocks that trickle never come to a byte either.
    let blocks = Forever(Box::new(Forever::new().chain(Trickle(b"\0"))));
    let slow = reply(&[("content-encoding", "gzip")], Slow(blocks));
    assert!(outcome(slow, longest).starts_with("the document took too long"));
    assert!(start.elapsed() < Duration::from_secs(10));
}

struct Trickle(&'static [u8]);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        std::thread::sleep(Duration::from_millis(1));
        self.0.take(1).read(buffer)
    }
}

struct Silence;

impl Read for Silence {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::TimedOut.into())
    }
}

struct Slow(Forever);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        std::thread::sleep(Duration::from_millis(1));
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}
