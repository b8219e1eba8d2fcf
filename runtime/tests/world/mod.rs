// A world that a test holds in its hand: time, files, and a source.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use flagstone::{Alarm, Changed, Clock, Feed, Files, Source, Timestamp, Wake, Watch};

/// As good as for ever.
const AGES: Duration = Duration::from_hours(1000);

/// A clock that stands still until the test moves it. Threads that wait by it are waited for, so that whatever is
/// due at a moment has happened when the next one comes.
#[derive(Debug, Clone, Default)]
pub struct Simulated(Arc<(Mutex<Time>, Condvar)>);

#[derive(Debug, Default)]
struct Time {
    elapsed: Duration,
    /// How far the time of day was set forwards, in milliseconds.
    jumped: i64,
    /// Who waits, and until when.
    waiting: BTreeMap<u64, (Alarm, Duration)>,
    waited: u64,
}

impl Simulated {
    /// Lets time go by, with so many threads that wait by this clock.
    pub fn advance(&self, by: Duration, threads: usize) {
        let end = self.0.0.lock().unwrap().elapsed + by;
        loop {
            let mut time = self.settled(threads);
            let next = time.waiting.values().map(|(_, until)| *until).min();
            let Some(next) = next.filter(|next| *next <= end) else {
                time.elapsed = end;
                return;
            };
            time.elapsed = time.elapsed.max(next);
            let now = time.elapsed;
            let due = time.waiting.extract_if(.., |_, (_, until)| *until <= now);
            for (_, (alarm, _)) in due {
                alarm.wake();
            }
        }
    }

    /// Waits until all these threads wait, and none of them is about to go on.
    pub fn settle(&self, threads: usize) {
        drop(self.settled(threads));
    }

    fn settled(&self, threads: usize) -> std::sync::MutexGuard<'_, Time> {
        let (time, changed) = &*self.0;
        let is_busy = |time: &mut Time| {
            let mut alarms = time.waiting.values();
            time.waiting.len() < threads || alarms.any(|(alarm, _)| alarm.is_rung())
        };
        let guard = time.lock().unwrap();
        changed.wait_while(guard, is_busy).unwrap()
    }

    /// Sets the time of day, as an administrator does. What went by stays what it is.
    pub fn jump(&self, milliseconds: i64) {
        self.0.0.lock().unwrap().jumped += milliseconds;
    }
}

impl Clock for Simulated {
    fn now(&self) -> Timestamp {
        let time = self.0.0.lock().unwrap();
        let elapsed = i64::try_from(time.elapsed.as_millis()).unwrap();
        Timestamp::from_milliseconds(1_800_000_000_000 + elapsed + time.jumped)
    }

    fn elapsed(&self) -> Duration {
        self.0.0.lock().unwrap().elapsed
    }

    fn wait(&self, alarm: &Alarm, at_most: Duration) {
        let (time, changed) = &*self.0;
        let id = {
            let mut time = time.lock().unwrap();
            time.waited += 1;
            let (id, until) = (time.waited, time.elapsed.saturating_add(at_most));
            time.waiting.insert(id, (alarm.clone(), until));
            id
        };
        changed.notify_all();
        alarm.wait(AGES);
        time.lock().unwrap().waiting.remove(&id);
        changed.notify_all();
    }
}

/// Files in memory, which fail as the test likes.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<Drawer>>);

#[derive(Debug, Default)]
struct Drawer {
    files: BTreeMap<PathBuf, Vec<u8>>,
    watchers: Vec<Changed>,
    /// Why nothing can be written.
    full: Option<io::ErrorKind>,
    /// How often something was written.
    written: u64,
}

impl Memory {
    pub fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0
            .lock()
            .unwrap()
            .files
            .insert(path.into(), bytes.into());
    }

    pub fn remove(&self, path: &str) {
        self.0.lock().unwrap().files.remove(Path::new(path));
    }

    /// Says that something may have changed.
    pub fn notify(&self) {
        for watcher in &self.0.lock().unwrap().watchers {
            watcher.notify();
        }
    }

    pub fn fail_writing(&self, why: Option<io::ErrorKind>) {
        self.0.lock().unwrap().full = why;
    }

    pub fn written(&self) -> u64 {
        self.0.lock().unwrap().written
    }

    /// The files in a folder.
    pub fn folder(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = self.0.lock().unwrap().files.clone();
        let mut files = files;
        files.retain(|path, _| path.starts_with(folder));
        files
    }
}

impl Files for Memory {
    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        let drawer = self.0.lock().unwrap();
        let bytes = drawer.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(bytes.iter().copied().take(limit + 1).collect())
    }

    fn watch(&self, _: &Path, changed: Changed) -> Option<Box<dyn Watch>> {
        self.0.lock().unwrap().watchers.push(changed);
        None
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut drawer = self.0.lock().unwrap();
        if let Some(why) = drawer.full {
            return Err(why.into());
        }
        drawer.files.insert(path.to_owned(), bytes.to_vec());
        drawer.written += 1;
        Ok(())
    }
}

/// What a source does next.
#[derive(Debug, Clone)]
pub enum Step {
    Offer(String),
    Unchanged,
    Fail(&'static str),
    Panic,
    Return,
    /// Neither answers nor hears anything until the gate is opened, then offers.
    Hang(Arc<Gate>, String),
}

/// Something to wait at.
#[derive(Debug, Default)]
pub struct Gate(Mutex<bool>, Condvar);

impl Gate {
    pub fn open(&self) {
        *self.0.lock().unwrap() = true;
        self.1.notify_all();
    }

    fn pass(&self) {
        let open = self.0.lock().unwrap();
        drop(self.1.wait_while(open, |open| !*open).unwrap());
    }
}

/// A source that does what it is told when it is asked to look.
#[derive(Debug, Clone)]
pub struct Scripted {
    name: &'static str,
    steps: Arc<Mutex<VecDeque<Step>>>,
}

impl Scripted {
    pub fn new(name: &'static str, first: impl IntoIterator<Item = Step>) -> Self {
        Self {
            name,
            steps: Arc::new(Mutex::new(first.into_iter().collect())),
        }
    }

    pub fn then(&self, step: Step) {
        self.steps.lock().unwrap().push_back(step);
    }

    /// Does all that it was told; says whether it goes on.
    fn act(&self, feed: &Feed) -> bool {
        loop {
            let Some(step) = self.steps.lock().unwrap().pop_front() else {
                return true;
            };
            match step {
                // What is wrong is in the status.
                Step::Offer(text) => drop(feed.offer(text.as_bytes())),
                Step::Unchanged => feed.unchanged(),
                Step::Fail(report) => feed.failed(report),
                Step::Panic => panic!("a source that panics"),
                Step::Return => return false,
                Step::Hang(gate, text) => {
                    gate.pass();
                    drop(feed.offer(text.as_bytes()));
                }
            }
        }
    }
}

impl Source for Scripted {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn follow(&mut self, feed: &Feed) {
        while self.act(feed) {
            if feed.wait(Duration::from_hours(1)) == Wake::Stop {
                return;
            }
        }
    }
}
