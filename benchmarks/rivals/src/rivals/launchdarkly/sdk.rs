//! The SDK with its in-memory source.

use std::time::Duration;

use launchdarkly_server_sdk::{Client, ConfigBuilder, NullEventProcessorBuilder, TestData};
use launchdarkly_server_sdk_evaluation::Context;
use tokio::runtime::Handle;

use crate::engine::{Engine, Failure};
use crate::question::{Declared, Question, User};

/// `launchdarkly-server-sdk`
pub struct Sdk {
    client: Client,
    _source: TestData,
}

impl Engine for Sdk {
    const NAME: &'static str = "launchdarkly-server-sdk";
    const PACKAGE: &'static str = "launchdarkly-server-sdk";
    const SETUP: &'static str = "`client.bool_variation(&context, \"rule\", false)` with `TestData` and `NullEventProcessorBuilder`: no events";
    const BUILDS: bool = false;
    // `TestData` keeps a second copy of every flag; in production the flags come over the network.
    const LOADS: bool = false;

    type Context<'u> = Context;

    fn document(flags: &[Declared]) -> String {
        super::document(flags).to_string()
    }

    fn load(document: &str) -> Result<Self, Failure> {
        let source = TestData::new();
        for flag in super::parse(document)?.into_values() {
            source.use_preconfigured_flag(flag);
        }
        let config = ConfigBuilder::new("sdk-key")
            .data_source(&source)
            .event_processor(&NullEventProcessorBuilder::new())
            .build()?;
        let client = Client::build(config)?;
        client.start_with_default_executor();
        let ready = client.wait_for_initialization(Duration::from_secs(10));
        match Handle::current().block_on(ready) {
            Some(true) => Ok(Self {
                client,
                _source: source,
            }),
            _ => Err("the client didn't initialise within 10 s".into()),
        }
    }

    fn context(user: &User) -> Context {
        super::context(user)
    }

    fn is_enabled(&self, question: Question, context: &Context) -> bool {
        self.client.bool_variation(context, question.key(), false)
    }
}
