//! The service as a process that is asked, and killed.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the service may take to notice something.
const SOON: Duration = Duration::from_secs(10);
/// How often it is asked, once it answers as it should, whether it goes on doing so.
const AGAIN: u32 = 20;

/// The service.
pub(crate) struct Victim {
    folder: PathBuf,
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// How often it answered.
    pub(crate) answered: u64,
}

impl Victim {
    pub(crate) fn start(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([Path::new("serve"), folder])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let questions = child.stdin.take();
        let answers = child.stdout.take().ok_or("no output")?;
        Ok(Self {
            folder: folder.to_owned(),
            child,
            questions,
            answers: BufReader::new(answers),
            answered: 0,
        })
    }

    /// Kills it as the system does, and starts it again.
    pub(crate) fn kill(&mut self) -> Result<(), Box<dyn Error>> {
        self.killed()?;
        self.revive()
    }

    /// Kills it.
    pub(crate) fn killed(&mut self) -> Result<(), Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts it after it was killed.
    pub(crate) fn revive(&mut self) -> Result<(), Box<dyn Error>> {
        let answered = self.answered;
        *self = Self::start(&self.folder)?;
        self.answered = answered;
        Ok(())
    }

    /// Asks it.
    pub(crate) fn ask(&mut self) -> Result<String, Box<dyn Error>> {
        let questions = self.questions.as_mut().ok_or("no input")?;
        questions.write_all(b"ask\n")?;
        let mut answer = String::new();
        if self.answers.read_line(&mut answer)? == 0 {
            return Err("the service is gone".into());
        }
        self.answered = self.answered.saturating_add(1);
        Ok(answer.trim_end().to_owned())
    }

    /// Waits until it answers this, and sees that it goes on doing so.
    pub(crate) fn settles(&mut self, expected: &str) -> Result<(), Box<dyn Error>> {
        let end = Instant::now() + SOON;
        loop {
            let answer = self.ask()?;
            if answer == expected {
                break;
            }
            if Instant::now() > end {
                return Err(format!("it answers `{answer}` and not `{expected}`").into());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..AGAIN {
            std::thread::sleep(Duration::from_millis(20));
            let answer = self.ask()?;
            if answer != expected {
                return Err(format!("it answered `{expected}`, then `{answer}`").into());
            }
        }
        Ok(())
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        // It ends by itself when nobody asks any more; this is for one that hangs.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
