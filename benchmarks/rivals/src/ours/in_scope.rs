//! The constants, asked in a scope.

use std::hint::black_box;

use super::Typed;
use crate::engine::{Engine, Failure};
use crate::flags::{self, Context, Flags};
use crate::question::{Declared, Question, User};

/// `flags::scope(&context).run(|| … Flags::RULE.is_enabled() …)`
pub struct InScope;

impl Engine for InScope {
    const NAME: &'static str = "flagstone, in a scope";
    const PACKAGE: &'static str = "flagstone";
    const SETUP: &'static str = "`Flags::RULE.is_enabled()` in `flags::scope(&context).run(…)`; the context's cell is the context, and making, entering and leaving the scope";
    const LOADS: bool = false;

    type Context<'u> = Context<'u>;

    fn document(_: &[Declared]) -> String {
        String::new()
    }

    fn load(_: &str) -> Result<Self, Failure> {
        Ok(Self)
    }

    fn context(user: &User) -> Context<'_> {
        Typed::context(user)
    }

    fn build(user: &User) {
        flags::scope(&Self::context(black_box(user))).run(|| black_box(()));
    }

    fn is_enabled(&self, question: Question, context: &Context<'_>) -> bool {
        flags::scope(context).run(|| match question {
            Question::Plain => Flags::PLAIN.is_enabled(),
            Question::Rollout => Flags::ROLLOUT.is_enabled(),
            Question::Rule => Flags::RULE.is_enabled(),
        })
    }

    fn ask(&self, question: Question, contexts: &[Context<'_>], rounds: usize) -> usize {
        let times = |is_enabled: &dyn Fn() -> usize| {
            let in_scopes = contexts
                .iter()
                .map(|context| flags::scope(context).run(is_enabled));
            in_scopes.sum::<usize>()
        };
        match question {
            Question::Plain => times(&|| count(rounds, || Flags::PLAIN.is_enabled())),
            Question::Rollout => times(&|| count(rounds, || Flags::ROLLOUT.is_enabled())),
            Question::Rule => times(&|| count(rounds, || Flags::RULE.is_enabled())),
        }
    }
}

fn count(rounds: usize, is_enabled: impl Fn() -> bool) -> usize {
    (0..rounds).filter(|_| black_box(is_enabled())).count()
}
