//! The same with a version that was parsed once, as a program does that reads it from its session.

use flagstone::Version;

use super::Typed;
use crate::engine::{Engine, Failure};
use crate::flags::Context;
use crate::question::{Declared, Question, User};

/// `Flags::RULE.is_enabled_for(&context)`, the app's version given as a `Version`.
pub struct ParsedVersion;

/// What outlives the context that borrows it.
pub struct Session<'u> {
    user: &'u User,
    app_version: Version,
}

impl Session<'_> {
    fn context(&self) -> Context<'_> {
        Typed::context(self.user).app_version(&self.app_version)
    }
}

impl Engine for ParsedVersion {
    const NAME: &'static str = "flagstone, version parsed once";
    const PACKAGE: &'static str = "flagstone";
    const SETUP: &'static str =
        "the same with `.app_version(&version)`; the context is built anew for each question";
    const QUESTIONS: &'static [Question] = &[Question::Rule];
    const BUILDS: bool = false;
    const LOADS: bool = false;

    type Context<'u> = Session<'u>;

    fn document(_: &[Declared]) -> String {
        String::new()
    }

    fn load(_: &str) -> Result<Self, Failure> {
        Ok(Self)
    }

    fn context(user: &User) -> Session<'_> {
        let app_version = user
            .app_version
            .parse()
            .unwrap_or_else(|_| unreachable!("the users' versions are versions"));
        Session { user, app_version }
    }

    fn is_enabled(&self, question: Question, session: &Session<'_>) -> bool {
        Typed.is_enabled(question, &session.context())
    }
}
