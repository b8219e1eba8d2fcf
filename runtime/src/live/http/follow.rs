//! The loop of the source's thread.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::exchange::{self, Answer, Failure, Known};
use super::network::Network;
use super::schedule::{Outcome, Schedule};
use super::settings::Target;
use super::stream;
use crate::live::source::{Feed, Wake};

/// A source at work.
pub(super) struct Follower {
    target: Target,
    network: Box<dyn Network>,
    schedule: Schedule,
    known: Known,
    /// Whether the newest document was taken; `None` before there is one.
    taken: Option<bool>,
}

impl Follower {
    pub(super) fn new(target: Target, network: Box<dyn Network>, schedule: Schedule) -> Self {
        Self {
            target,
            network,
            schedule,
            known: Known::default(),
            taken: None,
        }
    }

    /// Follows until the feed says stop.
    pub(super) fn run(&mut self, feed: &Feed) {
        let start = Instant::now();
        let mut wait = Duration::ZERO;
        loop {
            match feed.wait(wait) {
                Wake::Stop => return,
                // Somebody wants to see the document itself.
                Wake::Reload => self.known = Known::default(),
                Wake::Elapsed => {}
            }
            wait = self.turn(feed, &|| start.elapsed());
        }
    }

    /// Looks once, if that is allowed now. Says how long to wait before the next turn.
    pub(super) fn turn(&mut self, feed: &Feed, clock: &dyn Fn() -> Duration) -> Duration {
        if let Err(wait) = self.schedule.spend(clock()) {
            return wait;
        }
        let looked = catch_unwind(AssertUnwindSafe(|| self.look(feed, clock())));
        let outcome = looked.unwrap_or_else(|_| {
            feed.failed("looking for the document panicked; see the panic's message");
            Outcome::Failed { asked: None }
        });
        self.schedule.after(outcome, clock())
    }

    fn look(&mut self, feed: &Feed, now: Duration) -> Outcome {
        let wall = feed.now().milliseconds().div_euclid(1_000);
        let answer = exchange::look(
            &self.target,
            &mut self.known,
            &mut self.schedule,
            &mut *self.network,
            (now, wall),
        );
        match answer {
            Ok(Answer::Document(document)) => {
                // What is wrong with it is in the log and in the status.
                self.taken = Some(feed.offer(&document).is_ok());
                Outcome::Answered
            }
            Ok(Answer::Unchanged) => {
                // One that was refused doesn't get better by not changing.
                if self.taken == Some(true) {
                    feed.unchanged();
                }
                Outcome::Answered
            }
            Ok(Answer::Stream(reply)) => {
                let last_id = self.known.last_id.take();
                let ended = stream::follow(reply, last_id, self.taken, feed);
                self.known.last_id = ended.last_id;
                self.taken = ended.taken;
                match ended.outcome {
                    Outcome::Interrupted => self.known = Known::default(),
                    // Every stream ends some day. If the next one can't be had, that is the failure.
                    outcome if self.schedule.was_steady(outcome) => {}
                    _ => feed.failed(&ended.why),
                }
                ended.outcome
            }
            Err(Failure { problem, asked }) => {
                feed.failed(&problem.to_string());
                Outcome::Failed { asked }
            }
        }
    }
}
