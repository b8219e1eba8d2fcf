// A web server on this machine that does what a test says, and something that a source can deliver to.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use flagstone::{Error, Feed, Http, Intake, Source, Timestamp, Wake};

/// What a client asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How many requests came before it.
    pub number: usize,
    pub path: String,
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(given, _)| given.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    pub fn wants_stream(&self) -> bool {
        self.header("accept")
            .is_some_and(|accept| accept.contains("text/event-stream"))
    }
}

/// A server that closes each connection after one answer.
pub struct Server {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    pub fn new(answer: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            is_over: Arc::default(),
        };
        let (asked, is_over) = (Arc::clone(&server.asked), Arc::clone(&server.is_over));
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Acquire) {
                    return;
                }
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream.unwrap(), &asked, &*answer));
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, all: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked, &mut TcpStream)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut next = || lines.next().and_then(Result::ok);
    let Some(first) = next() else { return };
    let mut headers = Vec::new();
    while let Some(line) = next().filter(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    let asked = {
        let mut all = all.lock().unwrap();
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let asked = Asked {
            number: all.len(),
            path,
            headers,
        };
        all.push(asked.clone());
        asked
    };
    answer(&asked, &mut stream);
}

/// Sends an answer whose length is said. A client that went away is no mistake of the test's.
pub fn respond(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}

/// Begins a stream of events.
pub fn begin_stream(stream: &mut TcpStream) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    let _ = stream.write_all(head.as_bytes());
}

/// Waits until the client closes the connection, but no longer than a test may take.
pub fn until_closed(stream: &TcpStream) {
    let patience = Some(Duration::from_secs(30));
    stream.set_read_timeout(patience).unwrap();
    let mut byte = [0];
    let mut stream = stream;
    let _ = std::io::Read::read(&mut stream, &mut byte);
}

/// What a source delivered.
#[derive(Debug, Default)]
pub struct Delivered {
    pub documents: Vec<String>,
    pub unchanged: usize,
    pub reports: Vec<String>,
    wake: Option<Wake>,
}

/// A source at work, without flags. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    desk: Desk,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Clone, Default)]
struct Desk(Arc<(Mutex<Delivered>, Condvar)>);

impl Running {
    pub fn start(mut source: Http) -> Self {
        let desk = Desk::default();
        let feed = Feed::to(desk.clone());
        let thread = std::thread::spawn(move || source.follow(&feed));
        Self {
            desk,
            thread: Some(thread),
        }
    }

    /// Waits for something that is to happen soon.
    #[track_caller]
    pub fn until(
        &self,
        what: &str,
        happens: impl Fn(&Delivered) -> bool,
    ) -> MutexGuard<'_, Delivered> {
        let (delivered, changed) = &*self.desk.0;
        let patience = Duration::from_secs(20);
        let waiting =
            changed.wait_timeout_while(delivered.lock().unwrap(), patience, |delivered| {
                !happens(delivered)
            });
        let (delivered, timeout) = waiting.unwrap();
        assert!(!timeout.timed_out(), "{what} didn't happen: {delivered:#?}");
        delivered
    }

    pub fn reload(&self) {
        self.desk.wake(Wake::Reload);
    }

    /// Stops the source, and says how long that took.
    pub fn stop(mut self) -> Duration {
        self.end()
    }

    fn end(&mut self) -> Duration {
        let start = Instant::now();
        self.desk.wake(Wake::Stop);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
        start.elapsed()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.end();
        }
    }
}

impl Desk {
    fn wake(&self, wake: Wake) {
        self.change(|delivered| delivered.wake = Some(wake));
    }

    fn change(&self, change: impl FnOnce(&mut Delivered)) {
        change(&mut self.0.0.lock().unwrap());
        self.0.1.notify_all();
    }
}

impl Intake for Desk {
    fn offer(&self, document: &[u8]) -> Result<(), Error> {
        let document = String::from_utf8(document.to_vec()).unwrap();
        let is_bad = document.contains("bad");
        self.change(|delivered| delivered.documents.push(document));
        if is_bad {
            let (document, report) = ("flags.yaml".to_owned(), "it is bad".to_owned());
            return Err(Error::Refused { document, report });
        }
        Ok(())
    }

    fn unchanged(&self) {
        self.change(|delivered| delivered.unchanged += 1);
    }

    fn failed(&self, report: &str) {
        self.change(|delivered| delivered.reports.push(report.to_owned()));
    }

    fn wait(&self, at_most: Duration) -> Wake {
        let waiting = |delivered: &mut Delivered| delivered.wake.is_none();
        let delivered = self.0.0.lock().unwrap();
        let (mut delivered, _) = self
            .0
            .1
            .wait_timeout_while(delivered, at_most, waiting)
            .unwrap();
        match delivered.wake {
            None => Wake::Elapsed,
            // Who is told to stop stays told.
            Some(Wake::Stop) => Wake::Stop,
            Some(_) => delivered.wake.take().unwrap(),
        }
    }

    fn is_stopped(&self) -> bool {
        self.0.0.lock().unwrap().wake == Some(Wake::Stop)
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds(0)
    }
}
