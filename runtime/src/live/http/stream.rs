//! Reading a stream of documents for as long as it lasts.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io::{self, Read};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use super::body::{Coding, Metered};
use super::events::{Events, TooLarge};
use super::exchange::STREAM_LIFE;
use super::network::HttpReply;
use super::schedule::Outcome;
use crate::live::source::{Feed, Wake};

/// A stream that brings more, packed or unpacked, is ended; who floods is asked again at the pace of failures.
const STREAM_BYTES: usize = 256 * 1024 * 1024;
/// How long it takes at the most until a stream that is read notices that it should end.
const ATTENTION: Duration = Duration::from_millis(50);
/// How often a heartbeat is worth telling.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How a stream went.
pub(super) struct Ended {
    pub(super) outcome: Outcome,
    /// What ended it.
    pub(super) why: String,
    pub(super) last_id: Option<String>,
    /// Whether the newest document was taken; `None` where none ever came.
    pub(super) taken: Option<bool>,
}

/// Offers what a stream brings until it ends, breaks, or the program wants something else.
pub(super) fn follow(
    reply: HttpReply,
    last_id: Option<String>,
    taken: Option<bool>,
    feed: &Feed,
) -> Ended {
    let mut stream = Stream {
        events: Events::after(last_id),
        began: Instant::now(),
        told: None,
        taken,
        left: STREAM_BYTES,
    };
    let coding = Coding::of(&reply);
    let watchman = Watchman::over(reply.hang_up, feed);
    let why = match coding {
        Ok(coding) => {
            let packed = Metered::new(reply.body, STREAM_LIFE, STREAM_BYTES);
            stream.read(coding.unpack(packed), feed)
        }
        Err(error) => End::Wrong(error.to_string()),
    };
    let (lasted, why) = match why {
        End::Over(why) => (stream.began.elapsed(), why),
        // What is wrong doesn't get right by lasting.
        End::Wrong(why) => (Duration::ZERO, why),
    };
    if watchman.dismiss() || feed.is_stopped() {
        return stream.ended(Outcome::Interrupted, why);
    }
    let asked = stream.events.retry;
    stream.ended(Outcome::StreamEnded { lasted, asked }, why)
}

/// Why reading ended.
enum End {
    /// As every stream ends some day, sooner or later.
    Over(String),
    /// What came isn't what a stream may bring.
    Wrong(String),
}

struct Stream {
    events: Events,
    began: Instant,
    /// When the feed heard last that all is well.
    told: Option<Instant>,
    taken: Option<bool>,
    left: usize,
}

impl Stream {
    /// Reads to the end, and says what that was.
    fn read(&mut self, mut body: Box<dyn Read + Send>, feed: &Feed) -> End {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let count = match body.read(&mut buffer) {
                Ok(0) => return End::Over("the stream of events ended".to_owned()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return End::Over(told(&error)),
            };
            let Some(left) = self.left.checked_sub(count) else {
                let why = format!("the stream of events brought more than {STREAM_BYTES} bytes");
                return End::Wrong(why);
            };
            self.left = left;
            let piece = buffer.get(..count).unwrap_or_default();
            if let Err(error) = self.take(piece, feed) {
                return End::Wrong(error.to_string());
            }
            if feed.is_stopped() {
                return End::Over("the program stopped".to_owned());
            }
        }
    }

    fn take(&mut self, piece: &[u8], feed: &Feed) -> Result<(), TooLarge> {
        let mut newest = None;
        let offer = |document: &[u8]| newest = Some(feed.offer(document).is_ok());
        self.events.push(piece, offer)?;
        if newest.is_some() {
            self.taken = newest;
            self.told = Some(Instant::now());
        }
        let is_due = self.told.is_none_or(|told| told.elapsed() >= HEARTBEAT);
        if self.taken == Some(true) && is_due {
            feed.unchanged();
            self.told = Some(Instant::now());
        }
        Ok(())
    }

    fn ended(self, outcome: Outcome, why: String) -> Ended {
        Ended {
            outcome,
            why,
            last_id: self.events.last_id,
            taken: self.taken,
        }
    }
}

fn told(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::TimedOut {
        return "the stream of events fell silent; a server is to send a comment every 15 s"
            .to_owned();
    }
    format!("the stream of events broke: {error}")
}

/// Waits in place of the thread that reads, and hangs up when the program wants something.
struct Watchman {
    is_over: Arc<AtomicBool>,
    /// Gives whether something was wanted. There is none if the system starts no thread; the stream is then left at the
    /// next byte or by its silence.
    thread: Option<JoinHandle<bool>>,
}

impl Watchman {
    fn over(hang_up: Box<dyn FnOnce() + Send>, feed: &Feed) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, feed) = (Arc::clone(&is_over), feed.clone());
        let watch = move || {
            while !over.load(Ordering::Acquire) {
                if feed.wait(ATTENTION) != Wake::Elapsed {
                    hang_up();
                    return true;
                }
            }
            false
        };
        let builder = std::thread::Builder::new().name("flagstone-http".to_owned());
        Self {
            is_over,
            thread: builder.spawn(watch).ok(),
        }
    }

    /// Ends the watch. Says whether something was wanted meanwhile.
    fn dismiss(self) -> bool {
        self.is_over.store(true, Ordering::Release);
        self.thread
            .is_some_and(|thread| thread.join().unwrap_or(false))
    }
}
