//! The evaluation engine by itself.

use std::collections::HashMap;

use launchdarkly_server_sdk_evaluation::{Context, Flag, FlagValue, Segment, Store, evaluate};

use crate::engine::{Engine, Failure};
use crate::question::{Declared, Question, User};

/// `launchdarkly-server-sdk-evaluation`
pub struct Evaluation(Flags);

struct Flags(HashMap<String, Flag>);

impl Store for Flags {
    fn flag(&self, key: &str) -> Option<Flag> {
        self.0.get(key).cloned()
    }

    fn segment(&self, _: &str) -> Option<Segment> {
        None
    }
}

impl Engine for Evaluation {
    const NAME: &'static str = "launchdarkly-server-sdk-evaluation";
    const PACKAGE: &'static str = "launchdarkly-server-sdk-evaluation";
    const SETUP: &'static str = "`evaluate(&store, &flag, &context, None)`, the flag borrowed from a hash map: without the copy that the SDK makes";

    type Context<'u> = Context;

    fn document(flags: &[Declared]) -> String {
        super::document(flags).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        Ok(Self(Flags(super::parse(document)?)))
    }

    fn context(user: &User) -> Context {
        super::context(user)
    }

    fn is_enabled(&self, question: Question, context: &Context) -> bool {
        let Some(flag) = self.0.0.get(question.key()) else {
            return false;
        };
        evaluate(&self.0, flag, context, None).value == Some(&FlagValue::Bool(true))
    }
}
