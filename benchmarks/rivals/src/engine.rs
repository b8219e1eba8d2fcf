//! What an engine has to do to take part.

use std::error::Error;
use std::hint::black_box;

use crate::question::{Declared, Question, User};

/// Why an engine couldn't be set up.
pub type Failure = Box<dyn Error + Send + Sync>;

/// An engine, set up and asked as its own documentation advises.
pub trait Engine: Sized + 'static {
    /// The row of the table.
    const NAME: &'static str;
    /// The package whose version is shown.
    const PACKAGE: &'static str;
    /// How it is set up and asked, for the notes under the table.
    const SETUP: &'static str;
    /// What it is asked.
    const QUESTIONS: &'static [Question] = &Question::ALL;
    /// Whether creating its context is measured.
    const BUILDS: bool = true;
    /// Whether it loads a document of flags from text.
    const LOADS: bool = true;

    /// What it is asked about.
    type Context<'u>: 'u;

    /// A document of flags in the engine's own language.
    fn document(flags: &[Declared]) -> String;

    /// Brings an engine from the text of a document to where it can be asked.
    ///
    /// # Errors
    ///
    /// Whatever keeps the engine from answering.
    fn load(document: &str) -> Result<Self, Failure>;

    /// A context for a user.
    fn context(user: &User) -> Self::Context<'_>;

    /// What a program does for each request before it can ask.
    fn build(user: &User) {
        drop(black_box(Self::context(black_box(user))));
    }

    /// The engine's answer.
    fn is_enabled(&self, question: Question, context: &Self::Context<'_>) -> bool;

    /// The answer to the plain question that ends a load: some engines do much of their work only with it.
    fn first_answer(&self, context: &Self::Context<'_>) -> bool {
        self.is_enabled(Question::Plain, context)
    }

    /// Asks about each context, over and over, and counts the times that the flag is on. Each question has a loop of its
    /// own, so that it is as constant there as it is in a program.
    fn ask(&self, question: Question, contexts: &[Self::Context<'_>], rounds: usize) -> usize {
        let times =
            |is_enabled: &dyn Fn() -> usize| (0..rounds).map(|_| is_enabled()).sum::<usize>();
        match question {
            Question::Plain => times(&|| self.count(Question::Plain, contexts)),
            Question::Rollout => times(&|| self.count(Question::Rollout, contexts)),
            Question::Rule => times(&|| self.count(Question::Rule, contexts)),
        }
    }

    /// How many of the contexts the flag is on for.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "the question has to be constant where the engine is asked"
    )]
    fn count(&self, question: Question, contexts: &[Self::Context<'_>]) -> usize {
        let mut enabled = 0;
        for context in contexts {
            enabled += usize::from(self.is_enabled(question, black_box(context)));
        }
        enabled
    }
}

/// The answer of an async function. Nearly always there is nothing to wait for, and then no runtime is asked; an engine that
/// reads through a lock may have to wait for its writer.
#[allow(
    dead_code,
    reason = "only engines with async functions need it, and each is a cargo feature"
)]
pub fn at_once<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => tokio::runtime::Handle::current().block_on(future),
    }
}
