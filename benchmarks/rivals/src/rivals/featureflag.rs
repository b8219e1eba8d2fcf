//! A facade without an engine: what asking through it costs where the answer is a look-up.

use std::collections::HashMap;

use featureflag::context::{Context, ContextRef};
use featureflag::evaluator::{self, Evaluator};
use featureflag::fields::Fields;
use featureflag::value::Value;

use crate::engine::{Engine, Failure};
use crate::question::{Declared, Question, User};

/// `featureflag`
pub struct Facade;

/// Keeps the context's fields, as an evaluator has to that reads them, and answers from a map.
struct Answers(HashMap<&'static str, bool>);

struct Kept(
    #[allow(dead_code, reason = "nothing targeted is asked")] Vec<(String, Value<'static>)>,
);

impl Evaluator for Answers {
    fn is_enabled(&self, feature: &str, _: &Context) -> Option<bool> {
        self.0.get(feature).copied()
    }

    fn on_new_context(&self, mut context: ContextRef<'_>, fields: Fields<'_>) {
        let pairs = fields
            .pairs()
            .map(|(name, value)| (name.to_owned(), value.to_static()));
        let kept = Kept(pairs.collect());
        context.extensions_mut().insert(kept);
    }
}

impl Engine for Facade {
    const NAME: &'static str = "featureflag";
    const PACKAGE: &'static str = "featureflag";
    const SETUP: &'static str = "`is_enabled!(context: context, \"plain\", false)`, the evaluator a hash map; a facade without an engine, so nothing targeted can be asked";
    const QUESTIONS: &'static [Question] = &[Question::Plain];
    const LOADS: bool = false;

    type Context<'u> = Context;

    fn document(_: &[Declared]) -> String {
        String::new()
    }

    fn load(_: &str) -> Result<Self, Failure> {
        // Where there is a default already, it is this one.
        let _ = evaluator::try_set_global_default(Answers(HashMap::from([("plain", true)])));
        Ok(Self)
    }

    fn context(user: &User) -> Context {
        featureflag::context!(
            user_id = user.id.as_str(),
            country = user.country,
            plan = user.plan,
            age = user.age,
            app_version = user.app_version,
        )
    }

    fn is_enabled(&self, question: Question, context: &Context) -> bool {
        match question {
            Question::Plain => featureflag::is_enabled!(context: *context, "plain", false),
            Question::Rollout | Question::Rule => false,
        }
    }
}
