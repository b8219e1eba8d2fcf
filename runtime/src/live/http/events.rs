//! Server-sent events, as the HTML standard has them, with bounds.

use core::fmt;
use core::time::Duration;

use flagstone_model::limits::DOCUMENT_BYTES;

/// The longest id that is sent back.
const ID_BYTES: usize = 1024;
/// A field's name, its colon and a space, beside what a document's line may have.
const LINE_BYTES: usize = DOCUMENT_BYTES + 64;

/// Takes a stream of events apart, however it is cut into pieces.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    data: Vec<u8>,
    kind: Kind,
    id: Option<String>,
    after_return: bool,
    begun: bool,
    /// What the server calls the newest event.
    pub(super) last_id: Option<String>,
    /// How long the server asks to wait before the next stream.
    pub(super) retry: Option<Duration>,
}

/// Whether an event is for us.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Document,
    Other,
}

/// An event has more bytes than a document may have.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an event has more than {DOCUMENT_BYTES} bytes, which is a document's limit"
        )
    }
}

impl Events {
    /// A stream that goes on after the event of this name.
    pub(super) fn after(last_id: Option<String>) -> Self {
        Self {
            id: last_id.clone(),
            last_id,
            ..Self::default()
        }
    }

    /// Takes in the next piece, and gives each document that is complete with it.
    pub(super) fn push(
        &mut self,
        piece: &[u8],
        mut document: impl FnMut(&[u8]),
    ) -> Result<(), TooLarge> {
        for part in piece.split_inclusive(|byte| matches!(byte, b'\r' | b'\n')) {
            let (text, end) = match part.split_last() {
                Some((end @ (b'\r' | b'\n'), text)) => (text, Some(*end)),
                _ => (part, None),
            };
            // The line feed of a pair that ended a line already.
            let was_return = core::mem::take(&mut self.after_return);
            if was_return && text.is_empty() && end == Some(b'\n') {
                continue;
            }
            if self.line.len() + text.len() > LINE_BYTES {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(text);
            let Some(end) = end else { continue };
            self.after_return = end == b'\r';
            let line = core::mem::take(&mut self.line);
            self.take(&line, &mut document)?;
            // The buffer is used again, unless it was for something large.
            if line.capacity() <= 64 * 1024 {
                self.line = line;
                self.line.clear();
            }
        }
        Ok(())
    }

    fn take(&mut self, line: &[u8], document: &mut impl FnMut(&[u8])) -> Result<(), TooLarge> {
        let is_first = !core::mem::replace(&mut self.begun, true);
        let line = match line.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) if is_first => rest,
            _ => line,
        };
        if line.is_empty() {
            self.dispatch(document);
            return Ok(());
        }
        let colon = line.iter().position(|&byte| byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => self.take_data(value)?,
            b"event" => {
                self.kind = match value {
                    b"" | b"message" | b"document" => Kind::Document,
                    _ => Kind::Other,
                };
            }
            b"id" if !value.contains(&0) => self.id = sendable(value),
            b"retry" => self.take_retry(value),
            // Comments, which have no name, are heartbeats; other fields are for others.
            _ => {}
        }
        Ok(())
    }

    fn take_data(&mut self, value: &[u8]) -> Result<(), TooLarge> {
        if self.kind == Kind::Document {
            if self.data.len() + value.len() > DOCUMENT_BYTES {
                return Err(TooLarge);
            }
            self.data.extend_from_slice(value);
            self.data.push(b'\n');
        }
        Ok(())
    }

    fn take_retry(&mut self, value: &[u8]) {
        let digits = core::str::from_utf8(value).unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let milliseconds = digits.parse().unwrap_or(u64::MAX);
            self.retry = Some(Duration::from_millis(milliseconds));
        }
    }

    /// An empty line ends an event.
    fn dispatch(&mut self, document: &mut impl FnMut(&[u8])) {
        let mut data = core::mem::take(&mut self.data);
        let kind = core::mem::take(&mut self.kind);
        data.pop();
        // Some servers send events without data to show that they are there.
        if kind == Kind::Document && !data.is_empty() {
            document(&data);
        }
        self.last_id.clone_from(&self.id);
    }
}

/// An id as a header can carry it. One that none can carry is as good as none.
fn sendable(id: &[u8]) -> Option<String> {
    let is_visible = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if id.is_empty() || id.len() > ID_BYTES || !id.iter().all(is_visible) {
        return None;
    }
    let id = core::str::from_utf8(id).ok()?;
    (id.trim() == id).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The documents in a stream, with what is known at its end.
    fn read(pieces: &[&[u8]]) -> (Vec<String>, Option<String>, Option<u64>) {
        let mut events = Events::default();
        let mut documents = Vec::new();
        for piece in pieces {
            let take =
                |document: &[u8]| documents.push(String::from_utf8(document.to_vec()).unwrap());
            events.push(piece, take).unwrap();
        }
        let retry = events
            .retry
            .map(|retry| u64::try_from(retry.as_millis()).unwrap());
        (documents, events.last_id, retry)
    }

    #[test]
    fn a_stream_is_taken_apart_the_same_however_it_is_cut() {
        for (stream, documents, id, retry) in [
            ("data: a\n\n", vec!["a"], None, None),
            (
                "data: a\ndata:b\ndata:  c\n\n",
                vec!["a\nb\n c"],
                None,
                None,
            ),
            (
                "data: a\r\ndata: b\r\n\r\ndata: c\r\r",
                vec!["a\nb", "c"],
                None,
                None,
            ),
            ("\u{FEFF}data: a\n\n", vec!["a"], None, None),
            (": still here\n\n:\n", vec![], None, None),
            (
                "event: document\ndata: a\n\nevent: message\ndata: b\n\n",
                vec!["a", "b"],
                None,
                None,
            ),
            (
                "event: other\ndata: a\n\ndata: b\n\n",
                vec!["b"],
                None,
                None,
            ),
            ("data: a\nevent: other\n\n", vec![], None, None),
            ("id: 7\ndata: a\n\n", vec!["a"], Some("7"), None),
            ("id: 7\n\n", vec![], Some("7"), None),
            (
                "id: 7\ndata: a\n\nid\ndata: b\n\n",
                vec!["a", "b"],
                None,
                None,
            ),
            (
                "id: 7\ndata: a\n\nid: a\0b\ndata: b\n\n",
                vec!["a", "b"],
                Some("7"),
                None,
            ),
            ("id: ü\ndata: a\n\n", vec!["a"], None, None),
            // What isn't ended by an empty line may be half of something.
            ("data: a\n\nid: 8\ndata: half", vec!["a"], None, None),
            (
                "id: 7\ndata: a\n\nid: 8\ndata: b\n",
                vec!["a"],
                Some("7"),
                None,
            ),
            ("retry: 1500\n\n", vec![], None, Some(1500)),
            ("retry: -1\nretry: x\nretry:\n\n", vec![], None, None),
            (
                "retry: 99999999999999999999999\n",
                vec![],
                None,
                Some(u64::MAX),
            ),
            ("data\n\ndata:\n\n", vec![], None, None),
            ("\n\n\n", vec![], None, None),
            ("datum: a\n\nDATA: b\n\n", vec![], None, None),
        ] {
            let whole = read(&[stream.as_bytes()]);
            let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
            assert_eq!(whole, read(&bytes), "{stream:?}");
            let documents: Vec<String> = documents.into_iter().map(str::to_owned).collect();
            assert_eq!(
                whole,
                (documents, id.map(str::to_owned), retry),
                "{stream:?}"
            );
        }
    }

    #[test]
    fn a_stream_goes_on_after_the_event_it_had() {
        let mut events = Events::after(Some("7".to_owned()));
        events.push(b": hello\n\n", |_| ()).unwrap();
        assert_eq!(events.last_id.as_deref(), Some("7"));
    }

    #[test]
    fn no_event_takes_more_room_than_a_document() {
        let line = vec![b'x'; 1024 * 1024];
        for (what, start, between, megabytes) in [
            ("one line", "data: ", "", 17),
            ("a comment", ": ", "", 17),
            ("a line of nothing known", "", "", 17),
            // Each line brings a line feed.
            ("many lines", "data: ", "\ndata: ", 16),
        ] {
            let mut events = Events::default();
            events.push(start.as_bytes(), |_| ()).unwrap();
            let mut pushed = 0;
            let error = loop {
                let piece = events
                    .push(&line, |_| ())
                    .and_then(|()| events.push(between.as_bytes(), |_| ()));
                pushed += 1;
                if let Err(error) = piece {
                    break error;
                }
            };
            assert_eq!((error, pushed), (TooLarge, megabytes), "{what}");
        }
    }
}
