//! What is done to the service, and what it has to answer then.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::victim::Victim;

type Outcome = Result<(), Box<dyn Error>>;

/// Where everything happens: a service, its file, and its cache.
struct Stage {
    folder: PathBuf,
    victim: Victim,
}

/// A fault: what is done, and what does it.
type Fault = (&'static str, fn(&mut Stage) -> Outcome);

const FAULTS: &[Fault] = &[
    (
        "no file and no cache: the document in the program answers",
        nothing,
    ),
    ("a file appears", |stage| stage.serves(101)),
    (
        "random bytes in the file: the last good state stays",
        |stage| stage.garbage(&noise()),
    ),
    ("an empty file", |stage| stage.garbage(b"")),
    ("a document that ends in the middle", |stage| {
        stage.garbage(b"version: 1\nflags:\n  page_size: {")
    }),
    ("a file of 17 MiB", |stage| {
        stage.garbage(&vec![b'#'; 17 << 20])
    }),
    ("100 000 opened brackets", |stage| {
        stage.garbage(&[b'['; 100_000])
    }),
    ("one flag is wrong: the other moves", one_wrong_flag),
    (
        "a kill in a document of which all else is wrong: it arrives",
        kill,
    ),
    ("the file is removed", removed),
    (
        "its directory is removed, and comes back",
        directory_removed,
    ),
    ("its directory can't be read (to root it can)", unreadable),
    (
        "the cache can't be written: a file is in its place",
        no_cache,
    ),
    (
        "the disk is full (where this user may mount one)",
        full_disk,
    ),
    ("killed, and the file is gone: the cache answers", killed),
    ("killed, and the cache is torn: it isn't believed", torn),
    ("killed 20 times while the file changes", killed_often),
];

pub(crate) fn all(out: &mut impl Write) -> Outcome {
    let folder = std::env::temp_dir().join(format!("flagstone-chaos-{}", std::process::id()));
    fs::create_dir_all(folder.join("config"))?;
    let victim = Victim::start(&folder)?;
    let mut stage = Stage { folder, victim };
    let mut outcome = Ok(());
    for (what, fault) in FAULTS {
        outcome = fault(&mut stage);
        let held = if outcome.is_ok() { "held  " } else { "FAILED" };
        writeln!(out, "{held}  {what}")?;
        if outcome.is_err() {
            break;
        }
    }
    writeln!(
        out,
        "{} questions were asked, and all were answered",
        stage.victim.answered
    )?;
    fs::remove_dir_all(&stage.folder)?;
    outcome
}

impl Stage {
    fn file(&self) -> PathBuf {
        self.folder.join("config/flags.yaml")
    }

    fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    fn write(&self, bytes: &[u8]) -> Outcome {
        Ok(fs::write(self.file(), bytes)?)
    }

    /// Writes a good document, which takes effect.
    fn serves(&mut self, page: u32) -> Outcome {
        self.write(document(page).as_bytes())?;
        self.victim.settles(&format!("{page} on from the file"))
    }

    /// Writes something that isn't a good document.
    fn garbage(&mut self, bytes: &[u8]) -> Outcome {
        self.serves(102)?;
        self.write(bytes)?;
        self.victim.settles("102 on from the file, stale")
    }
}

/// A document in which a page size says which one it is.
fn document(page: u32) -> String {
    format!(
        "version: 1
context: {{ targeting_key: user_id, attributes: {{ user_id: string }} }}
flags:
  page_size: {{ variants: {{ small: 20, medium: 40, large: {page} }}, baseline: medium, serve: large }}
  recommendations: {{ serve: on }}
"
    )
}

/// Bytes that look like nothing.
fn noise() -> Vec<u8> {
    let next = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    let numbers = std::iter::successors(Some(1_u64), next).take(10_000);
    numbers.flat_map(u64::to_le_bytes).collect()
}

fn nothing(stage: &mut Stage) -> Outcome {
    stage.victim.settles("40 on from the program, stale")
}

fn one_wrong_flag(stage: &mut Stage) -> Outcome {
    stage.serves(103)?;
    let wrong = document(104).replace("{ serve: on }", "{ sreve: off }");
    stage.write(wrong.as_bytes())?;
    stage.victim.settles("104 on from the file")
}

fn kill(stage: &mut Stage) -> Outcome {
    stage.serves(105)?;
    stage.write(
        b"version: 1\ncontext: 5\nflags: { page_size: 7, recommendations: { killed: true } }",
    )?;
    stage.victim.settles("105 off from the file, stale")
}

fn removed(stage: &mut Stage) -> Outcome {
    stage.serves(106)?;
    fs::remove_file(stage.file())?;
    stage.victim.settles("106 on from the file, stale")?;
    stage.serves(106)
}

fn directory_removed(stage: &mut Stage) -> Outcome {
    stage.serves(107)?;
    fs::remove_dir_all(stage.folder.join("config"))?;
    stage.victim.settles("107 on from the file, stale")?;
    fs::create_dir(stage.folder.join("config"))?;
    stage.serves(108)
}

#[cfg(unix)]
fn unreadable(stage: &mut Stage) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    stage.serves(109)?;
    let config = stage.folder.join("config");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o000))?;
    let is_root = fs::read(stage.file()).is_ok();
    let settled = stage.victim.settles(if is_root {
        "109 on from the file"
    } else {
        "109 on from the file, stale"
    });
    fs::set_permissions(&config, fs::Permissions::from_mode(0o755))?;
    settled?;
    stage.serves(110)
}

#[cfg(not(unix))]
fn unreadable(stage: &mut Stage) -> Outcome {
    stage.serves(110)
}

fn no_cache(stage: &mut Stage) -> Outcome {
    let aside = stage.folder.join("aside");
    fs::rename(stage.cache(), &aside)?;
    fs::write(stage.cache(), "in the way")?;
    stage.write(document(111).as_bytes())?;
    stage.victim.settles("111 on from the file, no cache")?;
    fs::remove_file(stage.cache())?;
    fs::rename(aside, stage.cache())?;
    stage.serves(112)
}

fn full_disk(stage: &mut Stage) -> Outcome {
    if !mount(&stage.cache()) {
        return stage.serves(113);
    }
    let filled = fs::write(stage.cache().join("filler"), vec![0; 1 << 20]);
    stage.write(document(114).as_bytes())?;
    let settled = stage.victim.settles("114 on from the file, no cache");
    Command::new("umount").arg(stage.cache()).status()?;
    settled?;
    if filled.is_ok() {
        return Err("the disk that was to be full isn't".into());
    }
    stage.serves(115)
}

/// Puts a disk of 16 KiB in the place of a folder; says whether that was allowed.
fn mount(folder: &Path) -> bool {
    let mut mount = Command::new("mount");
    mount
        .args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"])
        .arg(folder);
    mount.stderr(std::process::Stdio::null());
    mount.status().is_ok_and(|status| status.success())
}

fn killed(stage: &mut Stage) -> Outcome {
    stage.serves(116)?;
    stage.victim.killed()?;
    fs::remove_file(stage.file())?;
    stage.victim.revive()?;
    stage.victim.settles("116 on from the cache, stale")?;
    stage.serves(117)
}

fn torn(stage: &mut Stage) -> Outcome {
    stage.serves(118)?;
    stage.victim.killed()?;
    fs::remove_file(stage.file())?;
    for entry in fs::read_dir(stage.cache())? {
        let path = entry?.path();
        let bytes = fs::read(&path)?;
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        fs::write(&path, half)?;
    }
    stage.victim.revive()?;
    stage
        .victim
        .settles("40 on from the program, stale, no cache")?;
    stage.serves(119)
}

fn killed_often(stage: &mut Stage) -> Outcome {
    for page in 200..220 {
        stage.write(document(page).as_bytes())?;
        stage.victim.ask()?;
        stage.victim.kill()?;
        stage.victim.settles(&format!("{page} on from the file"))?;
    }
    Ok(())
}
