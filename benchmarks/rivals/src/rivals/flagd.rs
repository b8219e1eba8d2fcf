//! The `OpenFeature` provider of flagd, with flags from a file.

use open_feature::EvaluationContext;
use open_feature::provider::FeatureProvider;
use open_feature_flagd::{FlagdOptions, FlagdProvider, ResolverType};
use serde_json::{Map, Value, json};
use tempfile::NamedTempFile;
use tokio::runtime::Handle;

use super::open_feature::OpenFeatureClient;
use crate::engine::{Engine, Failure, at_once};
use crate::file;
use crate::question::{AGE, COUNTRIES, Declared, Question, User, VERSION};

/// `open-feature-flagd`
pub struct Flagd {
    provider: FlagdProvider,
    /// It is watched, so it stays.
    _file: NamedTempFile,
}

impl Engine for Flagd {
    const NAME: &'static str = "open-feature-flagd";
    const PACKAGE: &'static str = "open-feature-flagd";
    const SETUP: &'static str = "`provider.resolve_bool_value(\"rule\", &context).await` with `ResolverType::File`, its cache off, as it is there by default";

    type Context<'u> = EvaluationContext;

    fn document(flags: &[Declared]) -> String {
        let flags = flags
            .iter()
            .map(|flag| (flag.key.clone(), declaration(flag.question)));
        json!({ "flags": flags.collect::<Map<_, _>>() }).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let file = file::written(document)?;
        let options = FlagdOptions {
            resolver_type: ResolverType::File,
            source_configuration: Some(file.path().to_string_lossy().into_owned()),
            cache_settings: None,
            ..FlagdOptions::default()
        };
        let provider = Handle::current().block_on(FlagdProvider::new(options))?;
        Ok(Self {
            provider,
            _file: file,
        })
    }

    fn context(user: &User) -> EvaluationContext {
        OpenFeatureClient::context(user)
    }

    fn is_enabled(&self, question: Question, context: &EvaluationContext) -> bool {
        let details = at_once(self.provider.resolve_bool_value(question.key(), context));
        details.is_ok_and(|details| details.value)
    }
}

fn declaration(question: Question) -> Value {
    let variants = json!({ "on": true, "off": false });
    let targeting = match question {
        Question::Plain => {
            return json!({ "state": "ENABLED", "variants": variants, "defaultVariant": "on" });
        }
        Question::Rollout => json!({ "fractional": [
            { "cat": [{ "var": "$flagd.flagKey" }, { "var": "targetingKey" }] },
            ["on", 50],
            ["off", 50],
        ] }),
        Question::Rule => json!({ "if": [
            { "and": [
                { "in": [{ "var": "country" }, COUNTRIES] },
                { ">=": [{ "var": "age" }, AGE] },
                { "sem_ver": [{ "var": "app_version" }, ">=", VERSION] },
            ] },
            "on",
            "off",
        ] }),
    };
    json!({ "state": "ENABLED", "variants": variants, "defaultVariant": "off", "targeting": targeting })
}
