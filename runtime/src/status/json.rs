//! A status for machines.

use flagstone_model::Timestamp;
use serde_core::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Failure, SourceStatus, Status};

impl Status {
    /// The status as a JSON object. Its keys are the names of the fields, `is_ready` among them; times are RFC 3339, the digest is in
    /// hexadecimal, and what is absent is null.
    pub fn to_json(&self) -> Value {
        let problems = self.problems.iter().map(|problem| {
            json!({
                "flag": &*problem.key,
                "since": problem.since.map(|since| since.to_string()),
                "reason": problem.reason.to_string(),
            })
        });
        json!({
            "is_ready": self.is_ready,
            "is_live": self.is_live,
            "origin": self.origin.to_string(),
            "digest": self.digest.to_string(),
            "environment": self.environment,
            "loaded_at": self.loaded_at.to_string(),
            "stale_since": time(self.stale_since),
            "last_error": failure(self.last_error.as_ref()),
            "problems": problems.collect::<Vec<_>>(),
            "reloads": self.reloads,
            "refusals": self.refusals,
            "retries": self.retries,
            "sources": self.sources.iter().map(SourceStatus::to_json).collect::<Vec<_>>(),
            "cache_error": failure(self.cache_error.as_ref()),
            "lacking_context": self.lacking_context,
        })
    }
}

impl SourceStatus {
    fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "state": self.state.name(),
            "last_success": time(self.last_success),
            "stale_since": time(self.stale_since),
            "last_error": failure(self.last_error.as_ref()),
            "retries": self.retries,
        })
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

fn time(time: Option<Timestamp>) -> Option<String> {
    time.map(|time| time.to_string())
}

fn failure(failure: Option<&Failure>) -> Value {
    failure.map_or(Value::Null, |failure| {
        json!({
            "origin": failure.origin.to_string(),
            "at": failure.at.to_string(),
            "report": &*failure.report,
        })
    })
}
