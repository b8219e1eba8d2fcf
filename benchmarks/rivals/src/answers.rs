//! Before anything is measured, every answer is shown to be right: an engine that answers wrongly is set up wrongly.

use std::fmt;

use crate::engine::Engine;
use crate::question::{Question, User};

/// What an engine answered wrongly.
#[derive(Debug)]
pub struct Wrong {
    question: Question,
    asked: String,
    enabled: usize,
    expected: &'static str,
}

impl std::error::Error for Wrong {}

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is on for {} of {}; {} were expected",
            self.question, self.enabled, self.asked, self.expected
        )
    }
}

/// Checks an engine's answers about so many users to all that it will be asked.
///
/// # Errors
///
/// The first wrong answer.
pub fn verify<E: Engine>(engine: &E, questions: &[Question], users: u64) -> Result<(), Wrong> {
    let crowd: Vec<User> = (0..users).map(User::within).collect();
    for &question in questions {
        let enabled = count(engine, question, &crowd);
        let all = crowd.len();
        // Five standard deviations about the mean: a fair deal is outside once in two million.
        let around = 5 * all.isqrt() / 2;
        let half = all / 2 - around..=all / 2 + around;
        let (is_right, expected) = match question {
            Question::Plain | Question::Rule => (enabled == all, "all"),
            Question::Rollout => (half.contains(&enabled), "about half"),
        };
        check(
            is_right,
            question,
            format!("{all} users"),
            enabled,
            expected,
        )?;
        let again = count(engine, question, &crowd);
        check(
            again == enabled,
            question,
            format!("{all} users, asked again"),
            again,
            "as many",
        )?;
        if question == Question::Rule {
            for user in User::just_outside() {
                let asked = format!("users like {user:?}");
                let enabled = count(engine, question, &[user]);
                check(enabled == 0, question, asked, enabled, "none")?;
            }
        }
    }
    Ok(())
}

fn count<E: Engine>(engine: &E, question: Question, users: &[User]) -> usize {
    let contexts: Vec<_> = users.iter().map(E::context).collect();
    engine.ask(question, &contexts, 1)
}

fn check(
    is_right: bool,
    question: Question,
    asked: String,
    enabled: usize,
    expected: &'static str,
) -> Result<(), Wrong> {
    if is_right {
        return Ok(());
    }
    Err(Wrong {
        question,
        asked,
        enabled,
        expected,
    })
}
