//! The constants that the build script wrote, asked outright.

use crate::engine::{Engine, Failure};
use crate::flags::{Context, Flags};
use crate::question::{Declared, Question, User};

/// `Flags::RULE.is_enabled_for(&context)`, the app's version given as text.
pub struct Typed;

impl Engine for Typed {
    const NAME: &'static str = "**flagstone**";
    const PACKAGE: &'static str = "flagstone";
    const SETUP: &'static str = "`Flags::RULE.is_enabled_for(&context)`; the context borrows the user, the app's version is text";
    // The program's flags are in the program.
    const LOADS: bool = false;

    type Context<'u> = Context<'u>;

    fn document(_: &[Declared]) -> String {
        String::new()
    }

    fn load(_: &str) -> Result<Self, Failure> {
        Ok(Self)
    }

    fn context(user: &User) -> Context<'_> {
        Context::new(&user.id)
            .country(user.country)
            .plan(user.plan)
            .age(user.age)
            .app_version(user.app_version)
    }

    fn is_enabled(&self, question: Question, context: &Context<'_>) -> bool {
        match question {
            Question::Plain => Flags::PLAIN.is_enabled_for(context),
            Question::Rollout => Flags::ROLLOUT.is_enabled_for(context),
            Question::Rule => Flags::RULE.is_enabled_for(context),
        }
    }
}
