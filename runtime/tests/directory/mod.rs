// What the tests share that follow files: a directory, and waiting for something that is to happen soon.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use flagstone::{Schema, Status};

/// So long that nothing is polled in a test.
pub const HOUR: Duration = Duration::from_hours(1);

/// The document with the dashboard on or off.
pub fn document(on: bool) -> String {
    let serve = if on { "on" } else { "off" };
    crate::flags::DOCUMENT.replace(
        "new_dashboard:",
        &format!("new_dashboard:\n    serve: {serve}"),
    )
}

/// A directory that goes with the test.
pub struct Directory(pub PathBuf);

impl Directory {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("flagstone-live-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Waits for something that is to happen soon.
#[track_caller]
pub fn wait_for<S: Schema>(what: &str, mut happens: impl FnMut(&Status) -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    let status = || S::set().status();
    while !happens(&status()) {
        assert!(
            Instant::now() < end,
            "{what} didn't happen: {:#?}",
            status()
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Writes the document into the file that is there.
pub fn in_place(directory: &Path, text: &str) {
    fs::write(directory.join("flags.yaml"), text).expect("written");
}
