//! How many answers a second `flagstone evaluate --requests` gives, from a file into a file, on one core.
//!
//! `cargo bench -p flagstone-cli` writes a document of forty flags and a million requests into a temporary folder, and
//! prints the best of five runs beside the floor: copying the same bytes in and out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    // Cargo passes `--bench` where it is asked to measure, and not where it only runs every target once.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (requests, runs) = if measures { (1_000_000, 5) } else { (1000, 1) };
    let folder = Folder::new()?;
    fs::write(folder.file("flags.yaml"), document())?;
    fs::write(folder.file("requests.ndjson"), lines(requests))?;

    let evaluated = best(runs, || evaluate(&folder))?;
    let floor = best(runs, || copy(&folder))?;
    let answers = fs::read_to_string(folder.file("answers.ndjson"))?;
    assert_eq!(answers.lines().count(), requests, "a line for each request");

    let mut output = io::stdout().lock();
    for (what, time) in [("answers", evaluated), ("copied there and back", floor)] {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a million requests are far from 2^52"
        )]
        let rate = requests as f64 / time.as_secs_f64();
        writeln!(
            output,
            "{what}: {requests} in {time:.3?}: {rate:.0} a second"
        )?;
    }
    Ok(())
}

fn evaluate(folder: &Folder) -> Result<()> {
    let status = Command::new(env!("CARGO_BIN_EXE_flagstone"))
        .args(["evaluate", "--at", "2026-12-01T00:00:00Z", "--flags"])
        .arg(folder.file("flags.yaml"))
        .arg("--requests")
        .arg(folder.file("requests.ndjson"))
        .stdout(File::create(folder.file("answers.ndjson"))?)
        .status()?;
    assert!(status.success(), "every request is right");
    Ok(())
}

fn copy(folder: &Folder) -> Result<()> {
    for name in ["requests.ndjson", "answers.ndjson"] {
        let bytes = fs::read(folder.file(name))?;
        File::create(folder.file("copy"))?.write_all(&bytes)?;
    }
    Ok(())
}

fn best(runs: usize, run: impl Fn() -> Result<()>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// Forty flags: plain ones, rollouts, rules and experiments.
fn document() -> String {
    let mut text = String::from(
        "version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: string
    plan: { type: string, values: [free, premium, enterprise] }
    country: string
    account_age_days: integer
    app_version: semver
    roles: strings
segments:
  paying: { if: { plan: [premium, enterprise] } }
flags:
",
    );
    for number in 0..10 {
        // Writing to a string can't fail.
        _ = write!(
            text,
            "  plain_{number}: {{ serve: on }}
  rollout_{number}: {{ rollout: {number}5% }}
  rules_{number}:
    rules:
      - if: {{ segment: paying, country: [US, UK, DE], account_age_days: {{ gte: 45 }} }}
        rollout: 50%
      - name: admins
        if: {{ roles: {{ contains: admin }}, app_version: {{ gte: \"2.1\" }} }}
        serve: on
  experiment_{number}:
    variants: {{ control: blue, variant_a: green, variant_b: red }}
    baseline: control
    rollout: 80%
    split: {{ control: 50, variant_a: 30, variant_b: 20 }}
",
        );
    }
    text
}

/// Requests, each for one flag and with a context of six attributes.
fn lines(count: usize) -> String {
    let mut text = String::with_capacity(count * 180);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    let mut pick = |from: &[&'static str]| {
        let index = usize::try_from(random(1 << 20)).unwrap_or(0) % from.len();
        from.get(index).copied().unwrap_or_default()
    };
    let digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    for number in 0..count {
        _ = writeln!(
            text,
            r#"{{"flag": "{}_{}", "context": {{"user_id": "u-{number}", "plan": "{}", "country": "{}", "account_age_days": {}{}, "app_version": "{}.{}.0", "roles": ["{}", "user"]}}}}"#,
            pick(&["plain", "rollout", "rules", "experiment"]),
            pick(&digits),
            pick(&["free", "premium", "enterprise"]),
            pick(&["US", "UK", "DE", "FR", "IN"]),
            pick(&["1", "4", "9"]),
            pick(&digits),
            pick(&["1", "2", "3"]),
            pick(&digits),
            pick(&["admin", "editor", "guest"]),
        );
    }
    text
}

/// A temporary folder that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        let name = format!("flagstone-throughput-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn file(&self, name: &str) -> PathBuf {
        let folder: &Path = &self.0;
        folder.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What can't be removed stays in the folder for temporary files.
        _ = fs::remove_dir_all(&self.0);
    }
}
