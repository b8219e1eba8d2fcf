//! How far a long run has come, told on a terminal.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::warn;

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of reading requests.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_wanted: bool,
}

impl Progress {
    /// Takes how many bytes there are to read, where that is known.
    pub(super) fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = if bytes.is_some() {
            "{bar:40} {bytes} of {total_bytes}, {msg}, {eta} left"
        } else {
            "{spinner} {bytes}, {msg}, {elapsed}"
        };
        // A template that indicatif doesn't take leaves its own style.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self {
            bar,
            started: Instant::now(),
            // Where the answers go to the terminal, they show the progress themselves.
            is_wanted: io::stderr().is_terminal() && !io::stdout().is_terminal(),
        }
    }

    /// Notes that bytes were read, and how many lines there have been.
    pub(super) fn advance(&mut self, bytes: usize, lines: u64) {
        if !self.is_wanted {
            return;
        }
        if self.bar.is_hidden() && self.started.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(format!("{lines} lines"));
        self.bar.inc(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// Writes a warning without tearing the bar apart.
    pub(super) fn warn(&self, message: &str) {
        self.bar.suspend(|| warn(message));
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
