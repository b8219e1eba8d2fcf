//! Answers as lines of JSON. What doesn't depend on the question is written once, beforehand.

use std::collections::HashMap;
use std::io::Write;

use flagstone::{ErrorCode, Evaluation, Snapshot, Timestamp};
use flagstone_model::Definition;

use super::context::Context;
use crate::failure::Failure;
use crate::json_text::JsonText;
use crate::output::Output;

/// Answers the questions that one snapshot is asked at one time.
pub(super) struct Answers<'s> {
    snapshot: &'s Snapshot,
    at: Timestamp,
    /// The keys in the document's order.
    keys: Vec<&'s str>,
    variants: HashMap<&'s str, Vec<VariantText<'s>>>,
}

/// The beginning of the line in which a flag answers a variant.
struct VariantText<'s> {
    name: &'s str,
    /// Up to the reason: `{"flag":"new_dashboard","variant":"on","value":true,"reason":"`.
    text: String,
}

impl<'s> Answers<'s> {
    pub(super) fn new(definition: &'s Definition, snapshot: &'s Snapshot, at: Timestamp) -> Self {
        let mut variants = HashMap::with_capacity(definition.flags.len());
        for flag in &definition.flags {
            let key = flag.key.as_str();
            let texts = flag.variants.list.iter().map(|variant| {
                let (name, value) = (variant.name.as_str(), variant.value.to_json());
                let text = format!(
                    r#"{{"flag":{},"variant":{},"value":{value},"reason":""#,
                    JsonText(key),
                    JsonText(name),
                );
                VariantText { name, text }
            });
            variants.insert(key, texts.collect());
        }
        Self {
            snapshot,
            at,
            keys: definition
                .flags
                .iter()
                .map(|flag| flag.key.as_str())
                .collect(),
            variants,
        }
    }

    /// The keys of the flags that can be asked.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'s str> {
        self.keys.iter().copied()
    }

    /// Writes the answer of a flag and says whether there is such a flag, or the answers of all.
    pub(super) fn write(
        &self,
        flag: Option<&str>,
        context: &Context<'_>,
        output: &mut Output<impl Write>,
    ) -> Result<bool, Failure> {
        if let Some(flag) = flag {
            return self.write_one(flag, context, output);
        }
        for key in &self.keys {
            self.write_one(key, context, output)?;
        }
        Ok(true)
    }

    fn write_one(
        &self,
        flag: &str,
        context: &Context<'_>,
        output: &mut Output<impl Write>,
    ) -> Result<bool, Failure> {
        let evaluation = self.snapshot.evaluate_slots(flag, context, self.at);
        match self.beginning(flag, &evaluation) {
            Some(beginning) => output.push(beginning),
            None => output.format(format_args!(
                r#"{{"flag":{},"variant":null,"value":null,"reason":""#,
                JsonText(flag),
            )),
        }
        output.push(evaluation.reason.as_str());
        output.push("\"");
        if let Some(rule) = evaluation.rule {
            output.format(format_args!(r#","rule":{}"#, rule.index));
            if let Some(name) = rule.name {
                output.push(r#","rule_name":""#);
                // A name has no character that would have to be escaped.
                output.push(name);
                output.push("\"");
            }
        }
        if let Some(error) = evaluation.error {
            output.push(r#","error":""#);
            output.push(error.as_str());
            output.push("\"");
        }
        output.push("}");
        output.end_line()?;
        Ok(evaluation.error != Some(ErrorCode::FlagNotFound))
    }

    fn beginning(&self, flag: &str, evaluation: &Evaluation<'_>) -> Option<&str> {
        let name = evaluation.variant?;
        let texts = self.variants.get(flag)?;
        let found = texts.iter().find(|variant| variant.name == name)?;
        Some(&found.text)
    }
}

/// Writes the line that stands in the place of an answer where a line is no request.
pub(super) fn write_invalid(
    line: u64,
    message: &str,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    output.format(format_args!(
        r#"{{"flag":null,"variant":null,"value":null,"reason":"error","error":"invalid_request","line":{line},"message":{}}}"#,
        JsonText(message),
    ));
    output.end_line()
}
