//! The `OpenFeature` SDK, with the in-memory provider that its specification describes and the crate doesn't have.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use async_trait::async_trait;
use open_feature::provider::{FeatureProvider, ProviderMetadata, ResolutionDetails};
use open_feature::{
    Client, EvaluationContext, EvaluationContextFieldValue, EvaluationError, EvaluationErrorCode,
    EvaluationResult, OpenFeature, StructValue,
};
use semver::Version;
use tokio::runtime::Handle;

use crate::engine::{Engine, Failure, at_once};
use crate::question::{AGE, COUNTRIES, Declared, Question, User};

/// `open-feature` with an in-memory provider
pub struct OpenFeatureClient(Client);

impl Engine for OpenFeatureClient {
    const NAME: &'static str = "open-feature, in memory";
    const PACKAGE: &'static str = "open-feature";
    const SETUP: &'static str = "`client.get_bool_value(\"rule\", Some(&context), None).await` with a provider of ours: a hash map of the specification's context evaluators, each a Rust function that parses no rule";
    const LOADS: bool = false;

    type Context<'u> = EvaluationContext;

    fn document(_: &[Declared]) -> String {
        String::new()
    }

    fn load(_: &str) -> Result<Self, Failure> {
        let client = Handle::current().block_on(async {
            let mut api = OpenFeature::singleton_mut().await;
            api.set_provider(InMemory::new()).await;
            api.create_client()
        });
        Ok(Self(client))
    }

    fn context(user: &User) -> EvaluationContext {
        EvaluationContext::default()
            .with_targeting_key(&user.id)
            .with_custom_field("country", user.country)
            .with_custom_field("plan", user.plan)
            .with_custom_field("age", user.age)
            .with_custom_field("app_version", user.app_version)
    }

    fn is_enabled(&self, question: Question, context: &EvaluationContext) -> bool {
        let value = self.0.get_bool_value(question.key(), Some(context), None);
        at_once(value).unwrap_or(false)
    }
}

type ContextEvaluator = fn(&EvaluationContext) -> bool;

struct InMemory {
    flags: HashMap<String, ContextEvaluator>,
    metadata: ProviderMetadata,
}

impl InMemory {
    fn new() -> Self {
        let flags: [(Question, ContextEvaluator); 3] = [
            (Question::Plain, |_| true),
            (Question::Rollout, rollout),
            (Question::Rule, rule),
        ];
        let flags = flags.map(|(question, evaluator)| (question.key().to_owned(), evaluator));
        Self {
            flags: HashMap::from(flags),
            metadata: ProviderMetadata::new("in-memory"),
        }
    }
}

fn rollout(context: &EvaluationContext) -> bool {
    let mut hasher = DefaultHasher::new();
    ("rollout", context.targeting_key.as_deref()).hash(&mut hasher);
    hasher.finish() < u64::MAX / 2
}

fn rule(context: &EvaluationContext) -> bool {
    let field = |name| context.custom_fields.get(name);
    let text = |name| field(name).and_then(EvaluationContextFieldValue::as_str);
    let version = text("app_version").and_then(|version| Version::parse(version).ok());
    text("country").is_some_and(|country| COUNTRIES.contains(&country))
        && field("age").and_then(EvaluationContextFieldValue::as_i64) >= Some(AGE)
        && version >= Some(Version::new(2, 10, 0))
}

fn only_booleans<T>() -> EvaluationResult<T> {
    Err(EvaluationError::builder()
        .code(EvaluationErrorCode::TypeMismatch)
        .build())
}

#[async_trait]
impl FeatureProvider for InMemory {
    fn metadata(&self) -> &ProviderMetadata {
        &self.metadata
    }

    async fn resolve_bool_value(
        &self,
        key: &str,
        context: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<bool>> {
        match self.flags.get(key) {
            Some(evaluator) => Ok(ResolutionDetails::new(evaluator(context))),
            None => Err(EvaluationError::builder()
                .code(EvaluationErrorCode::FlagNotFound)
                .build()),
        }
    }

    async fn resolve_int_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<i64>> {
        only_booleans()
    }

    async fn resolve_float_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<f64>> {
        only_booleans()
    }

    async fn resolve_string_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<String>> {
        only_booleans()
    }

    async fn resolve_struct_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<StructValue>> {
        only_booleans()
    }
}
