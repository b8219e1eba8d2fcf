//! Following a file, however it is written.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test's own functions need is there, or the test fails"
)]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use flagstone::Origin;

include!("flags/mod.rs");

#[allow(dead_code, unreachable_pub, reason = "not every test uses everything")]
mod directory;

use directory::{Directory, HOUR, document, in_place, wait_for};
use flags::{Flags, Schema};

/// How a file is laid out, and how it is written.
struct Way {
    name: &'static str,
    /// Where the file is found.
    path: &'static str,
    write: fn(&Path, &str),
}

fn in_two_parts(directory: &Path, text: &str) {
    use io::Write;
    let mut file = fs::File::create(directory.join("flags.yaml")).expect("made");
    let (first, second) = text.split_at(text.len() / 2);
    file.write_all(first.as_bytes()).expect("written");
    file.sync_all().expect("written out");
    file.write_all(second.as_bytes()).expect("written");
}

fn renamed_over(directory: &Path, text: &str) {
    let new = directory.join("flags.yaml.new");
    fs::write(&new, text).expect("written");
    fs::rename(new, directory.join("flags.yaml")).expect("renamed");
}

fn deleted_and_restored(directory: &Path, text: &str) {
    let path = directory.join("flags.yaml");
    let _ = fs::remove_file(&path);
    fs::write(path, text).expect("written");
}

/// As Kubernetes mounts a `ConfigMap`: the file is a link into `..data`, a link that is swapped.
#[cfg(unix)]
fn data_swapped(directory: &Path, text: &str) {
    use std::os::unix::fs::symlink;
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let version = format!("..{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let data = directory.join("..data");
    let old = fs::read_link(&data).ok();
    fs::create_dir(directory.join(&version)).expect("made");
    fs::write(directory.join(&version).join("flags.yaml"), text).expect("written");
    symlink(&version, directory.join("..data_tmp")).expect("linked");
    fs::rename(directory.join("..data_tmp"), data).expect("swapped");
    if !directory.join("flags.yaml").exists() {
        symlink("..data/flags.yaml", directory.join("flags.yaml")).expect("linked");
    }
    if let Some(old) = old {
        fs::remove_dir_all(directory.join(old)).expect("removed");
    }
}

/// As deployments do it: the directory on the way to the file is a link that is swapped, and the old one stays.
#[cfg(unix)]
fn release_swapped(directory: &Path, text: &str) {
    use std::os::unix::fs::symlink;
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let release = directory.join(format!("release-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir(&release).expect("made");
    fs::write(release.join("flags.yaml"), text).expect("written");
    symlink(release, directory.join("next")).expect("linked");
    fs::rename(directory.join("next"), directory.join("current")).expect("swapped");
}

#[test]
fn whatever_is_written_takes_effect_however_it_is_written() {
    let way = |name, path, write| Way { name, path, write };
    let ways = [
        way("in place", "flags.yaml", in_place as fn(&Path, &str)),
        way("in two parts", "flags.yaml", in_two_parts),
        way("renamed over", "flags.yaml", renamed_over),
        way("deleted and restored", "flags.yaml", deleted_and_restored),
        #[cfg(unix)]
        way("..data swapped", "flags.yaml", data_swapped),
        #[cfg(unix)]
        way("release swapped", "current/flags.yaml", release_swapped),
    ];
    for Way { name, path, write } in ways {
        let directory = Directory::new();
        write(&directory.0, &document(false));
        let file = directory.0.join(path);
        // Nothing is polled, so events alone must do.
        let live = flags::live().file(&file).poll_every(HOUR).start();
        let _live = live.expect("it starts");
        assert!(!Flags::NEW_DASHBOARD.is_enabled(), "{name}");
        for on in [true, false, true, false] {
            write(&directory.0, &document(on));
            wait_for::<Schema>(name, |_| Flags::NEW_DASHBOARD.is_enabled() == on);
        }
        let status = flags::status();
        assert_eq!(status.origin, Origin::File(file), "{name}");
        assert!(status.last_error.is_none(), "{name}: {status:#?}");
        assert!(status.is_live, "{name}");
    }
    assert!(!flags::status().is_live);
}
