//! A status for people.

use core::fmt;

use super::{SourceState, SourceStatus, Status};

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "flags from {}, loaded at {}",
            self.origin, self.loaded_at
        )?;
        if let Some(environment) = &self.environment {
            write!(f, ", environment {environment}")?;
        }
        if let Some(since) = self.stale_since {
            write!(f, ", stale since {since}")?;
        }
        write!(
            f,
            "\ndigest {}\n{} reloads, {} refusals, {} retries",
            self.digest, self.reloads, self.refusals, self.retries
        )?;
        for source in &self.sources {
            write!(f, "\nsource {source}")?;
        }
        for problem in &*self.problems {
            write!(f, "\n{problem}")?;
        }
        if let Some(error) = &self.last_error {
            write!(
                f,
                "\nlast error at {}: {}",
                error.at,
                error.report.trim_end()
            )?;
        }
        if let Some(error) = &self.cache_error {
            write!(f, "\ndisk cache at {}: {}", error.at, error.report)?;
        }
        Ok(())
    }
}

impl fmt::Display for SourceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.state.name())?;
        if let Some(last) = self.last_success {
            write!(f, ", last heard at {last}")?;
        }
        if let Some(since) = self.stale_since {
            write!(f, ", stale since {since}")?;
        }
        if self.retries > 0 {
            write!(f, ", {} failed attempts", self.retries)?;
        }
        Ok(())
    }
}

impl SourceState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Preferred => "preferred",
            Self::Standby => "standby",
            Self::Ended => "ended",
        }
    }
}
